// What a pressed map does, in print: the variables step by step, and the ways side by side.
import { make } from "../shared/elements.js";

/**
 * @typedef {{lines: string[], shares?: number[][], cells?: string[][], ends?: string[], heads?: string[], terms?: string[], rows?: string[][], badges?: [number, string][]}} WayAnswer
 */

/**
 * Return the table of what one way says: at a step, or at the end where it has no steps.
 * @param {WayAnswer} way
 * @param {string[]} names
 * @param {number} step
 * @param {string} caption
 */
export function motionTable(way, names, step, caption) {
  return way.shares ? courseTable(way, names, step, caption) : answerTable(way, caption);
}

/**
 * Return the table of a motion at one step: a bar, the level, and how it ends.
 * @param {WayAnswer} way
 * @param {string[]} names
 * @param {number} step
 * @param {string} caption
 */
function courseTable(way, names, step, caption) {
  const shares = way.shares || [];
  const rows = names.map((name, at) => {
    const share = shares[step][at];
    return make("tr", {}, make("th", { scope: "row" }, name), make("td", { class: "cs-player-barred" }, standBar(share), make("span", { class: "cs-unseen" }, standWord(share))), make("td", {}, (way.cells || [])[step][at]), make("td", {}, (way.ends || [])[at]));
  });
  return wholeTable(caption, ["Variable", `At step ${step}`, "Level", "Over all steps"], rows);
}

/**
 * Return a table that Python has laid out.
 * @param {WayAnswer} way
 * @param {string} caption
 */
function answerTable(way, caption) {
  const rows = (way.rows || []).map(([name, ...cells]) => make("tr", {}, make("th", { scope: "row" }, name), ...cells.map((cell) => make("td", {}, cell))));
  return wholeTable(caption, way.heads || [], rows, way.terms);
}

/** @param {number} share @returns {string} */
export function standWord(share) {
  return share > 0.0005 ? "higher" : share < -0.0005 ? "lower" : "as before";
}

/**
 * Say in one sentence where the variables stand at a step.
 * @param {WayAnswer} way
 * @param {string[]} names
 * @param {number} step
 */
export function standSentence(way, names, step) {
  const shares = (way.shares || [])[step];
  /** @type {Record<string, string[]>} */
  const groups = { higher: [], lower: [], "as before": [] };
  names.forEach((name, at) => groups[standWord(shares[at])].push(name));
  const told = Object.entries(groups).filter(([, own]) => own.length).map(([word, own]) => `${word}: ${own.length > 8 ? `${own.length} variables` : own.join(", ")}`);
  return `Step ${step}. ${told.join("; ").replace(/^./, (letter) => letter.toUpperCase())}.`;
}

/** @param {number} share from −1 to 1 */
function standBar(share) {
  const bar = make("span", { class: `cs-player-bar cs-${share < 0 ? "down" : "up"}`, "aria-hidden": "true" }, make("i"));
  bar.style.setProperty("--share", String(Math.min(1, Math.abs(share))));
  return bar;
}

/** @param {string} caption @param {string[]} heads @param {any[]} rows @param {string[]} [terms] what the field calls them */
function wholeTable(caption, heads, rows, terms = []) {
  const small = (/** @type {number} */ place) => (terms[place] ? [make("small", {}, terms[place])] : []);
  const head = make("thead", {}, make("tr", {}, ...heads.map((text, place) => make("th", { scope: "col" }, text, ...small(place)))));
  const table = make("table", {}, make("caption", {}, caption), head, make("tbody", {}, ...rows));
  return make("div", { class: "cs-player-table", role: "region", tabindex: 0, "aria-label": caption }, table);
}
