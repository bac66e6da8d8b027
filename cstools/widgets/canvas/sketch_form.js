// What a sketch on a board is drawn on: what it is about, over how long, and how high.
import { make } from "../shared/elements.js";

/** @typedef {{label: string, units: string, timeUnits: string, start: number, stop: number, low: number, high: number}} SketchGrid */

/** A grid to begin with: twelve weeks, from little to much. @type {SketchGrid} */
export const FIRST_GRID = { label: "", units: "", timeUnits: "week", start: 0, stop: 12, low: 0, high: 10 };

/** About seven moments that are easy to read, as cstools.widgets.sketch has them. @param {number} start @param {number} stop */
export function momentsToDraw(start, stop) {
  const figures = (/** @type {number} */ count) => ((stop - start) / (count - 1)).toExponential(6).split("e")[0].replace(/0+$/, "").length;
  const count = [7, 6, 8, 9, 5].reduce((best, one) => (figures(one) < figures(best) ? one : best));
  return Array.from({ length: count }, (_, i) => Number((start + (i * (stop - start)) / (count - 1)).toPrecision(6)));
}

/**
 * The same shape on another grid: each moment gets the level that the curve has at its share of the way.
 * @param {number[][]} points @param {any} from @param {any} to with its times
 */
export function movedPoints(points, from, to) {
  const level = (/** @type {number} */ value) => to.low + ((value - from.low) / (from.high - from.low)) * (to.high - to.low);
  return to.times.flatMap((/** @type {number} */ time) => {
    const before = from.start + ((time - to.start) / (to.stop - to.start)) * (from.stop - from.start);
    const next = points.findIndex(([moment]) => moment >= before - 1e-9);
    if (next < 0) return [];
    const [t1, v1] = points[next];
    if (Math.abs(t1 - before) < 1e-9) return [[time, tidied(level(v1))]];
    if (!next) return [];
    const [t0, v0] = points[next - 1];
    return [[time, tidied(level(v0 + ((before - t0) / (t1 - t0)) * (v1 - v0)))]];
  });
}

/** @param {number} value */
const tidied = (value) => Number(value.toPrecision(6));

/**
 * Make the form. `take` gets the grid when it can be one.
 * @param {{grid: SketchGrid, asksName: boolean, words: string, take: (grid: SketchGrid) => void, leave: () => void}} options
 */
export function makeSketchForm({ grid, asksName, words, take, leave }) {
  const text = (/** @type {string} */ value, /** @type {string} */ hint) => make("input", { type: "text", value, placeholder: hint, autocomplete: "off", dir: "auto" });
  const number = (/** @type {number} */ value) => make("input", { type: "text", inputmode: "decimal", value: String(value), autocomplete: "off" });
  const field = (/** @type {string} */ said, /** @type {any} */ input) => make("label", {}, make("span", {}, said), input);
  const group = (/** @type {string} */ said, /** @type {any[]} */ ...fields) => make("fieldset", {}, make("legend", {}, said), ...fields);
  const label = text(grid.label, "for example: pupils who come late");
  const [start, stop, low, high] = [grid.start, grid.stop, grid.low, grid.high].map(number);
  const [timeUnits, units] = [text(grid.timeUnits, "week"), text(grid.units, "pupils, hours …")];
  const trouble = make("p", { class: "cs-notice", role: "alert" });
  const cancel = make("button", { type: "button" }, "Cancel");
  const form = make(
    "form", { class: "cs-sketch-form" },
    ...(asksName ? [field("What rises or falls?", label)] : []),
    group("Time, from left to right", field("from", start), field("to", stop), field("counted in", timeUnits)),
    group("How much, from bottom to top", field("from", low), field("to", high), field("counted in (may stay empty)", units)),
    trouble,
    make("div", { class: "cs-form-end" }, make("button", { type: "submit" }, words), cancel),
  );
  const read = (/** @type {any} */ input) => (input.value.trim() ? Number(input.value.trim().replace(",", ".").replace("−", "-")) : NaN);
  const tidy = (/** @type {any} */ input) => input.value.trim().replace(/\s+/g, " ");
  form.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    const made = { label: tidy(label) || grid.label, units: tidy(units), timeUnits: tidy(timeUnits), start: read(start), stop: read(stop), low: read(low), high: read(high) };
    trouble.textContent = gridTrouble(made);
    if (!trouble.textContent) take(made);
  });
  form.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    leave();
  });
  cancel.addEventListener("click", leave);
  return { form, begin: () => (asksName ? label : start).focus() };
}

/** Why nothing can be drawn on a grid; an empty text when something can. @param {SketchGrid} grid */
function gridTrouble({ label, start, stop, low, high }) {
  if (!label) return "Write first what rises or falls.";
  if (![start, stop, low, high].every(Number.isFinite)) return "From and to are numbers, such as 0 and 12.";
  if (start >= stop) return "Time goes from an earlier moment to a later one: make the first number smaller than the second.";
  if (low >= high) return "How much goes from less to more: make the first number smaller than the second.";
  return "";
}
