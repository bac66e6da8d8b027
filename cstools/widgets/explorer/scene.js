// What is drawn of a run: a panel for each unit, the start and the scenarios behind the curves.
import { spoken } from "../shared/speech.js";

/**
 * @typedef {{key: string, label: string, units: string, kind: string}} Column
 * @typedef {{time: Float64Array, columns: Float64Array[]}} Result
 * @typedef {{color: string, dash: number[]}} Stroke
 * @typedef {{letter: string, dash: number[], result: Result}} Behind
 */

/**
 * Return the panels of a picture, in the order of the model's variables.
 * @param {Column[]} columns
 * @param {Set<string>} shown
 * @param {Map<string, Stroke>} strokes
 * @param {Result} now
 * @param {Result | null} first the run before anything was moved, where something was
 * @param {Behind[]} scenarios
 * @param {(key: string) => number[][]} sketchOf
 */
export function panelsOf(columns, shown, strokes, now, first, scenarios, sketchOf) {
  /** @type {Map<string, import("../shared/chart.js").Panel>} */
  const panels = new Map();
  columns.forEach((column, i) => {
    const stroke = strokes.get(column.key);
    if (!shown.has(column.key) || !stroke) return;
    const panel = panels.get(column.units) || { units: column.units, lines: [], points: [] };
    panels.set(column.units, panel);
    for (const { letter, dash, result } of scenarios) panel.lines.unshift({ values: result.columns[i], color: stroke.color, dash, letter });
    if (first) panel.lines.unshift({ values: first.columns[i], ...stroke, faint: true });
    panel.lines.push({ values: now.columns[i], ...stroke, label: column.label });
    panel.points.push(...sketchOf(column.key));
  });
  return [...panels.values()];
}

/**
 * Return the columns of a table of what is drawn: the time, the run, and each scenario.
 * @param {Column[]} columns
 * @param {Set<string>} shown
 * @param {string} timeUnits
 * @param {Result} now
 * @param {{name: string, result: Result}[]} scenarios
 * @returns {{heads: string[], columns: ArrayLike<number>[]}}
 */
export function tableOf(columns, shown, timeUnits, now, scenarios) {
  const chosen = columns.map((column, i) => ({ column, i })).filter(({ column }) => shown.has(column.key));
  const time = spoken("time");
  const heads = [timeUnits === time ? time : `${time} (${timeUnits})`];
  /** @type {ArrayLike<number>[]} */
  const found = [now.time];
  for (const { name, result } of [{ name: "", result: now }, ...scenarios]) {
    for (const { column, i } of chosen) {
      const units = column.units ? ` (${column.units})` : "";
      heads.push(`${column.label}${units}${name ? `, ${name}` : ""}`);
      found.push(result.columns[i]);
    }
  }
  return { heads, columns: found };
}
