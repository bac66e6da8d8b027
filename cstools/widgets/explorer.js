// The explorer: sliders, the curves redrawn while they move, the map beside them, a sentence.
//
// The model runs in the page, from JavaScript that the package generated, so a drag never waits
// for a kernel. The kernel is told the values afterwards and answers with a new sentence.
// Making a function out of that text needs a page whose content security policy allows
// 'unsafe-eval'; JupyterLab, Voilà and exported pages do. Where one does not, the widget says so.
import { written } from "./axes.js";
import { drawScene } from "./chart.js";
import { keepKeys, make, onTheme, readable } from "./elements.js";
import { makeLegend, makeMarks } from "./legend.js";
import { makeMap } from "./map.js";
import { makeSlider } from "./sliders.js";

const TELL_AFTER = 150; // milliseconds of rest before the kernel is told
const ANSWER_WITHIN = 3000; // after that, nobody is there to write a new sentence

/**
 * @typedef {{key: string, label: string, units: string, kind: string}} Column
 * @typedef {{time: Float64Array, columns: Float64Array[]}} Result
 * @typedef {import("./sliders.js").Parameter} Parameter
 */

/** @param {{model: any, el: HTMLElement}} view */
export function renderExplorer({ model, el }) {
  const page = model.get("payload");
  const root = make("section", { class: "cs-widget cs-explorer", "aria-label": `Explore ${page.name}` });
  el.append(root);
  keepKeys(root);
  let simulate;
  try {
    simulate = compiled(page.source);
  } catch (error) {
    root.append(make("p", { class: "cs-sentence" }, page.sentence), make("p", { class: "cs-note" }, refusal(error)));
    return () => root.remove();
  }
  const explorer = new Explorer(model, page, root, simulate);
  return () => explorer.close();
}

/** @param {string} source @returns {Function} */
function compiled(source) {
  return new Function(`"use strict";\n${source}\nreturn simulate;`)();
}

/** @param {unknown} error */
function refusal(error) {
  const policy = error instanceof EvalError;
  return policy
    ? "This page does not let a widget run code, so the sliders are not shown here. Open the notebook in JupyterLab to move them."
    : `The model could not be run in this page (${error}). model.run() in a cell still works.`;
}

class Explorer {
  /** @param {any} model @param {any} page @param {HTMLElement} root @param {Function} simulate */
  constructor(model, page, root, simulate) {
    this.model = model;
    this.page = page;
    this.root = root;
    this.simulate = simulate;
    /** @type {Record<string, number>} */
    this.start = Object.fromEntries(page.parameters.map((/** @type {Parameter} */ p) => [p.key, p.value]));
    this.values = { ...this.start, ...model.get("values") };
    this.first = this.run(this.start);
    this.shown = new Set(model.get("shown"));
    /** @type {Map<string, number>} */
    this.places = new Map([...this.shown].map((key, place) => [key, place]));
    this.cursor = null;
    this.width = 0;
    this.build();
    this.listen();
  }

  /** @param {Record<string, number>} values @returns {Result} */
  run(values) {
    const { parameters, start, dt, steps, every } = this.page;
    return this.simulate(parameters.map((/** @type {Parameter} */ p) => values[p.key]), start, dt, steps, every);
  }

  build() {
    const { page } = this;
    this.canvas = make("canvas", { role: "img" });
    this.plot = make("div", { class: "cs-plot" }, this.canvas, makeMarks());
    this.legend = makeLegend(page.columns, this.shown, (key, on) => this.choose(key, on));
    this.sentence = make("p", { class: "cs-sentence", role: "status", "aria-live": "polite" }, page.sentence);
    this.note = make("p", { class: "cs-note", role: "status" });
    this.resetAll = make("button", { type: "button", class: "cs-reset cs-hidden" }, "Reset all");
    this.sliders = new Map();
    const desk = make("div", { class: "cs-desk" });
    for (const parameter of page.parameters) {
      if (!parameter.slider) continue;
      const slider = makeSlider(parameter, (key, value) => this.set(key, value));
      this.sliders.set(parameter.key, slider);
      desk.append(slider.row);
    }
    if (!this.sliders.size) desk.append(make("p", { class: "cs-note" }, "No constant of this model has a range yet. Give one between=(low, high), and it gets a slider here."));
    const left = make("div", { class: "cs-left" }, this.legend.box, this.plot, this.note);
    const head = make("div", { class: "cs-head" }, make("p", { class: "cs-title" }, page.name), this.resetAll);
    this.map = makeMap(page.diagram, page.loops);
    this.root.classList.toggle("cs-mapless", !page.diagram);
    this.root.style.setProperty("--map", `${this.map.width}px`);
    this.root.append(make("div", { class: "cs-body" }, head, left, desk, this.sentence, this.map.figure));
    for (const [key, slider] of this.sliders) slider.show(this.values[key]);
    this.resetAll.classList.toggle("cs-hidden", sameValues(this.values, this.start));
    this.tellSentence();
  }

