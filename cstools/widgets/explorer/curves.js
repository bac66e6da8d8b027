// The curves of an explorer: the model run in the page, and its runs drawn on a canvas.
import { written } from "../shared/axes.js";
import { drawScene, heightFor } from "../shared/chart.js";
import { pictureBlob } from "../shared/exports.js";
import { lookOf, strokesFor } from "../shared/look.js";
import { tablesFor } from "../shared/courses.js";
import { spoken } from "../shared/speech.js";
import { InSight } from "./in_sight.js";
import { panelsOf, tableOf } from "./scene.js";

/**
 * @typedef {import("./scene.js").Column} Column
 * @typedef {import("./scene.js").Result} Result
 * @typedef {import("../shared/sliders.js").Parameter} Parameter
 * @typedef {Record<string, number>} Values
 * @typedef {import("../shared/courses.js").Paths} Paths
 * @typedef {{key: string, label: string, units: string, place: number}} Chosen
 */

export class Curves {
  /** @param {any} page @param {Function} simulate @param {Values} values @param {string[]} shown @param {HTMLElement} root @param {Paths} paths */
  constructor(page, simulate, values, shown, root, paths = {}) {
    this.page = page;
    this.simulate = simulate;
    this.root = root;
    /** @type {Values} */
    this.start = Object.fromEntries(page.parameters.map((/** @type {Parameter} */ p) => [p.key, p.value]));
    /** @type {Values} */
    this.values = { ...this.start, ...values };
    /** @type {Paths} what is drawn by hand, and followed */
    this.paths = paths;
    this.shown = new Set(shown);
    /** @type {Map<string, number>} */
    this.places = new Map([...this.shown].map((key, place) => [key, place]));
    this.first = this.run(this.start);
    this.now = this.first;
    /** @type {Map<string, Result>} */
    this.runs = new Map();
    /** @type {Map<string, {color: string, dash: number[]}>} */
    this.strokes = new Map();
    /** @type {any} */
    this.look = null;
    /** @type {number | null} */
    this.cursor = null;
    this.width = 0;
    /** @type {any} the elements that are drawn on, given by `place` */
    this.parts = null;
    /** @type {InSight} */
    this.sight = new InSight(root, root, root);
    /** @type {(key: string) => number[][]} */
    this.sketchOf = () => [];
  }

  /** @param {any} parts @param {(key: string) => number[][]} sketchOf */
  place(parts, sketchOf) {
    this.parts = parts;
    this.sight = new InSight(this.root, parts.plot, parts.bench);
    this.sketchOf = sketchOf;
  }

  /** @param {Values} values @param {Record<string, any>} [paths] what is drawn, among other values or alone @returns {Result} */
  run(values, paths = {}) {
    const { parameters, start, dt, steps, every, courses } = this.page;
    return this.simulate(parameters.map((/** @type {Parameter} */ p) => values[p.key]), start, dt, steps, every, 0, tablesFor(courses || [], paths));
  }

  /** Whether a slider stands elsewhere than at its start. */
  get slid() {
    return !sameValues(this.values, this.start);
  }

  get moved() {
    return this.slid || Object.keys(this.paths).length > 0;
  }

  /** Whether some paths are those that are drawn now. @param {Paths | undefined} paths */
  drew(paths) {
    return JSON.stringify(paths || {}) === JSON.stringify(this.paths);
  }

  /** Whether some settings are those of the sliders now. @param {Values | undefined} values */
  are(values) {
    return values !== undefined && sameValues({ ...this.start, ...values }, this.values);
  }

  /** @param {string} key */
  show(key) {
    this.shown.add(key);
    if (!this.places.has(key)) this.places.set(key, this.places.size);
  }

  /** Draw at once, and at most once more before the next frame of the screen. */
  redrawSoon() {
    if (this.drawing) {
      this.again = true;
      return;
    }
    this.drawing = true;
    this.redraw();
    requestAnimationFrame(() => {
      this.drawing = false;
      if (this.again) {
        this.again = false;
        this.redrawSoon();
      }
    });
  }

  redraw() {
    this.now = this.run(this.values, this.paths);
    this.draw();
  }

  draw() {
    const { page, now, root, parts } = this;
    if (!this.width || !this.look) return;
    const scene = this.scene();
    const room = this.sight.room(heightFor(scene.panels.length, this.width), scene.panels.length);
    this.frame = drawScene(parts.canvas, this.width, { ...scene, ...room }, this.look);
    root.classList.toggle("cs-moved", this.moved);
    root.classList.toggle("cs-sketched", scene.panels.some((panel) => panel.points.length > 0));
    root.dataset.redraws = String(Number(root.dataset.redraws || 0) + 1);
    const chosen = this.chosen();
    root.dataset.last = JSON.stringify(Object.fromEntries(chosen.map(({ key, place }) => [key, now.columns[place][now.columns[place].length - 1]])));
    root.classList.toggle("cs-empty", chosen.length === 0);
    parts.nothing.textContent = chosen.length ? "" : emptyWords(page.columns);
    parts.note.textContent = breakOf(now, chosen, page.timeUnits);
  }

