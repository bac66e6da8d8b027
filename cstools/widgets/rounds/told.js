// How far a game is, where the scores stand and what was decided: the sentences of played.py
// beside it, word for word; a test holds them together.
import { saidAmount, saidMoment, saidNumber } from "../shared/said.js";

/** @typedef {import("./played.js").GamePage} GamePage @typedef {import("./played.js").Round} Round */

/** @param {GamePage} page @param {number} played */
export function stageTold(page, played) {
  const rounds = manyOf(page.rounds, page.called);
  if (played === 0) return `${rounds} to play, and nothing is decided yet.`;
  if (played < page.rounds) return `${played} of ${rounds} ${played === 1 ? "is" : "are"} played.`;
  return page.rounds > 1 ? `All ${rounds} are played.` : `${rounds} is played.`;
}

/** @param {GamePage} page @param {boolean} over @param {number[]} values @param {number[][]} worlds */
export function outcomesTold(page, over, values, worlds) {
  const told = page.score.map((column, place) => {
    const { label, units } = page.columns[column];
    const said = `${capitalOf(label)} ${over ? "ends" : "stands"} at ${saidAmount(values[place], units)}`;
    const others = page.worlds.map((world, at) => `${world.name}: ${saidAmount(worlds[at][place], units)}`);
    return over && others.length && place === 0 ? `${said} (${others.join("; ")}).` : `${said}.`;
  });
  return told.join(" ");
}

/** @param {GamePage} page @param {Round[]} game */
export function decidedTold(page, game) {
  const told = page.decisions.map(({ player, units }, place) => {
    const values = /** @type {number[]} */ (game.map((row) => row[place]).filter((value) => value !== null));
    if (!values.length) return `${player}: left to the model.`;
    const [low, high] = [Math.min(...values), Math.max(...values)];
    if (low === high) return `${player}: ${saidAmount(values[0], units)} throughout.`;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return `${player}: ${saidNumber(low)} to ${saidAmount(high, units)}, ${saidNumber(mean)} on average.`;
  });
  return told.join(" ");
}

/** Name a round, counted from 0, and when it is. @param {GamePage} page @param {number} played */
export function roundTold(page, played) {
  const begins = page.start + played * page.steps * page.dt;
  const long = page.steps * page.dt;
  const named = `${capitalOf(page.called)} ${played + 1} of ${page.rounds}`;
  if (long === 1 && page.start === 0 && page.called === page.timeUnits) return named;
  return `${named}: ${saidMoment(begins, page.timeUnits)} to ${saidMoment(begins + long, page.timeUnits).split(" ").pop()}`;
}

/** What a variable has gained since the last round. @param {number} by @param {string} called */
export function gainTold(by, called) {
  const size = saidNumber(Math.abs(by));
  return by === 0 || size === "0" ? `the same as a ${called} ago` : `${by > 0 ? "+" : "−"}${size} in the last ${called}`;
}

/** @param {number} count @param {string} called */
export function manyOf(count, called) {
  return `${count} ${called}${count === 1 ? "" : "s"}`;
}

/** @param {string} words */
export function capitalOf(words) {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
