// The curve beside a crowd: how many have joined by when, or every opinion as a line.
import { make } from "../shared/elements.js";
import { drawScene } from "../shared/chart.js";
import { lookOf } from "../shared/look.js";
import { readable } from "../shared/elements.js";
import { countJoined, crowdAgreement } from "./rounds.js";

/** @typedef {import("./rounds.js").CrowdPage} CrowdPage */

const HIGH = 300;
const FEWEST_ROUNDS = 5; // that the axis of a short story has

export class CrowdCurve {
  /** @param {CrowdPage} page @param {HTMLElement} root */
  constructor(page, root) {
    this.page = page;
    this.root = root;
    this.canvas = make("canvas", { role: "img" });
    this.key = make("p", { class: "cs-note" });
    this.figure = make("figure", { class: "cs-crowd-curve" }, this.canvas, make("figcaption", {}, this.key));
    this.width = 0;
    /** @type {number[][]} */
    this.sketched = [];
    this.draw = () => {};
    this.watcher = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry.contentRect.width);
      if (width === this.width) return;
      this.width = width;
      this.draw();
    });
    this.watcher.observe(this.figure);
  }

  /** @param {number[][]} rows @param {number} round @param {number[]} values @param {number} chosen @param {string} words @param {number[][]} sketched */
  show(rows, round, values, chosen, words, sketched) {
    this.sketched = sketched;
    this.canvas.setAttribute("aria-label", words);
    this.draw = () => this.width && this.paint(rows, round, values, chosen);
    this.draw();
  }

  /** @param {number[][]} rows @param {number} round @param {number[]} values @param {number} chosen */
  paint(rows, round, values, chosen) {
    const look = lookOf(this.root);
    const last = Math.max(rows.length - 1, this.page.horizon, this.page.sketchStop, FEWEST_ROUNDS);
    const time = Array.from({ length: last + 1 }, (_, at) => at);
    const held = time.map((at) => rows[Math.min(at, rows.length - 1)]);
    const [main, other] = [look.accent, look.warm].map((color) => readable(color, look.paper, look.contrast));
    const lines = this.page.kind === "listening" ? this.opinions(held, values, chosen, main, other, look) : [{ values: held.map(countJoined), color: other, dash: [] }];
    const panel = { units: this.page.kind === "listening" ? this.page.units || "opinion" : "people who have joined", lines, points: this.sketched, range: this.page.kind === "listening" ? this.page.between : [0, this.page.people] };
    drawScene(this.canvas, this.width, { time, timeUnits: "round", panels: [panel], cursor: round, height: HIGH }, { ...look, sketch: look.quiet });
  }

  /** @param {number[][]} held @param {number[]} values @param {number} chosen @param {string} main @param {string} other @param {any} look */
  opinions(held, values, chosen, main, other, look) {
    const line = (/** @type {number} */ person, /** @type {boolean} */ faint, /** @type {string} */ color) => ({ values: held.map((row) => row[person]), color, dash: /** @type {number[]} */ ([]), faint });
    const all = values.map((_, person) => line(person, true, main));
    const agreed = crowdAgreement(this.page, values);
    const goal = agreed === null ? [] : [{ values: held.map(() => agreed), color: other, dash: [6, 4] }];
    return [...all, ...goal, ...(chosen ? [line(chosen - 1, false, look.ink)] : [])];
  }

  /** @param {number} chosen */
  explain(chosen) {
    const { page } = this;
    const drawn = this.sketched.length ? " The dots are what you drew." : "";
    if (page.kind === "thresholds") this.key.textContent = `How many have joined by each round.${drawn}`;
    else this.key.textContent = `Each thin line is a person${chosen ? `, the strong one person ${chosen}` : ""}.${page.influence ? " The dashed line is what all come to." : ""}`;
  }

  close() {
    this.watcher.disconnect();
  }
}
