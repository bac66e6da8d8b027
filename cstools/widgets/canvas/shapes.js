// The pictures behind the words: they are drawn around the layers as these are, so text can grow.
import { makeSvg } from "../shared/elements.js";

/** @typedef {{top: number, bottom: number, left: number, right: number}} Band where a layer's notes lie */

// Half of the ice's width at each height, as a share of the room there is; left and right differ.
// A height is told as [layer, share of it], so that the ice grows with the notes.
/** @type {[number, number, number, number][]} */
const ICE_OUTLINE = [
  [0, 0.02, 0.05, 0.02], [0, 0.2, 0.2, 0.16], [0, 0.42, 0.3, 0.38], [0, 0.72, 0.52, 0.5], [1, 0, 0.68, 0.72],
  [1, 0.3, 0.84, 0.83], [1, 0.75, 0.92, 0.97], [2, 0.2, 0.98, 0.94], [2, 0.65, 0.9, 0.97], [3, 0, 0.84, 0.82],
  [3, 0.4, 0.66, 0.74], [3, 0.8, 0.42, 0.4], [3, 0.98, 0.1, 0.16],
];

/** @param {any} svg @param {string} tag @param {Record<string, string | number>} attributes */
function drawn(svg, tag, attributes) {
  const piece = makeSvg(tag, attributes);
  svg.append(piece);
  return piece;
}

/** @param {number[][]} points */
const corners = (points) => points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");

/** @param {any} svg @param {number} width @param {number} height @param {Band[]} bands */
export function drawIceberg(svg, width, height, bands) {
  const water = bands[1].top;
  drawn(svg, "rect", { class: "cs-sky", x: 0, y: 0, width, height: water });
  bands.slice(1).forEach((band, i) => {
    const next = bands[i + 2] ? bands[i + 2].top : height;
    drawn(svg, "rect", { class: `cs-water cs-deep-${i}`, x: 0, y: band.top, width, height: next - band.top + 0.5 });
  });
  const middle = (bands[0].left + bands[0].right) / 2;
  const room = (bands[0].right - bands[0].left) / 2 - 4;
  const at = (/** @type {number} */ layer, /** @type {number} */ share) => bands[layer].top + share * (bands[layer].bottom - bands[layer].top);
  const left = ICE_OUTLINE.map(([layer, share, half]) => [middle - half * room, at(layer, share)]);
  const right = ICE_OUTLINE.map(([layer, share, , half]) => [middle + half * room, at(layer, share)]);
  drawn(svg, "polygon", { class: "cs-ice", points: corners([...left, ...right.slice().reverse()]) });
  const ridge = ICE_OUTLINE.map(([layer, share], i) => [middle + room * (0.1 + 0.13 * ((i * 7) % 3) - 0.02 * i), at(layer, share)]);
  ridge[0] = [(left[0][0] + right[0][0]) / 2, left[0][1]];
  drawn(svg, "polygon", { class: "cs-ice-shade", points: corners([...ridge, ...right.slice().reverse()]) });
  const facets = [[left[1], left[4], ridge[3]], [left[5], left[8], ridge[7]], [left[9], left[11], ridge[10]], [right[3], right[6], ridge[4]], [right[7], right[10], ridge[9]]];
  for (const facet of facets) drawn(svg, "polygon", { class: "cs-ice-facet", points: corners(facet) });
  drawn(svg, "path", { class: "cs-waterline", d: wave(width, water) });
}

/** @param {number} width @param {number} y */
function wave(width, y) {
  const step = 28;
  const count = Math.ceil(width / step);
  return `M0 ${y}${Array.from({ length: count }, (_, i) => `Q${(i + 0.5) * step} ${y + (i % 2 ? 5 : -5)} ${(i + 1) * step} ${y}`).join("")}`;
}

/** @param {any} svg @param {number} width @param {number} height @param {Band[]} bands @param {boolean} back whether it is walked down */
export function drawLadder(svg, width, height, bands, back) {
  const [top, foot] = [8, height - 6];
  const { left, right } = bands[0];
  const lean = Math.min(34, (right - left) * 0.06); // it narrows towards the top, as one sees it from below
  const inset = (/** @type {number} */ y) => 14 + lean * (1 - (y - top) / (foot - top));
  for (const band of bands) {
    const y = band.bottom - 7;
    drawn(svg, "line", { class: "cs-rung", x1: left + inset(y), x2: right - inset(y), y1: y, y2: y });
  }
  const rails = [[left + inset(top), left + inset(foot)], [right - inset(top), right - inset(foot)]];
  for (const [x1, x2] of rails) drawn(svg, "line", { class: "cs-rail", x1, x2, y1: top, y2: foot });
  for (const band of bands) {
    const y = (band.top + band.bottom) / 2;
    const tip = back ? 5 : -5;
    for (const x of [left + inset(y), right - inset(y)]) drawn(svg, "path", { class: "cs-way-mark", d: `M${x - 3.6} ${y - tip / 2}l3.6 ${tip}l3.6 ${-tip}` });
  }
  const centre = (/** @type {Band} */ band) => (band.top + band.bottom) / 2;
  const [from, to] = [centre(bands[1]), centre(bands[5])];
  const out = right + 42;
  drawn(svg, "path", { class: "cs-reflex", d: `M${right - 2} ${from}C${out} ${from} ${out} ${from + 40} ${out} ${from + 60}V${to - 60}C${out} ${to - 40} ${out} ${to} ${right + 4} ${to}` });
  drawn(svg, "path", { class: "cs-reflex-head", d: `M${right - 2} ${to}l12 -6v12z` });
  const words = drawn(svg, "text", { class: "cs-reflex-words", transform: `translate(${out + 10} ${(from + to) / 2}) rotate(90)`, "text-anchor": "middle" });
  words.textContent = "what I believe steers what I notice next";
}

