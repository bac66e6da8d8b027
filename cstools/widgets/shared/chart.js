// Curves over time on a canvas: one panel for each unit, all on one time axis.
import { ticksAround, ticksWithin, written } from "./axes.js";
import { cursorWords, drawCursor, halo, RIGHT, TEXT } from "./chart_cursor.js";
import { spoken } from "./speech.js";

/**
 * @typedef {{values: ArrayLike<number>, color: string, dash: number[], faint?: boolean, letter?: string, label?: string}} Line
 * @typedef {{units: string, lines: Line[], points: number[][], range?: number[]}} Panel `range` is on the axis besides
 * @typedef {{time: ArrayLike<number>, timeUnits: string, panels: Panel[], cursor: number | null, height?: number, tight?: number}} Scene
 *   `tight` goes from 0 to 1, where there is little room: margins shrink, names stand beside the units, panels that do not fit are left out
 * @typedef {{ink: string, quiet: string, grid: string, paper: string, font: string, faint: number, sketch?: string}} Look
 */

const ABOVE = 34;
const BELOW = 40;
const TIGHT_ABOVE = 7; // so much less room above a panel, and below all, where there is little
const TIGHT_BELOW = 18;
const LEAST_PANEL = 34; // a curve can still be followed

/**
 * Return the least height at which some panels can be drawn where there is little room.
 * @param {number} panels
 * @returns {number}
 */
export function leastHeight(panels) {
  return panels * (ABOVE - TIGHT_ABOVE + LEAST_PANEL) + BELOW - TIGHT_BELOW;
}

/**
 * Return how high the canvas should be, in CSS pixels.
 * @param {number} panels
 * @param {number} width
 * @returns {number}
 */
export function heightFor(panels, width) {
  const each = panels <= 1 ? 290 : panels === 2 ? 165 : 130;
  return Math.round(panels * ((width < 500 ? 0.85 : 1) * each + ABOVE)) + BELOW;
}

/**
 * Return the least and greatest finite number of a panel, widened to what an honest axis shows.
 *
 * Zero belongs to the axis unless every value lies far from it.
 * @param {Panel} panel
 * @returns {number[]}
 */
export function span(panel) {
  let low = Infinity;
  let high = -Infinity;
  const see = (/** @type {number} */ value) => {
    if (!Number.isFinite(value)) return;
    if (value < low) low = value;
    if (value > high) high = value;
  };
  for (const line of panel.lines) for (let i = 0; i < line.values.length; i += 1) see(line.values[i]);
  for (const point of panel.points) see(point[1]);
  for (const value of panel.range || []) see(value);
  if (low > high) return [0, 1];
  if (low > 0 && low < 0.6 * high) low = 0;
  if (high < 0 && high > 0.6 * low) high = 0;
  if (high - low < 1e-9 * Math.abs(high)) return high > 0 ? [0, Math.min(Number.MAX_VALUE, 1.2 * high)] : [Math.max(-Number.MAX_VALUE, 1.2 * low), 0];
  return low === high ? [low, low + 1] : [low, high];
}

/**
 * Draw a scene; the canvas takes the sharpness of the screen.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {Scene} scene
 * @param {Look} look
 * @param {number} [sharp] pixels of the canvas for each of the page
 * @returns {{left: number, right: number}} where time begins and ends, in CSS pixels
 */
export function drawScene(canvas, width, scene, look, sharp) {
  const height = scene.height ?? heightFor(scene.panels.length, width);
  const tight = scene.tight ?? 0;
  const [above, below] = [ABOVE - TIGHT_ABOVE * tight, BELOW - TIGHT_BELOW * tight];
  const fit = tight ? Math.max(1, Math.floor((height - below + 0.5) / (above + LEAST_PANEL))) : Infinity;
  const panels = scene.panels.slice(0, fit);
  const context = sharpContext(canvas, width, height, sharp);
  context.font = `${TEXT}px ${look.font}`;
  const each = (height - below) / Math.max(1, panels.length);
  const rows = panels.map((panel) => ticksAround(span(panel)[0], span(panel)[1], ticksFor(each - above)));
  const labels = rows.map((row) => row.map((tick) => written(tick, row[1] - row[0])));
  const left = 12 + Math.min(0.3 * width, Math.max(28, ...labels.flat().map((text) => context.measureText(text).width)));
  const frame = { left, right: width - RIGHT, height: each, above, floor: height - below, tight };
  const across = timeScale(scene.time, frame);
  const ups = panels.map((panel, row) => {
    const top = row * each + above;
    const bottom = (row + 1) * each;
    const up = heightScale(rows[row], top, bottom);
    drawGrid(context, rows[row], labels[row], up, frame, look);
    const free = drawUnits(context, panel.units, top - 15 + tight, look);
    if (tight > 0.3) drawNames(context, panel.lines, free, top - 15 + tight, frame, look);
    drawCurves(context, panel, scene.time, across, up, [top, bottom], frame, look);
    return up;
  });
  drawTime(context, { ...scene, panels }, across, frame, scene.panels.length - panels.length, look);
  drawCursor(context, { ...scene, panels }, across, ups, frame, look);
  return { left: frame.left, right: frame.right };
}

