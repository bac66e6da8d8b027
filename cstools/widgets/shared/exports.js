// What can be taken out of an explorer: its numbers as CSV, its curves as a picture.
import { drawScene } from "./chart.js";

const SHARP = 2; // a picture of twice the pixels can be printed

/**
 * Return a table as CSV by RFC 4180; numbers keep all their digits, and what is none is left out.
 * @param {string[]} heads
 * @param {ArrayLike<number>[]} columns
 * @returns {string}
 */
export function csvText(heads, columns) {
  const lines = [heads.map(quotedCell).join(",")];
  for (let row = 0; row < columns[0].length; row += 1) lines.push(columns.map((column) => plainNumber(column[row])).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

/** @param {number} value @returns {string} */
export function plainNumber(value) {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? "" : value > 0 ? "inf" : "-inf";
}

/** A name that a spreadsheet would take for a formula is kept a name. @param {string} text */
function quotedCell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Return a name that every system takes for a file. @param {string} words @param {string} ending */
export function fileName(words, ending) {
  const plain = words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "");
  return `${plain.slice(0, 60) || "model"}.${ending}`;
}

/**
 * Draw a scene with its title and its key, as a picture to keep.
 * @param {string} title
 * @param {any} scene
 * @param {any} look
 * @param {{label: string, color: string, dash: number[], faint?: number}[]} keys
 * @returns {Promise<Blob | null>}
 */
export function pictureBlob(title, scene, look, keys) {
  const wide = 900;
  const plot = document.createElement("canvas");
  drawScene(plot, wide, { ...scene, cursor: null }, look, SHARP);
  const whole = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (whole.getContext("2d"));
  context.font = `13px ${look.font}`;
  const rows = keyRows(context, keys, wide - 32);
  const [top, below] = [44, 14 + 24 * rows.length];
  whole.width = wide * SHARP;
  whole.height = plot.height + (top + below) * SHARP;
  context.setTransform(SHARP, 0, 0, SHARP, 0, 0);
  context.fillStyle = look.paper;
  context.fillRect(0, 0, wide, whole.height);
  context.drawImage(plot, 0, top, wide, plot.height / SHARP);
  context.fillStyle = look.ink;
  context.font = `600 17px ${look.font}`;
  context.fillText(title, 16, 28, wide - 32);
  context.font = `13px ${look.font}`;
  rows.forEach((row, place) => drawKeys(context, row, top + plot.height / SHARP + 18 + 24 * place, look));
  return new Promise((resolve) => whole.toBlob(resolve, "image/png"));
}

/** Break the key into rows that fit. @param {CanvasRenderingContext2D} context @param {any[]} keys @param {number} wide */
function keyRows(context, keys, wide) {
  /** @type {any[][]} */
  const rows = [];
  let free = 0;
  for (const key of keys) {
    const needs = 52 + context.measureText(key.label).width;
    if (!rows.length || needs > free) {
      rows.push([]);
      free = wide;
    }
    rows[rows.length - 1].push({ ...key, x: 16 + wide - free });
    free -= needs;
  }
  return rows;
}

/** @param {CanvasRenderingContext2D} context @param {any[]} row @param {number} y @param {any} look */
function drawKeys(context, row, y, look) {
  for (const key of row) {
    context.strokeStyle = key.color;
    context.lineWidth = 2.5;
    context.globalAlpha = key.faint || 1;
    context.setLineDash(key.dash);
    context.beginPath();
    context.moveTo(key.x, y);
    context.lineTo(key.x + 28, y);
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
    context.fillStyle = look.ink;
    context.fillText(key.label, key.x + 35, y + 4.5);
  }
}
