// The state of an explorer as a text, in the same form and words as state.py beside it.
import { saidNumber } from "../shared/said.js";
import { spelling } from "../shared/map.js";

const STATE_VERSION = 1;
const STATE_MARK = "explore=";
const NOTHING_SAVED = "There was nothing in these saved settings, and nothing has changed.";

/**
 * @typedef {import("../shared/sliders.js").Parameter} StateParameter
 * @typedef {Record<string, any>} Settings numbers of sliders, and paths that were drawn
 * @typedef {{used: boolean, values: Settings, shown: string[], scenarios: [string, Settings][], sentence: string}} Taken
 */

/**
 * Return the state as plain values; of the sliders, those that were moved.
 * @param {any} page
 * @param {Settings} values
 * @param {string[]} shown
 * @param {[string, Settings][]} scenarios
 */
export function stateOf(page, values, shown, scenarios) {
  const kept = scenarios.map(([name, own]) => [name, movedOf(page, own)]);
  const order = scenarios.map(([name]) => name); // an object puts "2030" before all others
  return { cstools: STATE_VERSION, model: page.name, values: movedOf(page, values), shown, scenarios: Object.fromEntries(kept), order };
}

/** Return a state as letters that survive in an address. @param {object} state @returns {string} */
export function stateText(state) {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  const letters = btoa([...bytes].map((byte) => String.fromCharCode(byte)).join(""));
  return letters.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * Return the state that a text, a link, a line for a notebook or the JSON of a file holds, or null for none.
 * @param {string} given
 * @returns {Record<string, any> | null}
 */
export function readState(given) {
  const line = /explore\(.*state\s*=\s*["']([\w-]+)["']/s.exec(given);
  let text = line ? line[1] : given.trim();
  if (!text.startsWith("{")) text = text.slice(text.lastIndexOf(STATE_MARK) + 1 ? text.lastIndexOf(STATE_MARK) + STATE_MARK.length : 0);
  try {
    if (!text.startsWith("{")) {
      const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
      text = new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(letters, (c) => c.charCodeAt(0)));
    }
    const state = JSON.parse(text);
    return isMapping(state) ? state : null;
  } catch {
    return null;
  }
}

/** Return the state in the address of this page, or null. @returns {string | null} */
export function stateInAddress() {
  const entries = performance.getEntriesByType("navigation").map((entry) => entry.name);
  // JupyterLab writes the address anew while it loads; what was asked for is in the entry.
  return [window.location.href, ...entries].find((address) => address.includes(`#${STATE_MARK}`)) || null;
}

/** Return the address of this page with a state in it. @param {string} text @returns {string} */
export function stateAddress(text) {
  return `${window.location.href.split("#")[0]}#${STATE_MARK}${text}`;
}

/**
 * Return what of a state can be used with a model, and the sentence about the rest.
 * @param {Record<string, any>} state
 * @param {any} page
 * @returns {Taken}
 */
export function takenOf(state, page) {
  if (!["values", "shown", "scenarios"].some((name) => isSaid(state[name]))) return { used: false, values: valuesOf(null, page)[0], shown: [], scenarios: [], sentence: NOTHING_SAVED };
  const [values, count, faults] = valuesOf(state.values, page);
  const scenarios = scenariosOf(state, page, faults);
  const columns = new Map(page.columns.map((/** @type {any} */ c) => [spelling(c.key), c.key]));
  if (isSaid(state.shown) && !Array.isArray(state.shown)) faults.push("its list of curves could not be read");
  const listed = (Array.isArray(state.shown) ? state.shown : []).map(String);
  for (const name of listed) if (!columns.has(spelling(name))) faults.push(`'${name}' is no variable here`);
  const shown = [...new Set(listed.filter((name) => columns.has(spelling(name))).map((name) => columns.get(spelling(name))))];
  const counts = /** @type {[number, string][]} */ ([[count, "slider"], [shown.length, "curve"], [scenarios.size, "scenario"]]);
  return { used: counts.some(([many]) => many > 0) || !faults.length, values, shown, scenarios: [...scenarios], sentence: takenSentence(originOf(state, page), [...new Set(faults)], counts) };
}

/** Return the scenarios of a state, in the order in which they were kept. @param {Record<string, any>} state @param {any} page @param {string[]} faults */
function scenariosOf(state, page, faults) {
  /** @type {Map<string, Settings>} */
  const scenarios = new Map(); // a name may be "__proto__"
  if (isSaid(state.scenarios) && !isMapping(state.scenarios)) faults.push("its scenarios could not be read");
  const kept = new Map(Object.entries(isMapping(state.scenarios) ? state.scenarios : {}));
  const order = (Array.isArray(state.order) ? state.order : []).map(String).filter((name) => kept.has(name));
  for (const name of new Set([...order, ...kept.keys()])) {
    const own = kept.get(name);
    if (!name.trim()) continue;
    if (isMapping(own)) {
      const [values, , more] = valuesOf(own, page);
      scenarios.set(name.trim(), values);
      faults.push(...more);
    } else faults.push(`scenario '${name}' held no settings`);
  }
  return scenarios;
}

/** @param {[string, string][]} origin @param {string[]} faults @param {[number, string][]} counts @returns {string} */
function takenSentence(origin, faults, counts) {
  const used = counts.filter(([many]) => many > 0).map(([many, what]) => `${many} ${what}${many === 1 ? "" : "s"}`);
  const why = `${faults.slice(0, 5).join("; ")}${faults.length > 5 ? `, and ${faults.length - 5} more` : ""}.`;
  if (faults.length && !used.length) return ["Nothing of these saved settings could be used, and nothing has changed.", ...origin.map(([whence]) => `${whence}.`), `The reason: ${why}`].join(" ");
  const told = faults.length ? [`Not everything could be used: ${why} Used: ${used.join(", ")}.`] : [];
  return ["The saved settings are open.", ...origin.map((said) => `${said.join("")}.`), ...told].join(" ");
}

/** Say where a state comes from, if not from this model and this version, and what that meant. @param {any} state @param {any} page @returns {[string, string][]} */
function originOf(state, page) {
  /** @type {[string, string][]} */
  const told = [];
  if (typeof state.cstools === "number" && state.cstools > STATE_VERSION) told.push(["A newer version saved them", "; what this one knows was used"]);
  else if (state.cstools !== STATE_VERSION) told.push(["An older version saved them", "; what is still known was used"]);
  if (typeof state.model === "string" && spelling(state.model) !== spelling(page.name)) told.push([`They belong to “${state.model}”, and this is “${page.name}”`, ": what has the same name was used"]);
  return told;
}

/** Return a value for every slider, how many were given, and what could not be used. @param {any} given @param {any} page @returns {[Settings, number, string[]]} */
function valuesOf(given, page) {
  /** @type {StateParameter[]} */
  const parameters = page.parameters.filter((/** @type {StateParameter} */ p) => p.slider);
  const sliders = new Map(parameters.map((p) => [spelling(p.key), p]));
  const paths = new Map((page.drawn || []).map((/** @type {string} */ name) => [spelling(name), name]));
  /** @type {Settings} */
  const values = Object.fromEntries(parameters.map((p) => [p.key, p.value]));
  const faults = [];
  if (isSaid(given) && !isMapping(given)) faults.push("its sliders could not be read");
  let count = 0;
  for (const [name, value] of Object.entries(isMapping(given) ? given : {})) {
    const slider = sliders.get(spelling(name));
    if (paths.has(spelling(name))) {
      const path = pathIn(value);
      if (!path.length) faults.push(`the path of '${name}' could not be read`);
      else {
        values[paths.get(spelling(name))] = path;
        count += 1;
      }
    } else if (!slider) faults.push(`'${name}' has no slider here`);
    else if (typeof value !== "number" || !(Math.abs(value) < 1e300)) faults.push(`'${name}' was no number`);
    else {
      const ends = Math.min(Math.max(value, slider.low), slider.high);
      if (ends !== value) faults.push(`'${name}' was ${saidNumber(value)}, and its slider ends at ${saidNumber(ends)}`);
      values[slider.key] = ends;
      count += 1;
    }
  }
  return [values, count, faults];
}

/** Return points of rising time, or none where something is no such path. @param {any} value @returns {number[][]} */
function pathIn(value) {
  const isPoint = (/** @type {any} */ point) => Array.isArray(point) && point.length === 2 && point.every((n) => typeof n === "number" && Math.abs(n) < 1e300);
  if (!Array.isArray(value) || !value.every(isPoint)) return [];
  return value.every((point, i) => i === 0 || value[i - 1][0] < point[0]) ? value : [];
}

/** @param {unknown} value */
function isSaid(value) {
  return value !== undefined && value !== null;
}

/** @param {any} page @param {Settings} values @returns {Settings} */
function movedOf(page, values) {
  const moved = page.parameters.filter((/** @type {StateParameter} */ p) => p.slider && p.key in values && values[p.key] !== p.value);
  const paths = (page.drawn || []).filter((/** @type {string} */ name) => values[name]?.length);
  return Object.fromEntries([...moved.map((/** @type {StateParameter} */ p) => p.key), ...paths].map((key) => [key, values[key]]));
}

/** @param {unknown} value @returns {value is Record<string, any>} */
function isMapping(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
