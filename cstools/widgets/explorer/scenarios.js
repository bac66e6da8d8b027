// Scenarios: settings that are kept under a name, laid over the curves, used again, taken away.
import { make, makeSvg } from "../shared/elements.js";
import { written } from "../shared/axes.js";
import { spoken } from "../shared/speech.js";

/** How the curves of scenarios are dashed; each has its letter on the line besides. */
const SCENARIO_DASHES = [[7, 4], [2, 3], [10, 3, 2, 3], [4, 2]];

/**
 * @typedef {Map<string, Record<string, any>>} Kept name → values, in the order in which they came
 * @typedef {[string, Record<string, any>][]} Pairs the same as it is shared: an object would put "2030" first
 * @typedef {{name: string, letter: string, dash: number[], values: Record<string, any>}} Overlay
 */

/**
 * Make the list of scenarios.
 * @param {object} door
 * @param {() => Kept} door.kept a map of its own
 * @param {(kept: Kept, told: string) => void} door.keep replaces them all, and says what happened
 * @param {(told: string) => void} door.say
 * @param {() => Record<string, any>} door.values of the sliders now
 * @param {() => string} door.suggested a name for what the sliders say
 * @param {(values: Record<string, any>, name: string) => void} door.use
 * @param {() => void} door.redraw
 */
export function makeScenarios(door) {
  /** @type {Set<string>} */
  const hidden = new Set();
  const name = make("input", { type: "text", class: "cs-text", "aria-label": spoken("Name of a new scenario"), maxlength: 60 });
  const keep = make("button", { type: "submit" }, spoken("Keep"));
  const form = make("form", { class: "cs-keep" }, name, keep);
  const list = make("ul", { class: "cs-kept", role: "list" });
  const box = make("section", { class: "cs-scenarios", "aria-label": spoken("Scenarios") }, make("p", { class: "cs-subtitle" }, spoken("Scenarios")), form, list);

  form.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    const kept = door.kept();
    const [values, wanted] = [door.values(), name.value.trim() || door.suggested()];
    const twin = [...kept.values()].findIndex((own) => sameSettings(own, values));
    if (twin >= 0) {
      const same = { letter: letterOf(twin), name: [...kept.keys()][twin] };
      return door.say(Object.values(values).some(Array.isArray) ? spoken("These settings are the same as {letter}, “{name}”. Draw another path, or move a slider first; its name can be changed in the list.", same) : spoken("These settings are the same as {letter}, “{name}”. Move a slider first; its name can be changed in the list.", same));
    }
    const called = freeName(wanted, kept);
    name.value = "";
    const renamed = called === wanted ? "" : `${spoken("“{wanted}” is taken, so this one is called “{name}”.", { wanted, name: called })} `;
    door.keep(kept.set(called, { ...values }), renamed + spoken("“{name}” is kept, and drawn as {letter}.", { name: called, letter: letterOf(kept.size - 1) }));
  });

  /** @param {number} place @param {string} to */
  const rename = (place, to) => {
    const kept = door.kept();
    const from = [...kept.keys()][place];
    const wanted = to.trim();
    if (!wanted || wanted === from) return paint();
    const others = new Map(kept);
    others.delete(from);
    const called = freeName(wanted, others);
    if (hidden.delete(from)) hidden.add(called);
    const said = called === wanted ? spoken("“{from}” is now called “{name}”.", { from, name: called }) : spoken("“{from}” is now called “{name}”, as “{wanted}” is taken.", { from, name: called, wanted });
    door.keep(new Map([...kept].map(([own, values]) => [own === from ? called : own, values])), said);
  };
  /** @param {string} own */
  const remove = (own) => {
    const others = door.kept();
    others.delete(own);
    door.keep(others, spoken("“{name}” is removed.", { name: own }));
    (list.querySelector("input") || name).focus(); // the row is gone
  };
  const paint = () => {
    name.placeholder = door.suggested();
    const focused = document.activeElement instanceof HTMLElement && list.contains(document.activeElement) ? document.activeElement.dataset.spot : null;
    list.replaceChildren(...overlays([...door.kept()]).map((overlay, place) => scenarioRow(overlay, place, hidden, { rename, remove, use: door.use, redraw: door.redraw })));
    if (focused) list.querySelector(`[data-spot="${focused}"]`)?.focus();
  };
  const shown = () => overlays([...door.kept()]).filter((overlay) => !hidden.has(overlay.name));
  const suggest = () => (name.placeholder = door.suggested());
  return { box, paint, shown, suggest };
}

