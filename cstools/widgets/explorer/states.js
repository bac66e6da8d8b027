// The state of an explorer as a text, in the same form and words as explorer_state.py.
import { saidNumber } from "../shared/said.js";
import { spelling } from "../shared/map.js";

const STATE_VERSION = 1;
const STATE_MARK = "explore=";

/**
 * @typedef {import("../shared/sliders.js").Parameter} StateParameter
 * @typedef {Record<string, number>} Settings
 * @typedef {{values: Settings, shown: string[], scenarios: Record<string, Settings>, sentence: string}} Taken
 */

/**
 * Return the state as plain values; of the sliders, those that were moved.
 * @param {any} page
 * @param {Settings} values
 * @param {string[]} shown
 * @param {Record<string, Settings>} scenarios
 */
export function stateOf(page, values, shown, scenarios) {
  const kept = Object.entries(scenarios).map(([name, own]) => [name, movedOf(page, own)]);
  return { cstools: STATE_VERSION, model: page.name, values: movedOf(page, values), shown, scenarios: Object.fromEntries(kept) };
}

/** Return a state as letters that survive in an address. @param {object} state @returns {string} */
export function stateText(state) {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  const letters = btoa([...bytes].map((byte) => String.fromCharCode(byte)).join(""));
  return letters.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * Return the state that a text, a link or the JSON of a file holds, or null for none.
 * @param {string} given
 * @returns {Record<string, any> | null}
 */
export function readState(given) {
  let text = given.trim();
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
  const told = originOf(state, page);
  const [values, faults] = valuesOf(state.values, page);
  /** @type {Map<string, Settings>} */
  const scenarios = new Map(); // a name may be "__proto__"
  for (const [name, own] of Object.entries(isMapping(state.scenarios) ? state.scenarios : {})) {
    if (!name.trim() || !isMapping(own)) continue;
    const [kept, more] = valuesOf(own, page);
    scenarios.set(name.trim(), kept);
    faults.push(...more);
  }
  const columns = new Map(page.columns.map((/** @type {any} */ c) => [spelling(c.key), c.key]));
  const listed = (Array.isArray(state.shown) ? state.shown : []).map(String);
  for (const name of listed) if (!columns.has(spelling(name))) faults.push(`'${name}' is no variable here`);
  const once = [...new Set(faults)];
  if (once.length) told.push(`Not everything could be used: ${once.slice(0, 5).join("; ")}${once.length > 5 ? `, and ${once.length - 5} more` : ""}.`);
  const shown = [...new Set(listed.filter((name) => columns.has(spelling(name))).map((name) => columns.get(spelling(name))))];
  return { values, shown, scenarios: Object.fromEntries(scenarios), sentence: ["The saved settings are open.", ...told].join(" ") };
}

/** Say where a state comes from, if not from this model and this version. @param {any} state @param {any} page @returns {string[]} */
function originOf(state, page) {
  const told = [];
  if (typeof state.cstools === "number" && state.cstools > STATE_VERSION) told.push("A newer version saved them; what this one knows was used.");
  else if (state.cstools !== STATE_VERSION) told.push("An older version saved them; what is still known was used.");
  if (typeof state.model === "string" && spelling(state.model) !== spelling(page.name)) told.push(`They belong to “${state.model}”, and this is “${page.name}”: what has the same name was used.`);
  return told;
}

/** @param {any} given @param {any} page @returns {[Settings, string[]]} */
function valuesOf(given, page) {
  /** @type {StateParameter[]} */
  const parameters = page.parameters.filter((/** @type {StateParameter} */ p) => p.slider);
  const sliders = new Map(parameters.map((p) => [spelling(p.key), p]));
  const values = Object.fromEntries(parameters.map((p) => [p.key, p.value]));
  const faults = [];
  for (const [name, value] of Object.entries(isMapping(given) ? given : {})) {
    const slider = sliders.get(spelling(name));
    if (!slider) faults.push(`'${name}' has no slider here`);
    else if (typeof value !== "number" || !(Math.abs(value) < 1e300)) faults.push(`'${name}' was no number`);
    else {
      const ends = Math.min(Math.max(value, slider.low), slider.high);
      if (ends !== value) faults.push(`'${name}' was ${saidNumber(value)}, and its slider ends at ${saidNumber(ends)}`);
      values[slider.key] = ends;
    }
  }
  return [values, faults];
}

/** @param {any} page @param {Settings} values @returns {Settings} */
function movedOf(page, values) {
  const moved = page.parameters.filter((/** @type {StateParameter} */ p) => p.slider && p.key in values && values[p.key] !== p.value);
  return Object.fromEntries(moved.map((/** @type {StateParameter} */ p) => [p.key, values[p.key]]));
}

/** @param {unknown} value @returns {value is Record<string, any>} */
function isMapping(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
