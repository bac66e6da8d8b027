// The people of a crowd, drawn: a glass that an opinion fills, or a square for whoever has joined.
import { make, makeSvg, wantsStillness } from "../shared/elements.js";

/** @typedef {import("./rounds.js").CrowdPage} CrowdPage */

const WIDE = 560; // of the picture, in its own units; the page scales it
const LEAST_HIGH = 150;
const MOST_HIGH = 560;
const LEAST_LETTERS = 8.5;
const TURN = 350; // milliseconds from one round to the next, for the eye

export class CrowdPeople {
  /** @param {CrowdPage} page @param {(person: number) => void} choose */
  constructor(page, choose) {
    this.page = page;
    this.choose = choose;
    const { places, radius, high } = laidOut(page);
    this.radius = radius;
    this.places = places;
    this.svg = makeSvg("svg", { viewBox: `0 0 ${WIDE} ${high}`, role: "img", "aria-label": page.name, class: "cs-crowd-people" });
    this.lines = page.links.map(([i, j, both]) => this.line(i, j, both));
    this.drawn = page.first.map((_, person) => this.person(person));
    this.svg.append(...this.lines.map(({ line }) => line), ...this.drawn.map(({ group }) => group));
    this.figure = make("figure", { class: "cs-crowd-figure" }, this.svg, make("figcaption", { class: "cs-note" }, ...crowdKey(page, 0.85 * radius >= LEAST_LETTERS)));
    /** @type {number[]} */
    this.shown = [];
    this.frame = 0;
  }

  /** @param {number} i @param {number} j @param {boolean} both */
  line(i, j, both) {
    const [[x, y], [u, v]] = [this.places[i], this.places[j]];
    const line = makeSvg("line", { x1: x, y1: y, x2: u, y2: v, class: both ? "cs-crowd-link" : "cs-crowd-link cs-crowd-one-way" });
    return { line, i, j, both };
  }

  /** @param {number} person */
  person(person) {
    const [x, y] = this.places[person];
    const r = this.radius;
    const group = makeSvg("g", { class: "cs-crowd-person", transform: `translate(${x} ${y})`, "data-person": person + 1 });
    const target = makeSvg("circle", { r: Math.max(r, 14), class: "cs-crowd-target" });
    const halo = makeSvg("circle", { r: r + 5, class: "cs-crowd-halo" });
    const back = makeSvg("circle", { r, class: "cs-crowd-back" });
    const mark = this.page.kind === "listening" ? makeSvg("path", { class: "cs-crowd-fill" }) : makeSvg("rect", { x: -r, y: -r, width: 2 * r, height: 2 * r, rx: 2, class: "cs-crowd-square" });
    const ring = makeSvg("circle", { r, class: "cs-crowd-ring" });
    const text = makeSvg("text", { class: "cs-crowd-number", "font-size": Math.min(16, 0.85 * r), dy: "0.35em" });
    group.append(target, halo, back, mark, ring);
    if (0.85 * r >= LEAST_LETTERS) group.append(text);
    group.addEventListener("click", () => this.choose(person + 1));
    return { group, mark, text };
  }

  /**
   * Show one round.
   * @param {number[]} row what everybody has in it @param {number[]} before in the round before
   * @param {number[]} values with what they began @param {number} chosen @param {boolean} moving
   */
  show(row, before, values, chosen, moving) {
    const { page } = this;
    this.choosing(chosen);
    this.drawn.forEach(({ group, text }, person) => {
      const number = page.kind === "listening" ? person + 1 : values[person];
      if (text.textContent !== String(number)) text.textContent = String(number);
      group.classList.toggle("cs-crowd-changed", values[person] !== page.first[person]);
      if (page.kind === "thresholds") {
        group.classList.toggle("cs-joined", row[person] === 1);
        group.classList.toggle("cs-joined-now", row[person] === 1 && !before[person]);
      }
    });
    if (page.kind === "listening") this.pour(row, moving && !wantsStillness());
  }

