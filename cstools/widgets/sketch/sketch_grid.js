// The paper of a sketch: lines and numbers of the axes, and the field on which a finger draws.
import { written } from "../shared/axes.js";
import { makeSvg } from "../shared/elements.js";

export const SKETCH_HEIGHT = 250;
export const SKETCH_MARGIN = { left: 62, right: 18, top: 26, bottom: 46 };
const LETTER = 7; // about how wide a figure of an axis is
const REACH = 16; // how far beside the grid a finger still draws; farther out it scrolls the page

/**
 * Draw the axes anew.
 * @param {any} grid the group that holds them @param {any} page the sketch's grid @param {number[]} ticks
 * @param {{across: (time: number) => number, up: (value: number) => number, width: number}} on
 */
export function drawSketchGrid(grid, page, ticks, { across, up, width }) {
  const { units, timeUnits, times, start, stop } = page;
  const step = ticks[1] - ticks[0];
  const bottom = SKETCH_HEIGHT - SKETCH_MARGIN.bottom;
  const text = (/** @type {string} */ words, /** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ anchor) => {
    const piece = makeSvg("text", { x, y, "text-anchor": anchor });
    piece.textContent = words;
    return piece;
  };
  grid.replaceChildren(text(units, 4, SKETCH_MARGIN.top - 12, "start"));
  for (const tick of ticks) {
    const y = up(tick);
    grid.append(makeSvg("line", { x1: SKETCH_MARGIN.left, x2: width - SKETCH_MARGIN.right, y1: y, y2: y }), text(written(tick, step), SKETCH_MARGIN.left - 14, y + 4, "end"));
  }
  const said = times.map((/** @type {number} */ t) => written(t).replaceAll(",", ""));
  const widest = LETTER * Math.max(...said.map((/** @type {string} */ words) => words.length)) + LETTER;
  let free = -Infinity; // a time that would touch the one before it is left out
  times.forEach((/** @type {number} */ t, /** @type {number} */ i) => {
    const x = across(t);
    grid.append(makeSvg("line", { x1: x, x2: x, y1: SKETCH_MARGIN.top, y2: bottom }));
    if (x < free) return;
    free = x + widest;
    grid.append(text(said[i], x, bottom + 22, "middle"));
  });
  grid.append(text(timeUnits, across((start + stop) / 2), SKETCH_HEIGHT - 5, "middle"));
}

/** Lay the field over the grid. @param {any} field a rectangle @param {number} width */
export function fitField(field, width) {
  const size = {
    x: SKETCH_MARGIN.left - REACH, y: SKETCH_MARGIN.top - REACH,
    width: width - SKETCH_MARGIN.left - SKETCH_MARGIN.right + 2 * REACH, height: SKETCH_HEIGHT - SKETCH_MARGIN.top - SKETCH_MARGIN.bottom + 2 * REACH,
  };
  for (const [name, value] of Object.entries(size)) field.setAttribute(name, String(value));
}

/** Return how large the points are: for a finger, but apart from each other. @param {number[]} places @returns {number} */
export function knobRadius(places) {
  const gap = Math.min(...places.slice(1).map((x, i) => x - places[i]));
  return Math.max(4, Math.min(window.matchMedia("(pointer: coarse)").matches ? 12 : 8, gap / 2 - 3));
}
