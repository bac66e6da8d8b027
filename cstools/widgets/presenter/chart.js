// A run on the stage: drawn over what the group drew, slowly or at once, with large type.
import { drawScene } from "../shared/chart.js";
import { make, makeSvg, onTheme, wantsStillness } from "../shared/elements.js";
import { lookOf, strokesFor } from "../shared/look.js";

const DRAWN_IN = 9000; // milliseconds from the first moment to the last
const SMALLEST = 1.35; // of the type of a picture; below it nobody reads it from afar
const [STAGE_PANEL, BELOW_ALL] = [95, 40]; // pixels at scale 1

/**
 * @typedef {import("./state.js").PresenterState} PresenterState
 * @typedef {{time: Float64Array, columns: Float64Array[]}} StageRun
 */

export class StageChart {
  /** @param {PresenterState} state @param {Function} simulate @param {HTMLElement} root */
  constructor(state, simulate, root) {
    this.state = state;
    this.simulate = simulate;
    this.root = root;
    /** @type {string[]} */
    this.shown = state.step.shown || state.page.shown;
    this.own = this.run({});
    this.now = this.own;
    this.share = 1;
    this.frame = 0;
    /** @type {any} the theme's colours, read anew when it changes */
    this.look = null;
    /** @type {Map<string, {color: string, dash: number[]}>} */
    this.strokes = new Map();
    this.canvas = make("canvas", { role: "img" });
    this.key = make("p", { class: "cs-stage-key" });
    this.box = make("div", { class: "cs-stage-canvas" }, this.canvas);
    this.element = make("div", { class: "cs-stage-chart" }, this.key, this.box);
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(this.box);
    this.offTheme = onTheme(() => {
      this.look = null;
      this.draw();
    });
    this.take();
  }

  /** @param {Record<string, number>} values what differs from the model's own @returns {StageRun} */
  run(values) {
    const { parameters, start, dt, steps, every } = this.state.page;
    return this.simulate(parameters.map((/** @type {any} */ p) => values[p.key] ?? p.value), start, dt, steps, every);
  }

  /** Settings or sketches have changed. */
  take() {
    this.now = this.run(this.state.values);
    this.draw();
  }

  /** Draw the run from its beginning. @param {() => void} done */
  slowly(done) {
    this.stop();
    if (wantsStillness()) return done();
    const began = performance.now();
    const move = () => {
      this.share = Math.min(1, (performance.now() - began) / DRAWN_IN);
      this.draw();
      if (this.share < 1) this.frame = requestAnimationFrame(move);
      else this.stop();
      if (this.share >= 1) done();
    };
    this.root.classList.add("cs-drawing");
    this.share = 0;
    this.frame = requestAnimationFrame(move);
  }

  /** Be drawn to the end. */
  stop() {
    cancelAnimationFrame(this.frame);
    this.share = 1;
    this.root.classList.remove("cs-drawing");
    this.draw();
  }

  /** Whether the settings are others than the model's own. */
  get moved() {
    return this.state.scenario !== "";
  }

  columns() {
    const { columns } = this.state.page;
    return this.shown.map((key) => columns.findIndex((/** @type {any} */ own) => own.key === key)).map((place) => ({ ...columns[place], place }));
  }

  draw() {
    const largest = Number(getComputedStyle(this.root).getPropertyValue("--cs-scale")) || 1;
    const [wide, high] = [this.box.clientWidth, this.box.clientHeight];
    if (wide < 60 || high < 60) return;
    if (!this.look) this.restyle();
    const { look } = this;
    const { page } = this.state;
    const panels = this.panels();
    const scale = Math.min(largest, Math.max(SMALLEST, high / (panels.length * STAGE_PANEL + BELOW_ALL)));
    const last = this.now.time.length - 1;
    const cursor = this.share < 1 ? Math.floor(this.share * last) : null;
    const scene = { time: this.now.time, timeUnits: page.timeUnits, panels, cursor, height: Math.floor(high / scale) };
    // Type and lines grow with the stage: the picture is drawn small, and sharper by as much.
    drawScene(this.canvas, Math.floor(wide / scale), scene, look, (window.devicePixelRatio || 1) * scale);
    this.canvas.style.height = `${Math.floor(high / scale) * scale}px`;
    this.paintKey();
    this.root.dataset.drawn = this.share.toFixed(2);
    this.root.dataset.last = JSON.stringify(Object.fromEntries(this.columns().map(({ key, place }) => [key, this.now.columns[place][last]])));
  }