  /** Let the opinions rise and fall to where they are now. @param {number[]} row @param {boolean} slowly */
  pour(row, slowly) {
    cancelAnimationFrame(this.frame);
    const from = this.shown.length ? this.shown : row;
    if (!slowly) {
      this.fill(row);
      return;
    }
    const begun = performance.now();
    const step = (/** @type {number} */ now) => {
      const share = Math.min(1, Math.max(0, (now - begun) / TURN));
      const eased = share * (2 - share);
      this.fill(row.map((value, person) => from[person] + (value - from[person]) * eased));
      if (share < 1) this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  /** @param {number[]} row */
  fill(row) {
    const [low, high] = this.page.between;
    this.shown = row;
    row.forEach((value, person) => this.drawn[person].mark.setAttribute("d", filledCircle(this.radius, (value - low) / (high - low))));
  }

  /** Show whom the chosen person hears. @param {number} chosen counted from 1; 0 is nobody */
  choosing(chosen) {
    const me = chosen - 1;
    const heard = new Set(me >= 0 && !this.page.everybody ? this.page.hears[me] : []);
    this.svg.classList.toggle("cs-crowd-asked", heard.size > 0);
    this.drawn.forEach(({ group }, person) => {
      group.classList.toggle("cs-crowd-chosen", person === me);
      group.classList.toggle("cs-crowd-heard", heard.has(person));
    });
    for (const { line, i, j } of this.lines) line.classList.toggle("cs-crowd-on", (i === me && heard.has(j)) || (j === me && heard.has(i)));
  }

  /** @param {string} words */
  say(words) {
    this.svg.setAttribute("aria-label", words);
  }

  close() {
    cancelAnimationFrame(this.frame);
  }
}

/** Where everybody stands in the picture, and how large they are. @param {CrowdPage} page */
function laidOut({ places, size }) {
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
  const [left, right, bottom, top] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const room = 1.7 * size;
  const scale = Math.min(WIDE / (right - left + 2 * room), MOST_HIGH / (top - bottom + 2 * room), 40 / size);
  const high = Math.max(LEAST_HIGH, scale * (top - bottom + 2 * room));
  const put = (/** @type {number[]} */ [x, y]) => [WIDE / 2 + scale * (x - (left + right) / 2), high / 2 - scale * (y - (bottom + top) / 2)].map((at) => Math.round(at * 10) / 10);
  return { places: places.map(put), radius: Math.round(scale * size * 10) / 10, high: Math.round(high) };
}

/** The outline of the lower part of a circle. @param {number} r @param {number} share of its height */
export function filledCircle(r, share) {
  const full = Math.min(1, Math.max(0, share));
  if (full < 0.005) return "";
  if (full > 0.995) return `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`;
  const y = r - 2 * r * full;
  const x = Math.sqrt(r * r - y * y);
  return `M${(-x).toFixed(2)} ${y.toFixed(2)}A${r} ${r} 0 ${full > 0.5 ? 1 : 0} 0 ${x.toFixed(2)} ${y.toFixed(2)}Z`;
}

/** What the marks mean, each with a small drawing of it. @param {CrowdPage} page @param {boolean} numbered @returns {any[]} */
function crowdKey(page, numbered) {
  const key = (/** @type {string} */ shape, /** @type {string} */ words) => {
    const svg = makeSvg("svg", { viewBox: "-9 -9 18 18", width: 16, height: 16, "aria-hidden": "true", class: `cs-crowd-sample ${shape}` });
    const square = makeSvg("rect", { x: -7, y: -7, width: 14, height: 14, rx: 2, class: "cs-crowd-square" });
    svg.append(makeSvg("circle", { r: 6.5, class: "cs-crowd-back" }), shape.includes("glass") ? makeSvg("path", { d: filledCircle(6.5, shape.includes("full") ? 0.9 : 0.2), class: "cs-crowd-fill" }) : square, makeSvg("circle", { r: 6.5, class: "cs-crowd-ring" }));
    return make("span", { class: "cs-crowd-key" }, svg, words);
  };
  const said = (/** @type {string} */ words) => (words ? [make("span", { class: "cs-crowd-key" }, words)] : []);
  const [low, high] = page.between;
  const unit = page.units ? ` ${page.units}` : "";
  const oneWay = page.links.some(([, , both]) => !both) ? said("A dashed line: only one of the two hears the other.") : [];
  if (page.kind === "listening") {
    return [...oneWay, key("cs-glass", `nearly empty: near ${low}${unit}`), key("cs-glass cs-full", `nearly full: near ${high}${unit}`), ...said(numbered ? "The number is the person’s." : "")];
  }
  const waits = !numbered ? "What each waits for is told of the person you look at." : page.everybody ? "The number is how many must have joined before this one does." : "The number is how many in a hundred of those they see must have joined.";
  return [...oneWay, key("", "not yet"), key("cs-joined cs-joined-now", "joins in this round"), key("cs-joined", "has joined"), ...said(waits)];
}
