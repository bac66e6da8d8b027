// What an explorer says: the sentence of the curves, and which loops rule. Nothing that is out of
// date is left standing as if it were true of what the sliders say now.
import { inShort } from "../shared/said.js";
import { spoken } from "../shared/speech.js";

const ANSWER_WITHIN = 3000; // milliseconds; after that, nobody is there to write a new sentence
const SAID_AFTER = 150; // where nobody is there from the first, or has nothing to write it with

export class Words {
  /** @param {any} model @param {any} parts @param {import("./curves.js").Curves} curves */
  constructor(model, parts, curves) {
    this.model = model;
    this.parts = parts;
    this.curves = curves;
    this.alone = model.get("alone") === true;
    this.silent = this.alone; // whether the kernel is gone, or was never there
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waiting = undefined;
    /** @type {import("./loop_lights.js").Lit | null} */
    this.lit = null;
    this.before = "";
    this.gone = () => { // a notebook says this once, when the kernel that followed is gone
      this.silent = this.lost = true;
    };
    this.lost = false;
    model.on("comm_live_update", this.gone);
  }

  /** Say the sentence that belongs to the sliders and to what is drawn. */
  sentence() {
    const { curves, parts } = this;
    const answer = this.model.get("answer") || {};
    const { page } = curves;
    clearTimeout(this.waiting);
    const fresh = answer.sentence && curves.are(answer.values) && curves.drew(answer.drawn) && this.areShown(answer.shown);
    if (fresh) this.silent = this.alone || this.lost;
    if (fresh) this.say(answer.sentence);
    else if (page.sentence && !curves.moved && this.areShown(page.shown)) this.say(page.sentence);
    else {
      this.await();
      this.waiting = setTimeout(() => this.inShort(), this.silent || !page.sentence ? SAID_AFTER : ANSWER_WITHIN);
    }
  }

  /** @param {string[] | undefined} shown */
  areShown(shown) {
    const now = this.curves.shown;
    return !shown || (shown.length === now.size && shown.every((key) => now.has(key)));
  }

  /** Nobody writes a sentence: say in short what these curves do. */
  inShort() {
    const { curves } = this;
    this.silent = true;
    const why = this.alone || !curves.page.sentence ? "" : `${spoken("Python does not answer (run the cell again to wake it), so this page reckons a short sentence.")} `;
    this.say(why + spoken("In short, at these settings: {told}", { told: inShort(curves.now, curves.chosen(), curves.page.timeUnits) }));
    this.loops();
  }

  /** Other curves are drawn already: the sentence on the old ones goes, and its room stays. */
  await() {
    const { sentence, canvas } = this.parts;
    if (sentence.classList.contains("cs-stale")) return;
    sentence.style.minHeight = `${sentence.offsetHeight}px`; // or the page would jump
    sentence.classList.add("cs-stale");
    sentence.textContent = "…";
    canvas.setAttribute("aria-label", spoken("The curves have changed; the sentence on them follows."));
  }

  /** @param {string} text */
  say(text) {
    const { sentence, canvas } = this.parts;
    sentence.classList.remove("cs-stale");
    sentence.style.minHeight = "";
    if (sentence.textContent !== text) sentence.textContent = text;
    canvas.setAttribute("aria-label", text);
  }

  /** Take the scores of these settings; or of the starting ones, where there are no others. */
  loops() {
    if (this.curves.page.loops === false) return; // nothing of loops is told
    const [own, first] = [this.model.get("lit"), this.model.get("start_lit")];
    const held = (/** @type {any} */ lit) => (lit && Array.isArray(lit.rows) ? lit : null);
    const fresh = [held(first), held(own)].find((lit) => lit && this.curves.are(lit.values) && this.curves.drew(lit.drawn));
    this.lit = fresh || (this.silent ? held(first) : null);
    this.before = this.lit && !fresh && this.lit.rows.length ? spoken("Of the starting settings:") : "";
    this.light();
  }

  /** Light the loops as they are where the time cursor stands. */
  light() {
    const { curves, parts, lit } = this;
    if (curves.page.loops === false) return;
    const row = curves.cursor;
    parts.pictures.show(lit, row === null ? null : curves.momentOf(row), this.before);
    parts.strip.draw(lit, curves.now.time.length, row, curves.width, curves.frame, curves.look, this.before !== "");
  }

  pictures() {
    const drawn = this.model.get("pictures") || {};
    const none = !this.curves.page.diagram || (this.alone && !drawn.loops);
    this.curves.root.classList.toggle("cs-mapless", none);
    this.curves.root.classList.toggle("cs-loopless", this.curves.page.loops === false);
    this.parts.pictures.put(drawn, spoken("The picture is being drawn …"));
    this.loops();
  }

  close() {
    this.model.off("comm_live_update", this.gone);
    clearTimeout(this.waiting);
  }
}