  restyle() {
    const { page } = this.state;
    const places = new Map(page.shown.map((/** @type {string} */ key, /** @type {number} */ place) => [key, place]));
    const look = lookOf(this.root);
    this.look = { ...look, sketch: look.warm }; // as it was drawn
    this.strokes = strokesFor(page, places, this.look);
  }

  panels() {
    /** @type {Map<string, import("../shared/chart.js").Panel>} */
    const panels = new Map();
    const rows = Math.floor(this.share * (this.now.time.length - 1)) + 1;
    for (const { key, units, place } of this.columns()) {
      const stroke = this.strokes.get(key);
      if (!stroke) continue;
      /** @type {import("../shared/chart.js").Panel} */
      const panel = panels.get(units) || { units, lines: [], points: [], range: [] };
      panels.set(units, panel);
      if (this.moved) panel.lines.push({ values: this.own.columns[place], ...stroke, faint: true });
      panel.lines.push({ values: upTo(this.now.columns[place], rows), ...stroke });
      panel.points.push(...this.state.sketchOf(key, this.state.scenario));
      panel.range?.push(...endsOf(this.now.columns[place])); // the axis stays while the curve grows
    }
    return [...panels.values()];
  }

  /** Say which curve is which. */
  paintKey() {
    const { look, strokes } = this;
    const drawn = this.columns();
    const items = drawn.map(({ key, label }) => keyItem(label, strokes.get(key)));
    if (this.moved) items.push(keyItem("pale: as the model has it", { color: look.quiet, dash: [] }, look.faint));
    const sketched = drawn.some(({ key }) => this.state.sketchOf(key, this.state.scenario).length);
    if (sketched) items.push(keyItem("what you drew", { color: look.warm, dash: [3, 5] }, 1, true));
    this.key.replaceChildren(...items);
  }

  /** @param {string} sentence */
  name(sentence) {
    this.canvas.setAttribute("aria-label", sentence);
  }

  close() {
    cancelAnimationFrame(this.frame);
    this.root.classList.remove("cs-drawing");
    this.sizes.disconnect();
    this.offTheme();
  }
}

/** @param {Float64Array} values @param {number} rows @returns {Float64Array} */
function upTo(values, rows) {
  if (rows >= values.length) return values;
  const part = new Float64Array(values.length).fill(NaN);
  part.set(values.subarray(0, rows));
  return part;
}

/** @param {Float64Array} values */
function endsOf(values) {
  const held = values.filter((value) => Number.isFinite(value));
  return held.length ? [held.reduce((a, b) => Math.min(a, b)), held.reduce((a, b) => Math.max(a, b))] : [];
}

/** @param {string} words @param {{color: string, dash: number[]} | undefined} stroke @param {number} [opacity] @param {boolean} [dotted] */
function keyItem(words, stroke, opacity = 1, dotted = false) {
  const sample = makeSvg("svg", { width: 44, height: 14, "aria-hidden": "true" });
  const line = { x1: 2, x2: 42, y1: 7, y2: 7, "stroke-width": 4, stroke: stroke?.color ?? "currentColor", "stroke-dasharray": (stroke?.dash ?? []).join(" "), opacity };
  sample.append(makeSvg("line", line));
  if (dotted) sample.append(makeSvg("circle", { cx: 22, cy: 7, r: 5, fill: "var(--cs-paper)", stroke: stroke?.color ?? "currentColor", "stroke-width": 2 }));
  return make("span", { class: "cs-stage-mark" }, sample, words);
}