const [MIDDLE, OUTER, INNER] = [220, 172, 82]; // of the round picture, which is 440 wide
// Where each field begins, in degrees from the top; the names stand on the rim, none upside down.
const FIELD_TURNS = [270, 0, 90, 180];
const PETAL = "M0 11C-7 4 -5 -5 0 -11C5 -5 7 4 0 11Z";

/** @param {number} turn degrees clockwise from the top @param {number} radius */
function onCircle(turn, radius) {
  const angle = (turn * Math.PI) / 180;
  return [MIDDLE + radius * Math.sin(angle), MIDDLE - radius * Math.cos(angle)];
}

/**
 * Draw the mandala: four fields around a centre, with a petal for each note.
 * @param {any} svg
 * @param {string[]} titles of the centre and the four fields
 * @param {number[]} counts of their notes
 * @param {string} id by which its paths are told from those of other mandalas on the page
 */
export function drawMandala(svg, titles, counts, id) {
  drawn(svg, "circle", { class: "cs-disc", cx: MIDDLE, cy: MIDDLE, r: OUTER + 34 });
  FIELD_TURNS.forEach((turn, field) => {
    const [start, end, back, inner] = [onCircle(turn + 1, OUTER), onCircle(turn + 89, OUTER), onCircle(turn + 88, INNER), onCircle(turn + 2, INNER)];
    drawn(svg, "path", { class: `cs-quarter cs-quarter-${field + 1}`, d: `M${start}A${OUTER} ${OUTER} 0 0 1 ${end}L${back}A${INNER} ${INNER} 0 0 0 ${inner}Z` });
    for (const [at, radius, size] of petals(counts[field + 1] || 3)) {
      const [x, y] = onCircle(turn + at, radius);
      const waits = counts[field + 1] === 0 ? " cs-awaited" : "";
      drawn(svg, "path", { class: `cs-petal cs-quarter-${field + 1}${waits}`, d: PETAL, transform: `translate(${x} ${y}) rotate(${turn + at}) scale(${size})`, "vector-effect": "non-scaling-stroke" });
    }
    rimName(svg, titles[field + 1], turn, `${id}-${field}`);
  });
  drawn(svg, "circle", { class: "cs-heart", cx: MIDDLE, cy: MIDDLE, r: INNER - 8 });
  for (let i = 0; i < Math.min(counts[0], 60); i += 1) {
    const [x, y] = onCircle((360 * i) / Math.min(counts[0], 60), INNER - 1);
    drawn(svg, "circle", { class: "cs-petal cs-quarter-0", cx: x, cy: y, r: 3.6 });
  }
}

/** Write a field's name along the rim. @param {any} svg @param {string} title @param {number} turn @param {string} id */
function rimName(svg, title, turn, id) {
  const below = turn === 90 || turn === 180;
  const radius = below ? OUTER + 21 : OUTER + 11;
  const [start, end] = [onCircle(turn, radius), onCircle(turn + 90, radius)];
  const d = below ? `M${end}A${radius} ${radius} 0 0 0 ${start}` : `M${start}A${radius} ${radius} 0 0 1 ${end}`;
  drawn(svg, "path", { id, d, fill: "none" });
  const along = makeSvg("textPath", { href: `#${id}`, startOffset: "50%", "text-anchor": "middle" });
  along.textContent = title;
  drawn(svg, "text", { class: "cs-rim" }).append(along);
}

/**
 * Return where the petals of a field stand: degrees from its beginning, radius, and size.
 * Rings fill from the inside; many petals are smaller, so that they all find room.
 * @param {number} count
 */
function petals(count) {
  let size = 1.7;
  while (size > 0.2 && ringsFor(size).reduce((sum, [, most]) => sum + most, 0) < count) size *= 0.9;
  /** @type {number[][]} */
  const places = [];
  for (const [radius, most] of ringsFor(size)) {
    const here = Math.min(most, count - places.length);
    for (let i = 0; i < here; i += 1) places.push([6 + (78 * (i + 0.5)) / here, radius, size]);
  }
  return places;
}

/** @param {number} size @returns {[number, number][]} the radius of each ring and how many petals it holds */
function ringsFor(size) {
  /** @type {[number, number][]} */
  const rings = [];
  for (let radius = INNER + 7 + 13 * size; radius <= OUTER - 11 * size; radius += 24 * size) {
    rings.push([radius, Math.max(1, Math.floor((radius * 1.36) / (15 * size)))]);
  }
  return rings;
}
