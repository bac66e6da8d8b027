// The curves of a game: what may be seen so far while it is played, and all of it at the end.
import { drawScene, heightFor } from "../shared/chart.js";
import { make, makeSvg } from "../shared/elements.js";
import { pictureBlob } from "../shared/exports.js";
import { lookOf, strokesFor } from "../shared/look.js";

/**
 * @typedef {import("./played.js").GamePage} GamePage
 * @typedef {{column: number, values: ArrayLike<number>}} GameLine
 * @typedef {{letter: string, name: string, lines: GameLine[]}} GameWorld
 */

const WORLD_DASHES = [[7, 4], [2, 3], [9, 3, 2, 3]];

export class GameChart {
  /** @param {GamePage} page @param {HTMLElement} root */
  constructor(page, root) {
    this.page = page;
    this.root = root;
    this.canvas = make("canvas", { role: "img", "aria-label": "The curves so far" });
    this.place = make("div", { class: "cs-game-plot" }, this.canvas);
    // What is looked at most gets the colours that differ most.
    const order = new Set([...page.shows, ...page.sees.flat(), ...page.columns.keys()]);
    this.places = new Map([...order].map((column, place) => [page.columns[column].key, place]));
    /** @type {Map<string, {color: string, dash: number[]}>} */
    this.strokes = new Map();
    /** @type {ArrayLike<number>} */
    this.time = [];
    /** @type {GameLine[]} */
    this.lines = [];
    /** @type {GameWorld[]} */
    this.worlds = [];
    /** @type {any} */
    this.look = null;
    this.onStyle = () => {};
    this.sizes = new ResizeObserver(() => this.restyle());
    this.sizes.observe(this.place);
    this.sizes.observe(root);
  }

  close() {
    this.sizes.disconnect();
  }

  /** @param {ArrayLike<number>} time @param {GameLine[]} lines @param {GameWorld[]} [worlds] @param {string} [words] */
  show(time, lines, worlds = [], words = "") {
    [this.time, this.lines, this.worlds] = [time, lines, worlds];
    this.canvas.setAttribute("aria-label", words || "Nothing is drawn");
    this.place.hidden = lines.length === 0;
    this.draw();
  }

  restyle() {
    if (this.root.clientWidth < 40) return; // no place in the page yet, and no style either
    this.look = lookOf(this.root);
    this.strokes = strokesFor(this.page, this.places, this.look);
    this.onStyle();
    this.draw();
  }

  draw() {
    const width = Math.floor(this.place.clientWidth);
    if (!this.look || width < 40 || !this.lines.length) return;
    const scene = this.scene();
    drawScene(this.canvas, width, { ...scene, height: Math.min(heightFor(scene.panels.length, width), 620) }, this.look);
  }

  /** A panel for each unit, in the order of the lines. */
  scene() {
    /** @type {Map<string, import("../shared/chart.js").Panel>} */
    const panels = new Map();
    const panelOf = (/** @type {number} */ column) => {
      const { units } = this.page.columns[column];
      const panel = panels.get(units) || { units, lines: [], points: [], range: [0] };
      panels.set(units, panel);
      return panel;
    };
    for (const { column, values } of this.lines) panelOf(column).lines.push({ values, ...this.strokeOf(column), label: this.page.columns[column].label });
    this.worlds.forEach(({ letter, lines }, at) => {
      for (const { column, values } of lines) panelOf(column).lines.unshift({ values, color: this.strokeOf(column).color, dash: WORLD_DASHES[at % WORLD_DASHES.length], letter });
    });
    return { time: this.time, timeUnits: this.page.timeUnits, panels: [...panels.values()], cursor: null };
  }

  /** @param {number} column */
  strokeOf(column) {
    return this.strokes.get(this.page.columns[column].key) || { color: "#888888", dash: [] };
  }

  /** The curve's own line beside its name. @param {number} column */
  sample(column) {
    const { color, dash } = this.strokeOf(column);
    const swatch = makeSvg("svg", { width: 26, height: 10, "aria-hidden": "true", "data-column": column });
    swatch.append(makeSvg("line", { x1: 1, x2: 25, y1: 5, y2: 5, "stroke-width": 2.5, stroke: color, "stroke-dasharray": dash.join(" ") }));
    return swatch;
  }

  picture() {
    const own = this.lines.map(({ column }) => ({ label: this.page.columns[column].label, ...this.strokeOf(column) }));
    const others = this.worlds.map(({ letter, name }, at) => ({ label: `${letter}: ${name}`, color: this.look.quiet, dash: WORLD_DASHES[at % WORLD_DASHES.length] }));
    return pictureBlob(this.page.name, this.scene(), this.look, [...own, ...others]);
  }
}
