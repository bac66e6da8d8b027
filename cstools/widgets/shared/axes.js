// Numbers on axes: round steps that a reader can count in, and one way of writing them.

const HUGE = 1e305; // beyond it the length of an axis could be no number
const SMALLER = 1e10;
const LARGEST = Number.MAX_VALUE;

/**
 * Return 1, 2 or 5 times a power of ten: the largest such number that is not above `size`.
 * @param {number} size
 * @returns {number}
 */
export function roundStep(size) {
  if (!(size > 0) || !Number.isFinite(size)) return 1;
  const power = 10 ** Math.floor(Math.log10(size) + 1e-9);
  const digit = size / power;
  return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
}

/**
 * Return round numbers that cover `low` to `high`, about `most` of them, from end to end.
 * @param {number} low
 * @param {number} high
 * @param {number} most
 * @returns {number[]}
 */
export function ticksAround(low, high, most) {
  if (Math.max(Math.abs(low), Math.abs(high)) > HUGE) {
    return ticksAround(low / SMALLER, high / SMALLER, most).map((tick) => Math.min(LARGEST, Math.max(-LARGEST, tick * SMALLER)));
  }
  const span = high > low ? high - low : Math.abs(high) || 1;
  let step = roundStep(span / most);
  while (span / step > most) step = roundStep(step * 2.5);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  return Array.from({ length: last - first + 1 }, (_, i) => tidy((first + i) * step, step));
}

/**
 * Return round numbers inside `low` to `high`, about `most` of them.
 * @param {number} low
 * @param {number} high
 * @param {number} most
 * @returns {number[]}
 */
export function ticksWithin(low, high, most) {
  const slack = (high - low) * 1e-9;
  return ticksAround(low, high, most).filter((t) => t >= low - slack && t <= high + slack);
}

/**
 * Return `value` on a grid of `step`, without the dust of binary fractions.
 * @param {number} value
 * @param {number} step
 * @returns {number}
 */
export function tidy(value, step) {
  const onGrid = Math.round(value / step) * step;
  return Number(onGrid.toPrecision(12));
}

/**
 * Return how many decimals a number of this step needs.
 * @param {number} step
 * @returns {number}
 */
export function decimalsOf(step) {
  return Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

const WORDS_OF_TEN = /** @type {[number, string][]} */ ([[1e12, "trillion"], [1e9, "billion"], [1e6, "million"]]);

/**
 * Write a number for reading: four figures, commas in thousands, a true minus sign.
 * @param {number} value
 * @param {number} [step] when given, numbers of one axis that are a step apart differ
 * @returns {string}
 */
export function written(value, step) {
  if (!Number.isFinite(value)) return "no number";
  const size = Math.abs(value);
  const decimals = step ? decimalsOf(step) : 0;
  if (size >= 1e15 || (size && (step ? decimals > 6 && size < 1e-3 : size < 1e-4))) return inPowers(value, step);
  if (step && !size && decimals > 6) return "0";
  const [unit, word] = WORDS_OF_TEN.find(([least]) => size >= least) || [1, ""];
  // Of numbers that differ late, all digits are shorter than the word.
  if (word && (!step || decimalsOf(step / unit) <= 1)) return `${grouped(value / unit, { maximumSignificantDigits: step ? 15 : 4 })} ${word}`;
  return grouped(value, step ? { minimumFractionDigits: decimals, maximumFractionDigits: decimals } : { maximumSignificantDigits: 4 });
}

/** @param {number} value @param {Intl.NumberFormatOptions} form */
function grouped(value, form) {
  return value.toLocaleString("en-GB", form).replace("-", "−");
}

/** Write 2.5 × 10¹⁵. @param {number} value @param {number} [step] */
function inPowers(value, step) {
  const [figures, power] = value.toExponential(step ? 11 : 2).split("e");
  const digits = step ? Number(figures).toFixed(decimalsOf(step / 10 ** Number(power))) : String(Number(figures));
  const raised = [...String(Number(power))].map((c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)])).join("");
  return `${digits} × 10${raised}`.replace("-", "−");
}
