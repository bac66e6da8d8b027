// The explorer: sliders, the curves redrawn while they move, the diagrams, a sentence.
//
// The model runs in the page, from JavaScript that the package generated, so a drag never waits
// for a kernel. The kernel is told the values afterwards and answers with a new sentence, and with
// the scores of the loops.
import { written } from "../shared/axes.js";
import { numbersOf, pathsOf } from "../shared/courses.js";
import { Curves } from "./curves.js";
import { download, keepKeys, make, onTheme } from "../shared/elements.js";
import { buildExplorer } from "./parts.js";
import { Words } from "./words.js";
import { doorsOf } from "./doors.js";
import { fileName } from "../shared/exports.js";
import { compiled, refusal } from "../shared/simulation.js";
import { speakAs, spoken } from "../shared/speech.js";
import { readState, stateInAddress, stateOf, takenOf } from "./states.js";

const TELL_AFTER = 150; // milliseconds of rest before the kernel is told

/**
 * @typedef {import("../shared/sliders.js").Parameter} Parameter
 * @typedef {Record<string, number>} Values
 */

/** @param {{model: any, el: HTMLElement}} view @returns {() => void} */
export function renderExplorer({ model, el }) {
  speakAs(model);
  const page = model.get("payload");
  const root = make("section", { class: "cs-widget cs-explorer", "aria-label": spoken("Explore {name}", { name: page.title || page.name }) });
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

class Explorer {
  /** @param {any} model @param {any} page @param {HTMLElement} root @param {Function} simulate */
  constructor(model, page, root, simulate) {
    this.model = model;
    this.page = page;
    this.root = root;
    this.alone = model.get("alone") === true;
    this.curves = new Curves(page, simulate, model.get("values"), model.get("shown"), root, model.get("drawn") || {});
    /** @type {number | null} */
    this.pinned = null;
    this.asked = 0;
    /** @type {string[]} what an Undo would put back */
    this.offered = [];
    this.putting = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.telling = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.resting = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.asking = undefined;
    this.parts = buildExplorer(root, page, this.curves.shown, doorsOf(this));
    this.curves.place(this.parts, (key) => this.sketchOf(key));
    this.words = new Words(model, this.parts, this.curves);
    this.close = this.listen();
    this.begin();
  }

  begin() {
    const { parts, model } = this;
    parts.cursor.limit(this.page.moments.length);
    for (const [key, slider] of parts.sliders) slider.show(this.curves.values[key]);
    parts.scenarios.paint();
    this.words.pictures();
    this.changed();
    if (model.get("notice")) parts.undo.tell(model.get("notice"));
    this.openAddress();
    const scored = model.get("start_lit")?.rows || this.page.loops === false;
    const complete = scored && (model.get("pictures")?.loops || !this.page.diagram);
    if (!complete && !this.alone) this.ask({ what: "pictures" });
  }

  /** Take over the settings that the address of the page holds, if nobody has moved anything. @param {boolean} [asked] whether somebody has just put it there */
  openAddress(asked = false) {
    const fresh = !this.curves.moved && !this.model.get("scenarios").length;
    const linked = fresh || asked ? stateInAddress() : null;
    const state = linked ? readState(linked) : null;
    // In a notebook the link may be meant for another model's explorer.
    if (state && (this.alone || state.model === this.page.name)) this.open(state);
    else if (linked && !state && this.alone) this.parts.undo.tell(spoken("The link to this page holds no settings that can be read; it may have been cut off."));
  }

  /** @returns {() => void} what ends it */
  listen() {
    const { model, root, parts, words } = this;
    /** @type {[string, () => void][]} */
    const heard = [
      ["values", () => this.take(model.get("values"), true)],
      ["shown", () => this.takeShown(model.get("shown"))],
      ["answer", () => words.sentence()],
      ["sketch", () => this.curves.redraw()],
      ["drawn", () => this.takeDrawn(model.get("drawn"))],
      ["scenarios", () => this.takeScenarios()],
      ["lit", () => words.loops()],
      ["start_lit", () => words.loops()],
      ["pictures", () => words.pictures()],
      ["printed", () => this.takePrint()],
      ["notice", () => parts.undo.tell(model.get("notice") || "")],
    ];
    for (const [name, call] of heard) model.on(`change:${name}`, call);
    const offTheme = onTheme(() => this.restyle());
    const sizes = new ResizeObserver(() => (this.curves.resized() ? this.restyle() : this.refit())); // before the widget had a place in the page, it had no style either
    sizes.observe(parts.plot);
    const onAddress = () => this.alone && window.location.hash && this.openAddress(true);
    window.addEventListener("hashchange", onAddress);
    const onScroll = () => this.curves.sight.moved() && this.curves.draw();
    document.addEventListener("scroll", onScroll, { capture: true, passive: true }); // of whatever scrolls the page
    const onWindow = () => this.refit();
    window.addEventListener("resize", onWindow);
    sizes.observe(parts.bench);
    parts.resetAll.addEventListener("click", () => this.resetAll());
    parts.plot.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => this.point(this.curves.rowAt(event)));
    parts.plot.addEventListener("pointerleave", () => this.point(null));
    parts.canvas.addEventListener("click", (/** @type {PointerEvent} */ event) => this.press(event));
    for (const name of ["pointerover", "focusin"]) root.addEventListener(name, (/** @type {any} */ event) => parts.pictures.light(event.target));
    root.addEventListener("pointerleave", () => parts.pictures.light(null));
    return () => {
      for (const [name, call] of heard) model.off(`change:${name}`, call);
      offTheme();
      sizes.disconnect();
      document.removeEventListener("scroll", onScroll, { capture: true });
      window.removeEventListener("resize", onWindow);
      window.removeEventListener("hashchange", onAddress);
      parts.cursor.stop();
      words.close();
      clearTimeout(this.telling);
      clearTimeout(this.resting);
      clearTimeout(this.asking);
      root.remove();
    };
  }

  // --- settings: from the hand, from the kernel, from what was kept --------------------------

  /** A slider moved. @param {string} key @param {number} value */
  set(key, value) {
    if (this.curves.values[key] === value) return;
    this.curves.values = { ...this.curves.values, [key]: value };
    this.changed();
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tell(), TELL_AFTER);
  }

  /** Values came from the kernel or from another view, if `elsewhere`. @param {Values} values @param {boolean} [elsewhere] */
  take(values, elsewhere = false) {
    if (this.curves.are(values)) return;
    if (elsewhere) this.changedElsewhere("values");
    this.curves.values = { ...this.curves.start, ...values };
    for (const [key, slider] of this.parts.sliders) slider.show(this.curves.values[key]);
    this.changed();
  }

  /** Somebody drew, here or elsewhere: the curves follow at once, and Python is asked when the hand rests. @param {import("./curves.js").Paths} paths */
  takeDrawn(paths) {
    if (this.curves.drew(paths)) return;
    this.curves.paths = paths;
    this.changed();
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.ask({ what: "answer" }), TELL_AFTER);
  }

  /** @param {string[]} shown */
  takeShown(shown) {
    if (this.words.areShown(shown)) return;
    this.curves.shown.clear();
    for (const key of shown) this.curves.show(key);
    this.restyle();
    this.words.sentence();
  }

  takeScenarios() {
    if (!this.putting) this.changedElsewhere("scenarios");
    this.curves.runs.clear();
    this.parts.scenarios.paint();
    this.curves.redraw();
    this.rest();
  }

  /** Settings are replaced as a whole: there is a way back. @param {any} next @param {string} told */
  replace(next, told) {
    /** @type {Record<string, any>} */
    const all = { values: this.told(), drawn: this.curves.paths, shown: [...this.curves.shown], scenarios: this.model.get("scenarios") };
    const before = Object.fromEntries(Object.entries(all).filter(([name]) => next[name]));
    this.put(next);
    this.offer(told, before);
  }

  /** Offer the way back to what was there before. @param {string} told @param {Record<string, any>} before */
  offer(told, before) {
    this.offered = Object.keys(before);
    this.parts.undo.tell(told, () => this.put(before));
  }

  /** Another view, or Python, changed what an Undo here would put back: it is no longer offered. @param {string} name */
  changedElsewhere(name) {
    if (this.offered.includes(name)) this.parts.undo.drop();
  }

  resetAll() {
    this.replace({ values: this.curves.start }, spoken("All sliders are back at their start."));
    /** @type {HTMLElement | null} */ (this.root.querySelector("input[type=range]"))?.focus(); // the button hides
  }

  /** @param {{values?: Values, drawn?: import("./curves.js").Paths, shown?: string[], scenarios?: any}} next */
  put({ values, drawn, shown, scenarios }) {
    if (values) this.take(values);
    if (drawn && this.page.drawn?.length) this.model.set("drawn", drawn);
    if (shown && shown.length) {
      this.takeShown(shown);
      this.model.set("shown", shown);
    }
    this.putting = true;
    if (scenarios) this.model.set("scenarios", scenarios);
    this.putting = false;
    this.tell();
  }

  /** @param {import("./scenarios.js").Pairs} kept @param {string} told */
  keep(kept, told) {
    const before = this.model.get("scenarios");
    this.put({ scenarios: kept });
    this.offer(told, { scenarios: before });
  }

  /** @param {Record<string, any> | null} state @returns {boolean} */
  open(state) {
    if (!state) return false;
    const { used, values, shown, scenarios, sentence } = takenOf(state, this.page);
    if (used) this.replace({ ...this.ownOf(values), shown, scenarios: [...new Map([...this.model.get("scenarios"), ...scenarios])] }, sentence);
    else this.parts.undo.tell(sentence);
    return true;
  }

  state() {
    return stateOf(this.page, { ...this.curves.values, ...this.curves.paths }, [...this.curves.shown], this.model.get("scenarios"));
  }

  /** Return the sliders' values and the drawn paths of some settings apart. @param {Record<string, any>} values */
  ownOf(values) {
    return { values: numbersOf(values), drawn: pathsOf(values) };
  }

  /** What the sliders say, which is all that the kernel is told. @returns {Values} */
  told() {
    return Object.fromEntries([...this.parts.sliders.keys()].map((key) => [key, this.curves.values[key]]));
  }

  tell() {
    clearTimeout(this.telling);
    this.model.set("values", this.told());
    this.model.save_changes();
  }

  /** Ask the kernel for what only Python draws. @param {any} wish */
  ask(wish) {
    this.asked = Date.now();
    this.model.set("wanted", { ...wish, number: this.asked });
    this.model.save_changes();
  }

  takePrint() {
    const printed = this.model.get("printed") || {};
    if (!printed.number || printed.number !== this.asked) return; // another view asked
    this.asked = 0;
    if (printed.svg) download(fileName(this.page.name, "svg"), printed.svg, "image/svg+xml");
    this.parts.undo.tell(printed.fault || spoken("{file} is in your downloads.", { file: fileName(this.page.name, "svg") }));
  }

  /** A name for what the sliders say. */
  suggested() {
    const { values } = this.curves;
    const moved = this.page.parameters.filter((/** @type {Parameter} */ p) => values[p.key] !== p.value);
    const told = moved.slice(0, 3).map((/** @type {Parameter} */ p) => `${p.label} ${written(values[p.key])}`);
    for (const key of Object.keys(this.curves.paths)) told.unshift(spoken("{name} as drawn", { name: key }));
    return told.length ? told.join(", ").slice(0, 60) : spoken("as the model has it");
  }

  /** @param {string} key @returns {number[][]} */
  sketchOf(key) {
    const sketch = this.model.get("sketch");
    return sketch && sketch.key === key ? sketch.points : [];
  }

  // --- what follows a change -----------------------------------------------------------------

  changed() {
    this.parts.resetAll.classList.toggle("cs-hidden", !this.curves.slid);
    this.curves.redrawSoon();
    this.words.sentence();
    this.words.loops();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rest(), TELL_AFTER);
  }

  /** What need not follow every movement of a hand. */
  rest() {
    if (!this.root.isConnected) return;
    this.parts.scenarios.suggest();
    const { heads, columns } = this.curves.table();
    this.parts.table.fill(heads, columns);
  }

  /** A variable was ticked or unticked. @param {string} key @param {boolean} on */
  choose(key, on) {
    if (on) this.curves.show(key);
    else this.curves.shown.delete(key);
    this.model.set("shown", [...this.curves.shown]);
    this.model.save_changes();
    this.restyle();
    this.words.sentence();
    this.rest();
  }

  restyle() {
    this.curves.restyle();
    this.words.light();
  }

  /** The window, or what stands in it, has another size. */
  refit() {
    this.curves.sight.measure();
    this.curves.draw();
  }

  /** The time cursor stands at one of the page's moments. @param {number | null} moment */
  pin(moment) {
    this.pinned = moment === null ? null : this.page.moments[moment];
    this.stand(this.pinned);
  }

  /** Follow the pointer with a line through time. @param {number | null} row */
  point(row) {
    this.stand(row ?? this.pinned);
  }

  /** @param {number | null} row */
  stand(row) {
    if (row === this.curves.cursor) return;
    this.curves.cursor = row;
    this.curves.draw();
    this.words.light();
  }

  /** A click or a tap keeps the cursor there. @param {PointerEvent} event */
  press(event) {
    const row = this.curves.rowAt(event);
    if (row === null) return;
    this.parts.cursor.stop();
    this.parts.cursor.set(this.curves.momentOf(row));
  }
}

export default { render: renderExplorer };