/** Where a value stands between the ends of an axis; halves, as the span of huge ends is no number. @param {number[]} ticks @param {number} top @param {number} bottom */
function heightScale(ticks, top, bottom) {
  const low = ticks[0] / 2;
  const half = ticks[ticks.length - 1] / 2 - low;
  return (/** @type {number} */ value) => bottom - ((value / 2 - low) / half) * (bottom - top);
}

/** Return how many numbers an axis of some height has room for. @param {number} high */
function ticksFor(high) {
  return high < 40 ? 2 : high < 75 ? 3 : 5;
}

/**
 * Return what to draw with, on an empty canvas of some size on the page.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 * @param {number} [sharp]
 * @returns {CanvasRenderingContext2D}
 */
export function sharpContext(canvas, width, height, sharp = window.devicePixelRatio || 1) {
  const [w, h] = [Math.round(width * sharp), Math.round(height * sharp)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
    canvas.style.height = `${height}px`;
  }
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(sharp, 0, 0, sharp, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** @param {ArrayLike<number>} time @param {{left: number, right: number}} frame */
function timeScale(time, frame) {
  const first = time[0];
  const last = time[time.length - 1];
  const wide = last > first ? last - first : 1;
  return (/** @type {number} */ t) => frame.left + ((t - first) / wide) * (frame.right - frame.left);
}

/** @param {any} context @param {number[]} ticks @param {string[]} labels @param {any} up @param {any} frame @param {Look} look */
function drawGrid(context, ticks, labels, up, frame, look) {
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.lineWidth = 1;
  ticks.forEach((tick, i) => {
    const y = Math.round(up(tick)) + 0.5;
    context.strokeStyle = tick === 0 ? look.quiet : look.grid;
    context.beginPath();
    context.moveTo(frame.left, y);
    context.lineTo(frame.right, y);
    context.stroke();
    context.fillStyle = look.quiet;
    context.fillText(labels[i], frame.left - 8, y, frame.left - 12);
  });
}

/** Write the units over an axis; return where they end. @param {any} context @param {string} units @param {number} y @param {Look} look */
function drawUnits(context, units, y, look) {
  context.textAlign = "left";
  context.fillStyle = look.ink;
  context.fillText(units, 4, y);
  return 4 + context.measureText(units).width + 14;
}

/** Name the curves of a panel beside its units, as far as there is room. @param {any} context @param {Line[]} lines @param {number} from @param {number} y @param {any} frame @param {Look} look */
function drawNames(context, lines, from, y, frame, look) {
  context.globalAlpha = Math.min(1, (frame.tight - 0.3) / 0.4);
  let x = from;
  for (const line of lines) {
    const name = line.faint || line.letter ? "" : line.label || "";
    const ends = x + 28 + context.measureText(name).width;
    if (!name || ends > frame.right) continue;
    context.strokeStyle = line.color;
    context.lineWidth = 2.5;
    context.setLineDash(line.dash);
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + 22, y);
    context.stroke();
    context.setLineDash([]);
    context.fillText(name, x + 28, y);
    x = ends + 14;
  }
  context.globalAlpha = 1;
}

/** @param {any} context @param {Panel} panel @param {ArrayLike<number>} time @param {any} across @param {any} up @param {number[]} walls @param {any} frame @param {Look} look */
function drawCurves(context, panel, time, across, up, walls, frame, look) {
  context.save();
  context.beginPath();
  context.rect(frame.left - 6, walls[0] - 6, frame.right - frame.left + 12, walls[1] - walls[0] + 12);
  context.clip();
  context.lineJoin = "round";
  for (const line of panel.lines) drawLine(context, line, time, across, up, look);
  for (const line of panel.lines) if (line.letter) drawLetters(context, line, time, across, up, look);
  drawSketch(context, panel.points, across, up, look);
  context.restore();
}

/** @param {any} context @param {Line} line @param {ArrayLike<number>} time @param {any} across @param {any} up @param {Look} look */
function drawLine(context, line, time, across, up, look) {
  context.strokeStyle = line.color;
  context.globalAlpha = line.faint ? look.faint : 1;
  context.lineWidth = line.faint || line.letter ? 1.75 : 2.5;
  context.setLineDash(line.dash);
  context.beginPath();
  let broken = true;
  for (let i = 0; i < time.length; i += 1) {
    const value = line.values[i];
    if (!Number.isFinite(value)) {
      broken = true;
    } else if (broken) {
      context.moveTo(across(time[i]), up(value));
      broken = false;
    } else {
      context.lineTo(across(time[i]), up(value));
    }
  }
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([]);
}

/** Write the letter of a scenario on its curve, at places of its own. @param {any} context @param {Line} line @param {ArrayLike<number>} time @param {any} across @param {any} up @param {Look} look */
function drawLetters(context, line, time, across, up, look) {
  const shift = 0.09 * ((String(line.letter).charCodeAt(0) - 65) % 4);
  context.font = `700 11px ${look.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 1.5;
  for (const share of [0.12, 0.55]) {
    const row = Math.round((share + shift) * (time.length - 1));
    if (!Number.isFinite(line.values[row])) continue;
    const [x, y] = [across(time[row]), up(line.values[row])];
    context.beginPath();
    context.arc(x, y, 8, 0, 2 * Math.PI);
    context.fillStyle = look.paper;
    context.strokeStyle = line.color;
    context.fill();
    context.stroke();
    context.fillStyle = look.ink;
    context.fillText(line.letter, x, y + 0.5);
  }
  context.font = `${TEXT}px ${look.font}`;
}

/** @param {any} context @param {number[][]} points @param {any} across @param {any} up @param {Look} look */
function drawSketch(context, points, across, up, look) {
  if (!points.length) return;
  context.strokeStyle = look.sketch ?? look.quiet;
  context.fillStyle = look.paper;
  context.lineWidth = look.sketch ? 2 : 1.5;
  context.setLineDash([2, 4]);
  context.beginPath();
  points.forEach((point, i) => context[i ? "lineTo" : "moveTo"](across(point[0]), up(point[1])));
  context.stroke();
  context.setLineDash([]);
  for (const point of points) {
    context.beginPath();
    context.arc(across(point[0]), up(point[1]), 4.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

/** @param {any} context @param {Scene} scene @param {any} across @param {any} frame @param {number} unseen how many panels had no room @param {Look} look */
function drawTime(context, scene, across, frame, unseen, look) {
  const { floor } = frame;
  const first = scene.time[0];
  const last = scene.time[scene.time.length - 1];
  const ticks = ticksWithin(first, last, frame.right - frame.left < 420 ? 5 : 9);
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : 1;
  const over = cursorWords(context, scene, across, frame);
  context.fillStyle = look.quiet;
  context.strokeStyle = look.quiet;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  for (const tick of ticks) {
    const x = Math.round(across(tick)) + 0.5;
    context.beginPath();
    context.moveTo(x, floor);
    context.lineTo(x, floor + 4);
    context.stroke();
    const words = written(tick, step).replaceAll(",", ""); // 1900, a year
    const covered = over && Math.abs(x - over.middle) < over.half + context.measureText(words).width / 2;
    if (!covered) context.fillText(words, x, floor + 17);
  }
  context.fillStyle = look.ink;
  if (frame.tight < 0.3) {
    context.fillText(scene.timeUnits, (frame.left + frame.right) / 2, floor + 34 - TIGHT_BELOW * frame.tight);
    return;
  }
  context.textAlign = "left";
  const room = frame.left - 4 - context.measureText(written(ticks[0] ?? 0, step)).width;
  if (context.measureText(scene.timeUnits).width < room) context.fillText(scene.timeUnits, 4, floor + 17);
  if (unseen) halo(context, spoken("{count} more above", { count: unseen }), frame.right + RIGHT - 2, frame.above - 10, "right", look.ink, look);
}
