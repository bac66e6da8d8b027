// What was played: the model's run with the decisions, what of it may be seen, and games as files.
import { spelling } from "../shared/map.js";

/**
 * @typedef {(number | null)[]} Round what was decided by each player; null is left to the model
 * @typedef {{player: string, key: string, label: string, units: string, doc: string, own: number, low: number, high: number, step: number | null, table: string, hand: string}} Decision
 * @typedef {{key: string, label: string, units: string, kind: string, doc: string, late: boolean}} GameColumn
 * @typedef {{name: string, parameters: number[], decisions: Round}} World
 * @typedef {{name: string, timeUnits: string, called: string, source: string, start: number, dt: number, rounds: number, steps: number, every: number, seed: number, times: number[], parameters: number[], columns: GameColumn[], decisions: Decision[], sees: number[][], score: number[], shows: number[], together: boolean, worlds: World[], palette: string[], dashes: number[][]}} GamePage
 * @typedef {{time: Float64Array, columns: Float64Array[]}} GameRun
 */

const GAME_VERSION = 1;

/**
 * Run the model with some decisions; after the last round that was played, its decisions go on.
 * @param {Function} simulate
 * @param {GamePage} page
 * @param {Round[]} game
 * @param {number[]} [parameters]
 * @returns {GameRun}
 */
export function runOf(simulate, page, game, parameters = page.parameters) {
  const last = game[game.length - 1] || page.decisions.map(() => null);
  const whole = page.times.map((_, round) => game[round] || last);
  /** @type {Record<string, any>} */
  const tables = {};
  page.decisions.forEach(({ table, hand, own }, place) => {
    tables[table] = [page.times, whole.map((row) => row[place] ?? own), "step"];
    if (hand) tables[hand] = [page.times, whole.map((row) => (row[place] === null ? 0 : 1)), "step"];
  });
  return simulate(parameters, page.start, page.dt, page.rounds * page.steps, page.every, page.seed, tables);
}

/** Run a world beside the game. @param {Function} simulate @param {GamePage} page @param {World} world */
export function worldOf(simulate, page, world) {
  return runOf(simulate, page, page.times.map(() => world.decisions), world.parameters);
}

/** The row of the run at which a round begins, counted from 0. @param {GamePage} page @param {number} played */
export function rowOf(page, played) {
  return (played * page.steps) / page.every;
}

/**
 * Return the newest row of a variable that may be seen while the next round is decided; -1 for none.
 *
 * What depends at once on a decision has no value yet in the round that is being decided.
 * @param {GamePage} page @param {number} column @param {number} played
 */
export function newestRow(page, column, played) {
  const late = page.columns[column].late && played < page.rounds;
  return rowOf(page, played) - (late ? 1 : 0);
}

/** Return a variable's values as far as they may be seen. @param {GamePage} page @param {GameRun} run @param {number} column @param {number} played */
export function seenOf(page, run, column, played) {
  const newest = newestRow(page, column, played);
  return run.columns[column].map((value, row) => (row <= newest ? value : NaN));
}

/** Whose turn it can be: the places of the players who decide by hand. @param {boolean[]} byHand */
export function turnsOf(byHand) {
  return byHand.map((hand, place) => (hand ? place : -1)).filter((place) => place >= 0);
}

/** Return a whole round of what those decided whose turn it was. @param {boolean[]} byHand @param {number[]} made */
export function roundOf(byHand, made) {
  const turns = turnsOf(byHand);
  return byHand.map((hand, place) => (hand ? made[turns.indexOf(place)] : null));
}

/** Return a number on the grid of a decision and within its range. @param {Decision} decision @param {number} value */
export function onGrid({ low, high, step }, value) {
  const near = step ? Number((low + Math.round((value - low) / step) * step).toPrecision(12)) : value;
  return Math.min(high, Math.max(low, near));
}

/** @param {GamePage} page @param {Round[]} game @returns {Record<string, (number | null)[]>} */
export function byPlayer(page, game) {
  return Object.fromEntries(page.decisions.map(({ player }, place) => [player, game.map((row) => row[place])]));
}

/** Return a game as the text of a file. @param {GamePage} page @param {Round[]} game */
export function savedGame(page, game) {
  return JSON.stringify({ cstools: GAME_VERSION, game: page.name, decisions: byPlayer(page, game) });
}

/**
 * Return the rounds of a saved game, or the sentence that says why there are none.
 * @param {GamePage} page
 * @param {string} text
 * @returns {{game: Round[] | null, said: string}}
 */
export function readGame(page, text) {
  let saved;
  try {
    saved = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1));
  } catch {
    return { game: null, said: "This is no saved game: open the file again, or copy it from the first letter to the last." };
  }
  const given = new Map(Object.entries(saved.decisions || saved).filter(([, values]) => Array.isArray(values)).map(([name, values]) => [spelling(name), /** @type {any[]} */ (values)]));
  const players = page.decisions.map(({ player }) => player);
  const strange = [...given.keys()].filter((name) => !players.some((player) => spelling(player) === name));
  const lengths = new Set([...given.values()].map((values) => values.length));
  const longest = Math.max(0, ...lengths);
  if (!given.size || strange.length || lengths.size > 1 || longest > page.rounds) return { game: null, said: `This game does not fit: here ${players.join(", ")} decide, in ${page.rounds} ${page.called}s.` };
  const columns = players.map((player) => given.get(spelling(player)) || Array(longest).fill(null));
  const game = Array.from({ length: longest }, (_, round) => columns.map((column) => column[round]));
  const fits = (/** @type {any} */ value, /** @type {number} */ place) => value === null || (typeof value === "number" && value >= page.decisions[place].low && value <= page.decisions[place].high);
  if (!game.every((row) => row.every(fits))) return { game: null, said: "This game does not fit: a decision in it is no number, or lies outside what can be decided here." };
  return { game, said: `The game is open: ${longest} of ${page.rounds} ${page.called}s are played.` };
}
