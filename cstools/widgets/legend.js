// The legend: which curve is which, and which are shown.
import { make, makeSvg } from "./elements.js";

const MANY = 10;

/**
 * Make a box of ticks, one for each variable; `chosen(key, on)` is called when one is clicked.
 *
 * In a model with many variables, those not shown at first wait behind "more variables".
 * @param {{key: string, label: string, units: string, kind: string}[]} columns
 * @param {Set<string>} shown
 * @param {(key: string, on: boolean) => void} chosen
 */
export function makeLegend(columns, shown, chosen) {
  const box = make("fieldset", { class: "cs-legend" }, make("legend", { class: "cs-unseen" }, "Show in the plot"));
  const rest = make("div", { class: "cs-rest" });
  /** @type {Map<string, any>} */
  const samples = new Map();
  const varying = columns.filter((column) => column.kind !== "constant" || shown.has(column.key));
  for (const column of varying) {
    const tick = make("input", { type: "checkbox" });
    tick.checked = shown.has(column.key);
    tick.addEventListener("change", () => chosen(column.key, tick.checked));
    const sample = makeSvg("svg", { width: 26, height: 10, "aria-hidden": "true" });
    sample.append(makeSvg("line", { x1: 1, x2: 25, y1: 5, y2: 5, "stroke-width": 2.5 }));
    samples.set(column.key, sample.firstChild);
    const label = make("label", { class: "cs-key", "data-key": column.key, title: column.units }, tick, sample, make("span", {}, column.label));
    (varying.length > MANY && !tick.checked ? rest : box).append(label);
  }
  if (rest.childElementCount) box.append(make("details", {}, make("summary", {}, `${rest.childElementCount} more variables`), rest));

  const paint = (/** @type {Map<string, {color: string, dash: number[]}>} */ strokes, /** @type {string} */ unused) => {
    for (const [key, line] of samples) {
      const stroke = shown.has(key) ? strokes.get(key) : undefined;
      line.setAttribute("stroke", stroke ? stroke.color : unused);
      line.setAttribute("stroke-dasharray", stroke ? stroke.dash.join(" ") : "");
    }
  };
  return { box, paint };
}

/** Make the key to what is drawn beside the curves: where they began, and the learner's sketch. */
export function makeMarks() {
  return make("p", { class: "cs-marks" }, mark("cs-mark-start", "", "at the start"), mark("cs-mark-sketch", "2 4", "your sketch"));
}

/** @param {string} name @param {string} dash @param {string} words */
function mark(name, dash, words) {
  const sample = makeSvg("svg", { width: 26, height: 10, "aria-hidden": "true" });
  sample.append(makeSvg("line", { x1: 1, x2: 25, y1: 5, y2: 5, "stroke-width": 1.75, stroke: "currentColor", "stroke-dasharray": dash }));
  if (dash) sample.append(makeSvg("circle", { cx: 13, cy: 5, r: 3.5, fill: "var(--cs-paper)", stroke: "currentColor" }));
  return make("span", { class: `cs-key ${name}` }, sample, words);
}
