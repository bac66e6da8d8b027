// The legend: which curve is which, and which are shown.
import { make, makeSvg } from "./elements.js";
import { spoken } from "./speech.js";

const MANY = 10;
const SEARCHED = 40; // of more variables than this, nobody reads a list
const FOUND = 20;

/**
 * @typedef {{key: string, label: string, units: string, kind: string}} LegendColumn
 */

/**
 * Make a box of ticks, one for each variable; `chosen(key, on)` is called when one is clicked.
 *
 * In a model with many variables, those not shown at first wait behind "more variables", and in
 * one with very many they are searched for.
 * @param {LegendColumn[]} columns
 * @param {Set<string>} shown
 * @param {(key: string, on: boolean) => void} chosen
 */
export function makeLegend(columns, shown, chosen) {
  const box = make("fieldset", { class: "cs-legend" }, make("legend", { class: "cs-unseen" }, spoken("Show in the plot")));
  const rest = make("div", { class: "cs-rest" });
  /** @type {Map<string, {label: any, tick: any, sample: any}>} */
  const made = new Map();
  /** @type {{strokes: Map<string, {color: string, dash: number[]}>, unused: string}} */
  let paints = { strokes: new Map(), unused: "currentColor" };
  const keyOf = (/** @type {LegendColumn} */ column) => {
    const own = made.get(column.key) || legendKey(column, chosen);
    own.tick.checked = shown.has(column.key);
    made.set(column.key, own);
    return own.label;
  };
  const paint = (/** @type {Map<string, {color: string, dash: number[]}>} */ strokes, /** @type {string} */ unused) => {
    paints = { strokes, unused };
    for (const [key, { tick, sample }] of made) {
      tick.checked = shown.has(key);
      const stroke = shown.has(key) ? strokes.get(key) : undefined;
      sample.setAttribute("stroke", stroke ? stroke.color : unused);
      sample.setAttribute("stroke-dasharray", stroke ? stroke.dash.join(" ") : "");
    }
  };
  const varying = columns.filter((column) => column.kind !== "constant" || shown.has(column.key));
  const first = varying.length > MANY ? varying.filter((column) => shown.has(column.key)) : varying;
  const others = varying.filter((column) => !first.includes(column));
  box.append(...first.map(keyOf));
  if (others.length) {
    const details = make("details", {}, make("summary", {}, spoken("{count} more variables", { count: others.length })));
    if (others.length > SEARCHED) details.append(legendSearch(others, rest, keyOf, () => paint(paints.strokes, paints.unused)));
    else rest.append(...others.map(keyOf));
    details.append(rest);
    box.append(details);
  }
  return { box, paint };
}

/** @param {LegendColumn} column @param {(key: string, on: boolean) => void} chosen */
function legendKey(column, chosen) {
  const tick = make("input", { type: "checkbox" });
  tick.addEventListener("change", () => chosen(column.key, tick.checked));
  const swatch = makeSvg("svg", { width: 26, height: 10, "aria-hidden": "true" });
  const sample = makeSvg("line", { x1: 1, x2: 25, y1: 5, y2: 5, "stroke-width": 2.5 });
  swatch.append(sample);
  const label = make("label", { class: "cs-key", "data-key": column.key, title: column.units }, tick, swatch, make("span", {}, column.label));
  return { label, tick, sample };
}

/**
 * Make a field that looks for variables; what is ticked stays in sight.
 * @param {LegendColumn[]} columns
 * @param {HTMLElement} place
 * @param {(column: LegendColumn) => HTMLElement} keyOf
 * @param {() => void} painted
 */
function legendSearch(columns, place, keyOf, painted) {
  const field = make("input", { type: "search", class: "cs-text", placeholder: spoken("Find a variable"), "aria-label": spoken("Find a variable") });
  const told = make("span", { class: "cs-note", role: "status" });
  const look = () => {
    const words = field.value.toLowerCase().split(/[\s_]+/).filter(Boolean);
    const found = columns.filter((column) => words.every((/** @type {string} */ word) => column.label.toLowerCase().includes(word)));
    place.replaceChildren(...found.slice(0, FOUND).map(keyOf));
    told.textContent = found.length > FOUND ? spoken("{count} found, {shown} of them listed", { count: found.length, shown: FOUND }) : spoken("{count} found", { count: found.length });
    painted();
  };
  field.addEventListener("input", look);
  look();
  return make("div", { class: "cs-find" }, field, told);
}

/** Make the key to what is drawn beside the curves: where they began, and the learner's sketch. */
export function makeMarks() {
  return make("p", { class: "cs-marks" }, mark("cs-mark-start", "", spoken("at the start")), mark("cs-mark-sketch", "2 4", spoken("your sketch")));
}

/** @param {string} name @param {string} dash @param {string} words */
function mark(name, dash, words) {
  const sample = makeSvg("svg", { width: 26, height: 10, "aria-hidden": "true" });
  sample.append(makeSvg("line", { x1: 1, x2: 25, y1: 5, y2: 5, "stroke-width": 1.75, stroke: "currentColor", "stroke-dasharray": dash }));
  if (dash) sample.append(makeSvg("circle", { cx: 13, cy: 5, r: 3.5, fill: "var(--cs-paper)", stroke: "currentColor" }));
  return make("span", { class: `cs-key ${name}` }, sample, words);
}
