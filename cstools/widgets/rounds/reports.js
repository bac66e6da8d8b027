// What a game reports of itself: its end and its curves in words, its numbers in rows.
import { saidAmount, saidMoment } from "../shared/said.js";
import { newestRow, rowOf } from "./played.js";
import { decidedTold, outcomesTold } from "./told.js";

/**
 * @typedef {import("./played.js").GamePage} GamePage
 * @typedef {import("./played.js").GameRun} GameRun
 * @typedef {import("./played.js").Round} Round
 * @typedef {[string[], ArrayLike<number>[]]} Rows
 */

/** Whether the scores have a table at the end. @param {GamePage} page */
export function isTabled(page) {
  return page.score.length > 1 && page.worlds.length > 0;
}

/** @param {GamePage} page @param {Round[]} game @param {GameRun} run @param {GameRun[]} beside */
export function endTold(page, game, run, beside) {
  const told = isTabled(page) ? { ...page, score: page.score.slice(0, 1) } : page; // the table has the others
  const last = (/** @type {GameRun} */ one) => told.score.map((column) => one.columns[column][one.time.length - 1]);
  return [outcomesTold(told, true, last(run), beside.map(last)), decidedTold(page, game)].filter(Boolean).join(" ");
}

/** The newest value of a variable that may be seen. @param {GamePage} page @param {GameRun} run @param {number} column @param {number} played */
export function newestTold(page, run, column, played) {
  const row = newestRow(page, column, played);
  return row < 0 ? "not known yet" : saidAmount(run.columns[column][row], page.columns[column].units).replace(/^-/, "−");
}

/** @param {GamePage} page @param {GameRun} run @param {number} played @param {number[]} columns */
export function valuesTold(page, run, played, columns) {
  return columns.map((column) => `${page.columns[column].label} ${newestTold(page, run, column, played)}`).join(", ");
}

/** What curves show to who cannot see them. @param {GamePage} page @param {GameRun} run @param {number} played @param {number[]} columns */
export function drawnTold(page, run, played, columns) {
  const now = saidMoment(page.start + played * page.steps * page.dt, page.timeUnits);
  return columns.length ? `Curves up to ${now}, where they are at: ${valuesTold(page, run, played, columns)}.` : "";
}

/** Of each variable a value at the beginning of every round. @param {GamePage} page @param {GameRun} run @param {number} played @param {number[]} columns @returns {Rows} */
export function roundRows(page, run, played, columns) {
  const rounds = Array.from({ length: played + 1 }, (_, round) => round);
  const rowAt = (/** @type {number} */ column, /** @type {number} */ round) => (round === played ? newestRow(page, column, played) : rowOf(page, round));
  const values = columns.map((column) => rounds.map((round) => run.columns[column][rowAt(column, round)] ?? NaN));
  return [[timeHead(page), ...columns.map((column) => headOf(page, column))], [rounds.map((round) => run.time[rowOf(page, round)]), ...values]];
}

/** Everything, of the game and of the worlds beside it. @param {GamePage} page @param {GameRun} run @param {GameRun[]} beside @returns {Rows} */
export function allRows(page, run, beside) {
  const worlds = ["", ...page.worlds.map(({ name }) => `, ${name}`)];
  const heads = worlds.flatMap((world) => page.columns.map((_, column) => `${headOf(page, column)}${world}`));
  return [[timeHead(page), ...heads], [run.time, ...[run, ...beside].flatMap((one) => one.columns)]];
}

/** @param {GamePage} page */
function timeHead({ timeUnits }) {
  return timeUnits === "time" ? "time" : `time (${timeUnits})`;
}

/** @param {GamePage} page @param {number} column */
function headOf(page, column) {
  const { label, units } = page.columns[column];
  return units ? `${label} (${units})` : label;
}
