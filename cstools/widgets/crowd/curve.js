// The curve beside a crowd: how many have joined by when, or every opinion as a line.
import { drawScene } from "../shared/chart.js";
import { make, readable } from "../shared/elements.js";
import { lookOf } from "../shared/look.js";
import { countJoined, crowdAgreement } from "./rounds.js";

/**
 * @typedef {import("./rounds.js").CrowdPage} CrowdPage
 * @typedef {{rows: number[][], round: number, seen: number, values: number[], chosen: number, sketched: number[][]}} CrowdStory
 */

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
    this.draw = () => {};
    this.watcher = new ResizeObserver(([entry]) => {
      const width = Math.floor(entry.contentRect.width);
      if (width === this.width) return;
      this.width = width;
      this.draw();
    });
    this.watcher.observe(this.figure);
  }

  /** @param {CrowdStory} story @param {string} words */
  show(story, words) {
    this.canvas.setAttribute("aria-label", words);
    this.draw = () => this.width && this.paint(story);
    this.draw();
    this.explain(story);
  }

  /** @param {CrowdStory} story */
  paint({ rows, round, seen, values, chosen, sketched }) {
    const look = lookOf(this.root);
    const last = Math.max(rows.length - 1, this.page.horizon, this.page.sketchStop, FEWEST_ROUNDS);
    const time = Array.from({ length: last + 1 }, (_, at) => at);
    const whole = seen >= rows.length - 1;
    const unseen = values.map(() => NaN);
    const held = time.map((at) => (at <= seen ? rows[at] : whole ? rows[rows.length - 1] : unseen));
    const [main, other] = [look.accent, look.warm].map((color) => readable(color, look.paper, look.contrast));
    const lines = this.page.kind === "listening" ? this.opinions(held, whole ? crowdAgreement(this.page, values) : null, chosen, main, other, look) : [{ values: held.map(countJoined), color: other, dash: [] }];
    const panel = { units: this.page.kind === "listening" ? this.page.units || "opinion" : "people who have joined", lines, points: sketched, range: this.page.kind === "listening" ? this.page.between : [0, this.page.people] };
    drawScene(this.canvas, this.width, { time, timeUnits: "round", panels: [panel], cursor: round, height: HIGH }, { ...look, sketch: look.quiet });
  }

  /** @param {number[][]} held @param {number | null} agreed @param {number} chosen @param {string} main @param {string} other @param {any} look */
  opinions(held, agreed, chosen, main, other, look) {
    const line = (/** @type {number} */ person, /** @type {boolean} */ faint, /** @type {string} */ color) => ({ values: held.map((row) => row[person]), color, dash: /** @type {number[]} */ ([]), faint });
    const all = held[0].map((_, person) => line(person, true, main));
    const goal = agreed === null ? [] : [{ values: held.map(() => agreed), color: other, dash: [6, 4] }];
    return [...all, ...goal, ...(chosen ? [line(chosen - 1, false, look.ink)] : [])];
  }

  /** @param {CrowdStory} story */
  explain({ rows, seen, chosen, sketched }) {
    const { page } = this;
    const drawn = sketched.length ? " The dots are what you drew." : "";
    if (page.kind === "thresholds") this.key.textContent = `How many have joined by each round.${drawn}`;
    else this.key.textContent = `Each thin line is a person${chosen ? `, the strong one person ${chosen}` : ""}.${page.influence && seen >= rows.length - 1 ? " The dashed line is what all come to." : ""}`;
  }

  close() {
    this.watcher.disconnect();
  }
}
