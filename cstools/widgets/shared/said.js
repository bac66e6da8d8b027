// Numbers, moments and a short sentence in the words of cstools/plotting/words.py; a test holds
// them to it. Where no kernel is there to write the whole sentence, this is what can be said.

import { spoken } from "./speech.js";

const ONE_OF_TIME = "second minute hour day week month quarter term semester season year decade generation session lesson round step turn".split(" ");
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * Return a number as one says it: `0.25`, `90`, `1,250`, `3.4 million`.
 * @param {number} value
 * @returns {string}
 */
export function saidNumber(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not a number" : value > 0 ? "infinity" : "minus infinity";
  const size = Math.abs(value);
  const short = threeFigures(value);
  if (size && !(Math.abs(short) >= 1e-4 && Math.abs(short) < 1e15)) return powerOfTen(value);
  if (halfEven(size) >= 1e6) {
    const [word, floor] = /** @type {[string, number]} */ ([["trillion", 1e12], ["billion", 1e9], ["million", 1e6]].find(([, least]) => Math.abs(short) >= Number(least)));
    return `${Number((short / floor).toPrecision(4))} ${word}`;
  }
  if (size >= 999.5) return halfEven(value).toLocaleString("en-GB", { maximumFractionDigits: 0 });
  return String(short === 0 ? 0 : short);
}

/** @param {number} value @param {string} units @returns {string} */
export function saidAmount(value, units) {
  return `${saidNumber(value)}${units === "%" ? "" : " "}${units}`.trim();
}

/** @param {number} time @param {string} units @returns {string} */
export function saidMoment(time, units) {
  const last = units.slice(0, -1);
  const ofTime = ONE_OF_TIME.includes(last.toLowerCase().split(/\s+/).pop() || "");
  const unit = /s$/i.test(units) && ofTime ? last : units;
  const aYear = unit.toLowerCase() === "year" && time >= 1000 && time < 10000;
  return `${unit || "time"} ${aYear ? String(halfEven(time)) : saidNumber(time)}`;
}

/**
 * Return where some curves begin and end, and how far they went: less than Python's sentence.
 * @param {{time: Float64Array, columns: Float64Array[]}} result
 * @param {{label: string, units: string, place: number}[]} chosen
 * @param {string} timeUnits
 * @returns {string}
 */
export function inShort(result, chosen, timeUnits) {
  const told = chosen.map(({ label, units, place }) => {
    const values = result.columns[place];
    const last = values.length - 1;
    if (values.some((value) => !Number.isFinite(value))) return spoken("{name} stops being a number", { name: label });
    let [low, high] = [0, 0];
    values.forEach((value, row) => {
      if (value < values[low]) low = row;
      if (value > values[high]) high = row;
    });
    const at = (/** @type {number} */ row) => saidMoment(result.time[row], timeUnits);
    const inside = (/** @type {number} */ row) => row !== 0 && row !== last;
    const extreme = (/** @type {number} */ row) => ({ number: saidNumber(values[row]), when: at(row) });
    const highest = inside(high) ? spoken(", highest {number} at {when}", extreme(high)) : "";
    const lowest = inside(low) ? spoken(", lowest {number} at {when}", extreme(low)) : "";
    return spoken("{name} goes from {first} to {last} by {when}{highest}{lowest}", { name: label, first: saidNumber(values[0]), last: saidAmount(values[last], units), when: at(last), highest, lowest });
  });
  return told.length ? `${told.map(capital).join(". ")}.` : spoken("Nothing is drawn.");
}

/** @param {string} words */
function capital(words) {
  const second = words.slice(1, 2);
  return second !== second.toLowerCase() ? words : words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** Round as Python does: of two numbers equally near, to the even one. @param {number} value */
function threeFigures(value) {
  if (value === 0) return 0;
  const [figures, power] = value.toExponential(30).split("e");
  const digits = figures.replace(/[-.]/g, "");
  const tie = digits[3] === "5" && /^0*$/.test(digits.slice(4));
  if (!tie || Number(digits[2]) % 2) return Number(value.toPrecision(3));
  return Number(`${value < 0 ? "-" : ""}${digits[0]}.${digits.slice(1, 3)}e${power}`);
}

/** @param {number} value @returns {number} */
function halfEven(value) {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 ? below + 1 : below;
}

/** @param {number} value */
function powerOfTen(value) {
  const [digits, exponent] = value.toExponential(2).split("e");
  const raised = [...String(Number(exponent))].map((c) => (c === "-" ? "⁻" : RAISED[Number(c)])).join("");
  return `${Number(digits)} × 10${raised}`;
}