/** @param {Overlay} overlay @param {number} place @param {Set<string>} hidden @param {any} door */
function scenarioRow(overlay, place, hidden, door) {
  const { name, letter, dash, values } = overlay;
  const tick = make("input", { type: "checkbox", "aria-label": spoken("Draw “{name}”", { name }), "data-spot": `tick-${place}` });
  tick.checked = !hidden.has(name);
  tick.addEventListener("change", () => {
    if (tick.checked) hidden.delete(name);
    else hidden.add(name);
    door.redraw();
  });
  const sample = makeSvg("svg", { width: 34, height: 18, "aria-hidden": "true" });
  sample.append(makeSvg("line", { x1: 1, x2: 33, y1: 9, y2: 9, "stroke-width": 1.75, stroke: "currentColor", "stroke-dasharray": dash.join(" ") }));
  sample.append(makeSvg("circle", { cx: 17, cy: 9, r: 8, fill: "var(--cs-paper)", stroke: "currentColor" }));
  const text = makeSvg("text", { x: 17, y: 13, "text-anchor": "middle", "font-size": 11, "font-weight": 700, fill: "currentColor" });
  text.textContent = letter;
  sample.append(text);
  const called = make("input", { type: "text", class: "cs-text", value: name, maxlength: 60, "aria-label": spoken("Name of scenario {letter}", { letter }), "data-spot": `name-${place}` });
  called.addEventListener("change", () => door.rename(place, called.value));
  called.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter") called.blur();
  });
  const use = make("button", { type: "button", title: spoken("Set the sliders to “{name}”", { name }), "data-spot": `use-${place}` }, spoken("Use"));
  use.setAttribute("aria-label", spoken("Use “{name}”: set the sliders to it", { name }));
  use.addEventListener("click", () => door.use(values, name));
  const off = make("button", { type: "button", class: "cs-back", title: spoken("Remove “{name}”", { name }), "data-spot": `off-${place}` }, "×");
  off.setAttribute("aria-label", spoken("Remove “{name}”", { name }));
  off.addEventListener("click", () => door.remove(name));
  const told = Object.entries(values).map(([key, value]) => `${key} ${Array.isArray(value) ? spoken("as drawn") : written(value)}`).join(", ");
  return make("li", { title: told }, make("label", { class: "cs-tick" }, tick, sample), called, use, off);
}

/** Whether two settings are the same, the drawn paths among them too. @param {Record<string, any>} one @param {Record<string, any>} other */
function sameSettings(one, other) {
  const keys = Object.keys({ ...one, ...other });
  return keys.every((key) => JSON.stringify(one[key]) === JSON.stringify(other[key]));
}

/** @param {[string, any][]} kept @returns {Overlay[]} */
function overlays(kept) {
  return kept.map(([name, values], place) => ({ name, values, letter: letterOf(place), dash: SCENARIO_DASHES[place % SCENARIO_DASHES.length] }));
}

/** @param {number} place */
function letterOf(place) {
  return String.fromCharCode(65 + (place % 26)) + (place < 26 ? "" : String(Math.floor(place / 26) + 1));
}

/** Return a name that nothing has yet: nothing that was kept is overwritten. @param {string} wanted @param {Kept} kept */
function freeName(wanted, kept) {
  let name = wanted;
  for (let count = 2; kept.has(name); count += 1) name = `${wanted} (${count})`;
  return name;
}