  /** @returns {Chosen[]} */
  chosen() {
    const columns = this.page.columns.map((/** @type {Column} */ column, /** @type {number} */ place) => ({ ...column, place }));
    return columns.filter((/** @type {Column} */ column) => this.shown.has(column.key));
  }

  scene() {
    const { page, now } = this;
    const panels = panelsOf(page.columns, this.shown, this.strokes, now, this.moved ? this.first : null, this.overlays(), this.sketchOf);
    return { time: now.time, timeUnits: page.timeUnits, panels, cursor: this.cursor };
  }

  /** The scenarios that are drawn, each with its run. */
  overlays() {
    return this.parts.scenarios.shown().map((/** @type {import("./scenarios.js").Overlay} */ overlay) => {
      const result = this.runs.get(overlay.name) || this.run({ ...this.start, ...overlay.values }, overlay.values);
      this.runs.set(overlay.name, result);
      return { ...overlay, result };
    });
  }

  table() {
    return tableOf(this.page.columns, this.shown, this.page.timeUnits, this.now, this.overlays());
  }

  /** The curves as a picture that leaves the page, with its key. */
  picture() {
    const { look } = this;
    const own = this.chosen().map(({ key, label }) => ({ label, ...(this.strokes.get(key) || { color: look.ink, dash: [] }) }));
    const others = this.overlays().map((/** @type {any} */ { letter, name, dash }) => ({ label: `${letter}: ${name}`, color: look.quiet, dash }));
    const start = this.moved ? [{ label: spoken("pale: at the start"), color: look.quiet, dash: [], faint: look.faint }] : [];
    return pictureBlob(this.page.title || this.page.name, this.scene(), look, [...own, ...start, ...others]);
  }

  /** Read the theme's colours again, and draw with them. */
  restyle() {
    if (!this.width) return;
    this.look = lookOf(this.root);
    this.strokes = strokesFor(this.page, this.places, this.look);
    this.parts.legend.paint(this.strokes, this.look.grid);
    this.redraw();
  }

  /** Say whether the place for the curves has a new width. */
  resized() {
    const width = Math.floor(this.parts.plot.clientWidth);
    if (width < 40 || width === this.width) return false;
    this.width = width;
    return true;
  }

  /** Return the row of the run that is under a pointer. @param {PointerEvent} event @returns {number | null} */
  rowAt(event) {
    const count = this.now.time.length;
    if (!this.frame || count < 2) return null;
    const { left, right } = this.frame;
    const share = (event.clientX - this.parts.canvas.getBoundingClientRect().left - left) / (right - left);
    return share > -0.02 && share < 1.02 ? Math.round(Math.min(1, Math.max(0, share)) * (count - 1)) : null;
  }

  /** Return the stop of the time cursor that is nearest to a row. @param {number} row @returns {number} */
  momentOf(row) {
    const stops = this.page.moments;
    const after = stops.findIndex((/** @type {number} */ own) => own >= row);
    if (after <= 0) return after < 0 ? stops.length - 1 : 0;
    return row - stops[after - 1] < stops[after] - row ? after - 1 : after;
  }
}

/** @param {Values} one @param {Values} other @returns {boolean} */
function sameValues(one, other) {
  return Object.keys(one).every((key) => one[key] === other[key]);
}

/** Return why there is nothing to see. @param {Column[]} columns */
function emptyWords(columns) {
  if (columns.length) return spoken("Nothing is ticked, so nothing is drawn: tick a name above, and its curve comes back.");
  return spoken("Nothing in this model changes while it runs, so there is no curve to draw. Give it a stock and a flow: model.stock(…), model.flow(…).");
}

/**
 * Return a sentence about the first shown variable that stops being a number, or nothing.
 * @param {Result} result
 * @param {Chosen[]} chosen
 * @param {string} timeUnits
 */
function breakOf(result, chosen, timeUnits) {
  for (const { label, place } of chosen) {
    const at = result.columns[place].findIndex((value) => !Number.isFinite(value));
    if (at >= 0) return spoken("From {when} on, {name} is no number any more: with these settings the equations divide by zero, or grow beyond all bounds.", { when: `${timeUnits} ${written(result.time[at])}`, name: label });
  }
  return "";
}
