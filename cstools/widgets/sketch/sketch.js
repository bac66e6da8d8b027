// The sketch: what a learner expects over time, drawn before anything runs.
//
// Nothing is stored: the points live in this page and in the kernel's memory, until a learner
// downloads them.
import { roundStep, ticksAround, tidy, written } from "../shared/axes.js";
import { download, keepKeys, make, makeSvg } from "../shared/elements.js";
import { csvText, fileName } from "../shared/exports.js";
import { speakAs, spoken } from "../shared/speech.js";
import { Strokes } from "../shared/strokes.js";
import { drawSketchGrid, fitField, knobRadius, SKETCH_HEIGHT, SKETCH_MARGIN } from "./sketch_grid.js";

/** @param {{model: any, el: HTMLElement}} view */
export function renderSketch({ model, el }) {
  speakAs(model);
  const begin = () => {
    const { label } = sketchPage(model);
    const root = make("section", { class: "cs-widget cs-sketch", "aria-label": spoken("Sketch {name}", { name: label }) });
    el.append(root);
    keepKeys(root);
    return new Sketch(model, root);
  };
  let sketch = begin();
  const anew = () => { // another grid, chosen where the sketch lies on a board
    sketch.close();
    sketch = begin();
  };
  model.on("change:payload", anew);
  return () => {
    model.off("change:payload", anew);
    sketch.close();
  };
}

/** The grid, with what is shown for its names in the language of the page. @param {any} model */
function sketchPage(model) {
  const page = model.get("payload");
  return { ...page, ...(page.said || {}) };
}

class Sketch {
  /** @param {any} model @param {HTMLElement} root */
  constructor(model, root) {
    this.model = model;
    this.root = root;
    this.page = sketchPage(model);
    const { low, high } = this.page;
    this.ticks = ticksAround(low, high, 5);
    this.near = roundStep((high - low) / 40); // what one arrow key moves
    this.step = roundStep(this.near / 5);
    /** @type {(number | null)[]} */
    this.values = this.empty();
    this.strokes = new Strokes();
    this.width = 0;
    this.scale = 1; // larger on a stage
    this.radius = 8;
    /** @type {() => void} what ends it */
    this.close = () => {};
    this.build();
    this.listen();
    this.take();
  }

  build() {
    const { label, units, timeUnits, times } = this.page;
    const what = units ? `${label} (${units})` : label;
    this.status = make("p", { class: "cs-note", role: "status" });
    this.clear = make("button", { type: "button" }, spoken("Clear"));
    this.undo = make("button", { type: "button", "aria-label": spoken("Undo the last stroke") }, spoken("Undo"));
    this.keep = make("button", { type: "button", "aria-label": spoken("Download these points") }, spoken("Download"));
    this.svg = makeSvg("svg", { class: "cs-paper", role: "group", "aria-label": spoken("{name} over time, {count} points", { name: what, count: times.length }), height: SKETCH_HEIGHT });
    this.grid = makeSvg("g", { "aria-hidden": "true" });
    this.curve = makeSvg("polyline", { class: "cs-drawn", fill: "none", "aria-hidden": "true" });
    this.field = makeSvg("rect", { class: "cs-field", "aria-hidden": "true" });
    this.svg.append(this.grid, this.field, this.curve);
    this.knobs = times.map((/** @type {number} */ t) => this.knob(spoken("{name} at {when}", { name: what, when: moment(t, timeUnits) })));
    this.boxes = times.map((/** @type {number} */ t) => this.box(spoken("{name} at {when}, typed", { name: what, when: moment(t, timeUnits) })));
    const typed = make("div", { class: "cs-typed" });
    if (this.isGiven(0)) this.boxes[0].readOnly = true;
    this.boxes.forEach((/** @type {any} */ box, /** @type {number} */ i) => typed.append(make("label", {}, make("span", {}, moment(times[i], timeUnits)), box)));
    const head = make("div", { class: "cs-head" }, make("p", { class: "cs-title" }, this.page.title || spoken("What do you expect? Sketch {name}", { name: label })), make("div", { class: "cs-row" }, this.undo, this.clear, this.keep));
    const given = typeof this.page.begins === "number" ? `${spoken("It begins at {amount}: draw on from there.", { amount: `${written(this.page.begins)} ${units}`.trim() })} ` : "";
    const hint = make("p", { class: "cs-note" }, given + spoken("Draw across the grid with mouse or finger; or go to a point with Tab and move it with the arrow keys."));
    this.root.append(head, hint, this.svg, this.status, make("details", {}, make("summary", {}, spoken("Type the points instead")), typed));
  }

