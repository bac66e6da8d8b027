// The line through time under a pointer, and what each curve of a chart has there.
import { decimalsOf, written } from "./axes.js";
import { spoken } from "./speech.js";

/**
 * @typedef {import("./chart.js").Panel} Panel
 * @typedef {import("./chart.js").Scene} Scene
 * @typedef {import("./chart.js").Look} Look
 */

export const RIGHT = 16; // room beside the end of time
export const TEXT = 12; // how high letters are
const LINE = TEXT + 4;

/**
 * Draw the line that follows the pointer, and what each curve has there.
 * @param {any} context @param {Scene} scene @param {any} across @param {any[]} ups @param {any} frame @param {Look} look
 */
export function drawCursor(context, scene, across, ups, frame, look) {
  const { floor } = frame;
  if (scene.cursor === null) return;
  const at = scene.time[scene.cursor];
  const x = across(at);
  context.strokeStyle = look.quiet;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(Math.round(x) + 0.5, frame.above - 4);
  context.lineTo(Math.round(x) + 0.5, floor);
  context.stroke();
  scene.panels.forEach((panel, row) => {
    const walls = [row * frame.height + frame.above - 2, (row + 1) * frame.height - 5];
    drawReadings(context, panel, scene.cursor, x, ups[row], walls, frame, look);
  });
  const said = cursorWords(context, scene, across, frame);
  if (said) halo(context, said.words, said.middle, floor + 17, "center", look.ink, look);
}

/** Return the moment under the cursor and the room its words need. @param {any} context @param {Scene} scene @param {any} across @param {any} frame */
export function cursorWords(context, scene, across, frame) {
  if (scene.cursor === null) return null;
  const at = scene.time[scene.cursor];
  const length = scene.time[scene.time.length - 1] - scene.time[0];
  const exact = length > 0 ? Number(at.toFixed(decimalsOf(length / 200))) : at; // a hand is no more exact
  const words = `${scene.timeUnits} ${written(exact).replaceAll(",", "")}`;
  const half = context.measureText(words).width / 2 + 5;
  return { words, half, middle: Math.min(Math.max(across(at), half), frame.right + RIGHT - half) };
}

/**
 * Write what each curve has under the cursor, in a column beside it, one reading for equal ones.
 * @param {any} context @param {Panel} panel @param {any} cursor @param {number} x @param {any} up
 * @param {number[]} walls between which the words stay @param {any} frame @param {Look} look
 */
function drawReadings(context, panel, cursor, x, up, walls, frame, look) {
  const readings = readingsOf(panel.lines, cursor);
  const toLeft = x > (frame.left + frame.right) / 2;
  const places = apart(readings.map(({ value }) => up(value) - 9), walls);
  readings.forEach(({ value, text, color }, i) => {
    context.fillStyle = color;
    context.beginPath();
    context.arc(x, up(value), 4.5, 0, 2 * Math.PI);
    context.fill();
    const wide = context.measureText(text).width + 6;
    context.fillStyle = look.paper;
    context.fillRect(toLeft ? x - 6 - wide : x + 6, places[i] - TEXT, wide, LINE);
  });
  readings.forEach(({ text, color }, i) => halo(context, text, x + (toLeft ? -9 : 9), places[i], toLeft ? "right" : "left", color, look));
}

/**
 * Return the readings from the highest down; curves of one colour that say the same share one.
 * @param {import("./chart.js").Line[]} lines @param {number} row
 * @returns {{value: number, text: string, color: string}[]}
 */
export function readingsOf(lines, row) {
  const read = lines.filter((line) => !line.faint && Number.isFinite(line.values[row]));
  /** @type {Map<string, {value: number, said: string, color: string, letters: string[], own: boolean}>} */
  const found = new Map();
  for (const line of read) {
    const said = written(line.values[row]);
    const reading = found.get(`${line.color} ${said}`) || { value: line.values[row], said, color: line.color, letters: [], own: false };
    if (line.letter) reading.letters.push(line.letter);
    else reading.own = true;
    found.set(`${line.color} ${said}`, reading);
  }
  const all = [...found.values()].sort((a, b) => b.value - a.value);
  return all.map(({ value, said, color, letters, own }) => {
    const names = letters.length && own ? [spoken("now"), ...letters.sort()] : letters.sort();
    return { value, color, text: [names.join(", "), said].filter(Boolean).join(" ") };
  });
}

/**
 * Return where words stand that want to stand at some heights, from the top down: a line apart,
 * and between two walls as long as there is room.
 * @param {number[]} wanted @param {number[]} walls @returns {number[]}
 */
export function apart(wanted, [top, bottom]) {
  /** @type {number[]} */
  const places = [];
  for (const y of wanted) places.push(Math.max(y, top, (places[places.length - 1] ?? -Infinity) + LINE));
  for (let i = places.length - 1, free = bottom; i >= 0; i -= 1, free -= LINE) places[i] = Math.max(Math.min(places[i], free), top + i * LINE);
  return places;
}

/** Write on a ground of paper, so that curves do not cross the letters. @param {any} context @param {string} text @param {number} x @param {number} y @param {string} align @param {string} color @param {Look} look */
export function halo(context, text, x, y, align, color, look) {
  context.textAlign = align;
  context.textBaseline = "alphabetic";
  context.strokeStyle = look.paper;
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}