  listen() {
    const { model, root } = this;
    const onValues = () => this.take(model.get("values"));
    const onAnswer = () => this.tellSentence();
    const onSketch = () => this.redraw();
    model.on("change:values", onValues);
    model.on("change:answer", onAnswer);
    model.on("change:sketch", onSketch);
    const offTheme = onTheme(() => this.restyle());
    const sizes = new ResizeObserver(() => this.resize());
    sizes.observe(this.plot);
    this.resetAll.addEventListener("click", () => this.putBack());
    this.plot.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => this.point(event));
    this.plot.addEventListener("pointerleave", () => this.point(null));
    for (const name of ["pointerover", "focusin"]) root.addEventListener(name, (/** @type {any} */ event) => this.map.light(event.target));
    root.addEventListener("pointerleave", () => this.map.light(null));
    this.close = () => {
      model.off("change:values", onValues);
      model.off("change:answer", onAnswer);
      model.off("change:sketch", onSketch);
      offTheme();
      sizes.disconnect();
      clearTimeout(this.telling);
      clearTimeout(this.waiting);
      root.remove();
    };
  }

  /** A slider moved. @param {string} key @param {number} value */
  set(key, value) {
    if (this.values[key] === value) return;
    this.values = { ...this.values, [key]: value };
    this.changed();
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tell(), TELL_AFTER);
  }

  /** Values came from the kernel or from another view. @param {Record<string, number>} values */
  take(values) {
    const next = { ...this.start, ...values };
    if (sameValues(next, this.values)) return;
    this.values = next;
    for (const [key, slider] of this.sliders) slider.show(next[key]);
    this.changed();
  }

  putBack() {
    this.take(this.start);
    this.tell();
    this.root.querySelector("input[type=range]")?.focus();
  }

  tell() {
    const told = [...this.sliders.keys()].map((key) => [key, this.values[key]]);
    this.model.set("values", Object.fromEntries(told));
    this.model.save_changes();
  }

  changed() {
    this.resetAll.classList.toggle("cs-hidden", sameValues(this.values, this.start));
    this.redrawSoon();
    this.tellSentence();
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
    if (!this.width) return;
    this.now = this.run(this.values);
    this.draw();
  }

  draw() {
    const { page, now } = this;
    if (!now) return;
    this.frame = drawScene(this.canvas, this.width, this.scene(now), this.look);
    this.root.dataset.redraws = String(Number(this.root.dataset.redraws || 0) + 1);
    const chosen = page.columns.map((/** @type {Column} */ c, /** @type {number} */ i) => [c, i]).filter((/** @type {any} */ pair) => this.shown.has(pair[0].key));
    this.root.dataset.last = JSON.stringify(Object.fromEntries(chosen.map((/** @type {any} */ [c, i]) => [c.key, now.columns[i][now.columns[i].length - 1]])));
    this.note.textContent = breakOf(now, chosen, page.timeUnits);
  }

  /** @param {Result} now */
  scene(now) {
    const moved = !sameValues(this.values, this.start);
    const panels = new Map();
    this.page.columns.forEach((/** @type {Column} */ column, /** @type {number} */ i) => {
      if (!this.shown.has(column.key)) return;
      if (!panels.has(column.units)) panels.set(column.units, { units: column.units, lines: [], points: [] });
      const panel = panels.get(column.units);
      const stroke = this.strokes.get(column.key);
      if (moved) panel.lines.unshift({ values: this.first.columns[i], ...stroke, faint: true });
      panel.lines.push({ values: now.columns[i], ...stroke });
      panel.points.push(...this.sketchOf(column.key));
    });
    this.root.classList.toggle("cs-moved", moved);
    this.root.classList.toggle("cs-sketched", [...panels.values()].some((panel) => panel.points.length));
    return { time: now.time, timeUnits: this.page.timeUnits, panels: [...panels.values()], cursor: this.cursor };
  }

  /** @param {string} key @returns {number[][]} */
  sketchOf(key) {
    const sketch = this.model.get("sketch");
    return sketch && sketch.key === key ? sketch.points : [];
  }

  /** A variable was ticked or unticked. @param {string} key @param {boolean} on */
  choose(key, on) {
    if (on) this.shown.add(key);
    else this.shown.delete(key);
    if (!this.places.has(key)) this.places.set(key, this.places.size);
    this.model.set("shown", [...this.shown]);
    this.model.save_changes();
    this.restyle();
  }

  /** Read the theme's colours again, and draw with them. */
  restyle() {
    if (!this.width) return;
    const css = getComputedStyle(this.root);
    const named = (/** @type {string} */ name) => css.getPropertyValue(name).trim();
    this.look = { ink: named("--cs-ink"), quiet: named("--cs-quiet"), grid: named("--cs-grid"), paper: named("--cs-paper"), font: css.fontFamily, contrast: Number(named("--cs-contrast")), faint: Number(named("--cs-faint")) };
    const { palette, dashes } = this.page;
    this.strokes = new Map();
    for (const [key, place] of this.places) {
      const color = readable(palette[place % palette.length], this.look.paper, this.look.contrast);
      this.strokes.set(key, { color, dash: dashes[place % dashes.length] });
    }
    this.legend.paint(this.strokes, this.look.grid);
    this.redraw();
  }

  resize() {
    const width = Math.floor(this.plot.clientWidth);
    if (width < 40 || width === this.width) return;
    this.width = width;
    this.restyle(); // before the widget had a place in the page, it had no style either
  }

  /** Follow the pointer with a line through time. @param {PointerEvent | null} event */
  point(event) {
    const count = this.now ? this.now.time.length : 0;
    let cursor = null;
    if (event && count > 1) {
      const { left, right } = this.frame;
      const share = (event.clientX - this.canvas.getBoundingClientRect().left - left) / (right - left);
      if (share > -0.02 && share < 1.02) cursor = Math.round(Math.min(1, Math.max(0, share)) * (count - 1));
    }
    if (cursor === this.cursor) return;
    this.cursor = cursor;
    this.draw();
  }

  /** Say the sentence that belongs to the sliders; one that is out of date is never left standing. */
  tellSentence() {
    const { page, sentence } = this;
    const answer = this.model.get("answer");
    clearTimeout(this.waiting);
    const fresh = answer && answer.sentence && sameValues({ ...this.start, ...answer.values }, this.values);
    if (fresh) this.say(answer.sentence);
    else if (sameValues(this.values, this.start)) this.say(page.sentence);
    else {
      sentence.classList.add("cs-stale");
      this.waiting = setTimeout(() => this.say(`At the starting settings: ${page.sentence}`), ANSWER_WITHIN);
    }
  }

  /** @param {string} text */
  say(text) {
    this.sentence.classList.remove("cs-stale");
    if (this.sentence.textContent !== text) this.sentence.textContent = text;
    this.canvas.setAttribute("aria-label", text);
  }
}

/** @param {Record<string, number>} one @param {Record<string, number>} other */
function sameValues(one, other) {
  return Object.keys(one).every((key) => one[key] === other[key]);
}

/**
 * Return a sentence about the first shown variable that stops being a number, or nothing.
 * @param {Result} result
 * @param {[Column, number][]} chosen
 * @param {string} timeUnits
 */
function breakOf(result, chosen, timeUnits) {
  for (const [column, i] of chosen) {
    const at = result.columns[i].findIndex((value) => !Number.isFinite(value));
    if (at >= 0) return `From ${timeUnits} ${written(result.time[at])} on, ${column.label} is no number any more: with these settings the equations divide by zero, or grow beyond all bounds.`;
  }
  return "";
}

export default { render: renderExplorer };
