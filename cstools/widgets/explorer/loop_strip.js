// A strip under the curves: the shares of the loops over time, reinforcing above, balancing below.
import { sharpContext } from "../shared/chart.js";
import { make } from "../shared/elements.js";

const STRIP_HEIGHT = 74;
const STRIP_EDGE = 4;

/** Make the strip; `draw` draws it anew, or takes it away where there are no scores. */
export function makeStrip() {
  const canvas = make("canvas", { role: "img" });
  const of = make("p", { class: "cs-strip-of" });
  const box = make("div", { class: "cs-strip", hidden: "" }, of, canvas);
  /**
   * @param {import("./loop_lights.js").Lit | null} lit
   * @param {number} rows how many rows the run has in the page
   * @param {number | null} cursor
   * @param {number} width
   * @param {{left: number, right: number} | undefined} frame
   * @param {any} look
   * @param {boolean} starting whether the scores are of the starting settings, and the curves of others
   */
  const draw = (lit, rows, cursor, width, frame, look, starting) => {
    box.classList.toggle("cs-stale", !lit); // until the new scores are there, the old ones stay in sight
    if (!lit) return;
    const shown = lit && lit.rows.length > 1 && lit.loops.some((loop) => loop.shares.some(Boolean)) && frame && look;
    box.hidden = !shown;
    if (!shown) return;
    box.classList.toggle("cs-starting", starting);
    of.textContent = `Which loops are at work${starting ? ", of the starting settings" : ""}: R feeds itself, B holds itself back.`;
    canvas.setAttribute("aria-label", `Shares of the loops over time${starting ? ", of the starting settings" : ""}. ${lit.sentence}`);
    drawStrip(sharpContext(canvas, width, STRIP_HEIGHT), lit, rows, cursor, frame, look);
  };
  return { box, draw };
}

/** @param {any} context @param {import("./loop_lights.js").Lit} lit @param {number} rows @param {number | null} cursor @param {any} frame @param {any} look */
function drawStrip(context, lit, rows, cursor, frame, look) {
  const across = (/** @type {number} */ row) => frame.left + (row / Math.max(1, rows - 1)) * (frame.right - frame.left);
  const [above, below] = [lit.rows.map(() => 0), lit.rows.map(() => 0)];
  for (const loop of lit.loops) loop.shares.forEach((share, m) => (share > 0 ? (above[m] += share) : (below[m] -= share)));
  const others = lit.others || [[], []];
  [above, below].forEach((side, at) => others[at].forEach((share, m) => (side[m] += share)));
  const [high, low] = [Math.max(1, ...above), Math.max(1, ...below)];
  const scale = (STRIP_HEIGHT - 2 * STRIP_EDGE) / (high + low);
  const zero = STRIP_EDGE + high * scale;
  const edges = [lit.rows.map(() => 0), lit.rows.map(() => 0)];
  const order = lit.loops.map((loop, n) => [loop.shares.reduce((sum, share) => sum + Math.abs(share), 0), n]).sort((a, b) => b[0] - a[0]);
  const counts = [0, 0];
  for (const [, n] of order) {
    for (const side of [0, 1]) {
      const sizes = lit.loops[n].shares.map((share) => Math.max(0, side ? -share : share));
      if (sizes.some((size) => size > 0)) drawArea(context, lit, lit.loops[n].name, side, sizes, edges[side], counts, { across, scale, zero, look });
    }
  }
  others.forEach((sizes, side) => {
    if (sizes.some((size) => size > 0)) drawArea(context, lit, "others", side, sizes, edges[side], [6, 6], { across, scale, zero, look });
  });
  context.strokeStyle = look.quiet;
  context.fillStyle = look.quiet;
  context.lineWidth = 1;
  stripLine(context, frame.left, zero, frame.right, zero);
  context.font = `11px ${look.font}`;
  context.textAlign = "right";
  context.textBaseline = "middle";
  if (high * scale > 12) context.fillText("R", frame.left - 6, STRIP_EDGE + (high * scale) / 2);
  if (low * scale > 12) context.fillText("B", frame.left - 6, zero + (low * scale) / 2);
  if (cursor !== null) stripLine(context, Math.round(across(cursor)) + 0.5, 0, Math.round(across(cursor)) + 0.5, STRIP_HEIGHT);
}

/** @param {any} context @param {import("./loop_lights.js").Lit} lit @param {string} name @param {number} side @param {number[]} sizes @param {number[]} edge @param {number[]} counts @param {any} place */
function drawArea(context, lit, name, side, sizes, edge, counts, place) {
  const { across, scale, zero, look } = place;
  const up = (/** @type {number} */ share) => zero + (side ? 1 : -1) * share * scale;
  const tops = sizes.map((size, m) => edge[m] + size);
  context.beginPath();
  lit.rows.forEach((row, m) => context[m ? "lineTo" : "moveTo"](across(row), up(edge[m])));
  for (let m = tops.length - 1; m >= 0; m -= 1) context.lineTo(across(lit.rows[m]), up(tops[m]));
  context.closePath();
  context.globalAlpha = Math.max(0.18, 0.62 * 0.68 ** counts[side]);
  context.fillStyle = side ? look.accent : look.warm;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = look.paper;
  context.lineWidth = 1;
  context.stroke();
  nameArea(context, lit, name, sizes, edge, { across, up, scale, look });
  tops.forEach((top, m) => (edge[m] = top));
  counts[side] += 1;
}

/** Write the name of a loop where its area is highest, if it fits. @param {any} context @param {import("./loop_lights.js").Lit} lit @param {string} name @param {number[]} sizes @param {number[]} edge @param {any} place */
function nameArea(context, lit, name, sizes, edge, { across, up, scale, look }) {
  if (name.length > 6) return;
  const around = sizes.map((_, m) => Math.min(...sizes.slice(Math.max(0, m - 2), m + 3)));
  const inner = around.map((size, m) => (m < 2 || m > sizes.length - 3 ? 0 : size));
  const best = inner.indexOf(Math.max(...inner));
  if (inner[best] * scale < 13) return;
  context.font = `700 11px ${look.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = look.ink;
  context.fillText(name, across(lit.rows[best]), up(edge[best] + sizes[best] / 2) + 0.5);
}

/** @param {any} context @param {number} x @param {number} y @param {number} toX @param {number} toY */
function stripLine(context, x, y, toX, toY) {
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(toX, toY);
  context.stroke();
}