  /** @param {string} name */
  knob(name) {
    const { low, high } = this.page;
    const knob = makeSvg("circle", { class: "cs-knob", r: 8, role: "slider", tabindex: 0, "aria-label": name, "aria-orientation": "vertical", "aria-valuemin": low, "aria-valuemax": high });
    const at = this.svg.querySelectorAll(".cs-knob").length;
    if (this.isGiven(at)) knob.setAttribute("aria-readonly", "true");
    knob.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.keyed(event, at));
    this.svg.append(knob);
    return knob;
  }

  /** @param {string} name */
  box(name) {
    const box = make("input", { type: "number", step: "any", inputmode: "decimal", "aria-label": name });
    box.addEventListener("change", () => {
      const at = this.boxes.indexOf(box);
      const typed = box.value === "" ? null : Number(box.value);
      this.strokes.begin(this.values);
      this.put(at, typed, false);
      this.show();
      const put = this.values[at];
      if (typed === null || put === typed || put === null) return;
      box.value = String(put);
      this.status.textContent = spoken("The grid goes from {low} to {high}: {typed} became {put}.", { low: written(this.page.low), high: written(this.page.high), typed: written(typed), put: written(put) });
    });
    return box;
  }

  listen() {
    const onPoints = () => this.take();
    this.model.on("change:points", onPoints);
    const sizes = new ResizeObserver(() => this.resize());
    sizes.observe(this.root);
    this.clear.addEventListener("click", () => this.become(this.empty()));
    this.undo.addEventListener("click", () => this.back());
    this.keep.addEventListener("click", () => this.give());
    this.root.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key !== "z") return;
      if (event.target instanceof HTMLInputElement) return; // a box has an undo of its own
      event.preventDefault();
      this.back();
    });
    this.svg.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => this.begin(event));
    this.svg.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => this.draw(event));
    for (const name of ["pointerup", "pointercancel"]) {
      this.svg.addEventListener(name, () => {
        this.pen = null;
        this.tellNow();
      });
    }
    this.root.addEventListener("focusout", () => this.tellNow());
    this.close = () => {
      this.model.off("change:points", onPoints);
      sizes.disconnect();
      clearTimeout(this.telling);
      this.root.remove();
    };
  }

  /** Points came from Python or from another view. */
  take() {
    const points = this.model.get("points");
    if (JSON.stringify(points) === JSON.stringify(this.points())) return;
    this.values = this.empty().map((given, i) => {
      const found = points.find((/** @type {number[]} */ point) => point[0] === this.page.times[i]);
      return found ? found[1] : given;
    });
    this.show();
  }

  /** What stands before anybody draws: nothing, or the value at the start. @returns {(number | null)[]} */
  empty() {
    return this.page.times.map((/** @type {number} */ _, /** @type {number} */ i) => (this.isGiven(i) ? this.page.begins : null));
  }

  /** Whether a point is given, and not to be drawn. @param {number} at */
  isGiven(at) {
    return at === 0 && typeof this.page.begins === "number";
  }

  /** Take other points, with a way back. @param {(number | null)[]} values */
  become(values) {
    this.strokes.begin(this.values);
    this.values = values;
    this.show();
    this.tell();
  }

  /** Go back to what was drawn before the last stroke. */
  back() {
    const before = this.strokes.undo(this.values);
    if (before) this.values = before;
    this.show();
    this.tell();
  }

  /** Give the points to the learner as a table, because they asked for it. */
  give() {
    const { label, units, timeUnits } = this.page;
    const points = this.points();
    const heads = [timeUnits ? `${spoken("time")} (${timeUnits})` : spoken("time"), units ? `${label} (${units})` : label];
    const columns = [0, 1].map((side) => points.map((/** @type {number[]} */ point) => point[side]));
    download(fileName(spoken("sketch {name}", { name: label }), "csv"), csvText(heads, columns), "text/csv");
  }

  points() {
    return this.page.times.map((/** @type {number} */ t, /** @type {number} */ i) => [t, this.values[i]]).filter((/** @type {any} */ point) => point[1] !== null);
  }

  /** @param {number} at @param {number | null} value @param {boolean} [drawn] a hand is not as exact as the numbers would look; what was typed was meant */
  put(at, value, drawn = true) {
    const { low, high } = this.page;
    if (this.isGiven(at)) return;
    this.values[at] = value === null || !Number.isFinite(value) ? null : Math.min(high, Math.max(low, drawn ? tidy(value, this.step) : value));
    this.tell();
  }

  /** Tell the kernel, at most ten times a second. */
  tell() {
    if (!this.telling) this.telling = setTimeout(() => this.tellNow(), 100);
  }

  /** Tell the kernel what it has not heard yet: a button pressed next must find the whole sketch. */
  tellNow() {
    if (!this.telling) return;
    clearTimeout(this.telling);
    this.telling = undefined;
    this.model.set("points", this.points());
    this.model.save_changes();
  }

  /** @param {PointerEvent} event */
  begin(event) {
    const field = this.field.getBoundingClientRect();
    if (event.clientX < field.left || event.clientX > field.right || event.clientY < field.top || event.clientY > field.bottom) return; // beside the grid
    event.preventDefault();
    this.svg.setPointerCapture(event.pointerId);
    const at = this.spot(event);
    this.pen = at;
    this.strokes.begin(this.values);
    this.put(at.at, at.value);
    this.show();
    this.knobs[at.at].focus({ preventScroll: true });
  }

  /** A quick stroke jumps over points: those between get values on the straight line. @param {PointerEvent} event */
  draw(event) {
    if (!this.pen) return;
    const before = this.pen;
    const now = this.spot(event);
    const way = Math.sign(now.at - before.at);
    for (let at = before.at + way; way && at !== now.at; at += way) {
      const share = (at - before.at) / (now.at - before.at);
      this.put(at, before.value + share * (now.value - before.value));
    }
    this.put(now.at, now.value);
    this.pen = now;
    this.show();
  }

  /** @param {PointerEvent} event */
  spot(event) {
    const box = this.svg.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / this.scale, (event.clientY - box.top) / this.scale];
    const places = this.page.times.map((/** @type {number} */ t) => Math.abs(this.across(t) - x));
    const { low, high } = this.page;
    const share = (SKETCH_HEIGHT - SKETCH_MARGIN.bottom - y) / (SKETCH_HEIGHT - SKETCH_MARGIN.top - SKETCH_MARGIN.bottom);
    const [floor, roof] = [this.ticks[0], this.ticks[this.ticks.length - 1]];
    const value = Math.min(high, Math.max(low, floor + share * (roof - floor)));
    return { at: places.indexOf(Math.min(...places)), value };
  }

  /** @param {KeyboardEvent} event @param {number} at */
  keyed(event, at) {
    const { low, high } = this.page;
    const now = this.values[at];
    const from = now === null ? (low + high) / 2 : now;
    const { near } = this;
    /** @type {Record<string, number | null>} */
    const next = {
      ArrowUp: from + near, ArrowRight: from + near, ArrowDown: from - near, ArrowLeft: from - near,
      PageUp: from + 5 * near, PageDown: from - 5 * near, Home: low, End: high, Delete: null, Backspace: null,
    };
    if (!(event.key in next) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.strokes.begin(this.values, `keys ${at}`);
    this.put(at, next[event.key]);
    this.show();
  }

  /** @param {number} t */
  across(t) {
    const { start, stop } = this.page;
    return SKETCH_MARGIN.left + ((t - start) / (stop - start)) * (this.width - SKETCH_MARGIN.left - SKETCH_MARGIN.right);
  }

  /** @param {number} value */
  up(value) {
    const [floor, roof] = [this.ticks[0], this.ticks[this.ticks.length - 1]];
    return SKETCH_HEIGHT - SKETCH_MARGIN.bottom - ((value - floor) / (roof - floor)) * (SKETCH_HEIGHT - SKETCH_MARGIN.top - SKETCH_MARGIN.bottom);
  }

  resize() {
    const scale = Number(getComputedStyle(this.root).getPropertyValue("--cs-scale")) || 1;
    const width = Math.floor((this.root.clientWidth - 4) / scale);
    if (width < 120 || (width === this.width && scale === this.scale)) return;
    this.width = width;
    this.scale = scale;
    this.svg.setAttribute("width", String(width * scale));
    this.svg.setAttribute("height", String(SKETCH_HEIGHT * scale));
    this.svg.setAttribute("viewBox", `0 0 ${width} ${SKETCH_HEIGHT}`);
    fitField(this.field, width);
    this.radius = knobRadius(this.page.times.map((/** @type {number} */ t) => this.across(t)));
    drawSketchGrid(this.grid, this.page, this.ticks, { across: (t) => this.across(t), up: (v) => this.up(v), width });
    this.show();
  }

  show() {
    const { times, units } = this.page;
    const drawn = this.points();
    this.curve.setAttribute("points", drawn.map((/** @type {number[]} */ p) => `${this.across(p[0])},${this.up(p[1])}`).join(" "));
    this.knobs.forEach((/** @type {any} */ knob, /** @type {number} */ i) => {
      const value = this.values[i];
      knob.classList.toggle("cs-waiting", value === null);
      knob.classList.toggle("cs-given", this.isGiven(i));
      knob.setAttribute("cx", String(this.across(times[i])));
      const floor = this.up(this.ticks[0]) - this.radius - 4; // above the axis, whose numbers stay in sight
      knob.setAttribute("r", String(this.radius));
      knob.setAttribute("cy", String(value === null ? floor : this.up(value)));
      knob.setAttribute("aria-valuenow", String(value === null ? this.page.low : value));
      knob.setAttribute("aria-valuetext", value === null ? spoken("not drawn yet") : `${written(value)} ${units}`.trim() + (this.isGiven(i) ? spoken(", given") : ""));
      if (document.activeElement !== this.boxes[i]) this.boxes[i].value = value === null ? "" : String(value);
    });
    const given = Number(this.isGiven(0));
    const count = drawn.length - given;
    this.clear.classList.toggle("cs-hidden", count === 0);
    this.undo.classList.toggle("cs-hidden", this.strokes.past.length === 0);
    this.keep.classList.toggle("cs-hidden", count === 0);
    const active = /** @type {any} */ (document.activeElement);
    if ([this.clear, this.undo].includes(active) && active.classList.contains("cs-hidden")) this.knobs[Number(this.isGiven(0))]?.focus({ preventScroll: true }); // a hidden button would drop the keyboard
    this.status.textContent = count === 0 ? spoken("No points drawn yet.") : spoken("{count} of {all} points drawn.", { count, all: times.length - given });
  }
}

/** @param {number} t @param {string} units */
function moment(t, units) {
  return `${units || spoken("time")} ${written(t).replaceAll(",", "")}`;
}

export default { render: renderSketch };
