// The story side of the loop player: which loop, from where, and its moments as a list.
import { make } from "../shared/elements.js";
import { makePlayerChoice, makePlayerSwitch } from "./controls.js";
import { endingOf, loopHeading, opened, tellLoop } from "./story.js";

const DIRECTION_MARKS = /** @type {Record<string, string>} */ ({ "1": "▲", "-1": "▼", "0": "?" });

export class StoryPanel {
  /** @param {any} page @param {(changes: Record<string, any>) => void} change */
  constructor(page, change) {
    this.page = page;
    this.change = change;
    /** @type {Map<string, import("./story.js").StoryVariable>} */
    this.variables = new Map(page.variables.map((/** @type {any} */ own) => [own.label, own]));
    /** @type {import("./story.js").StoryBeat[]} */
    this.beats = [];
    this.told = "";
    this.loop = page.loops[0];
    this.which = makePlayerChoice("Loop", (name) => change(this.chosen(page.loops.find((/** @type {any} */ own) => own.name === name))));
    this.where = makePlayerChoice("Begin at", (begin) => change({ begin }));
    this.upward = makePlayerSwitch("Begin with", (value) => change({ up: value === "more" }));
    this.heading = make("p", { class: "cs-player-heading" });
    const row = make("div", { class: "cs-player-row" }, this.which.box, this.where.box, this.upward.row);
    this.choices = make("div", { class: "cs-player-choices" }, row, this.heading);
    this.list = make("ol", { class: "cs-player-story", "aria-label": "The story" });
    this.list.addEventListener("click", (/** @type {any} */ event) => {
      const button = event.target.closest("button");
      if (button) change({ step: Number(button.dataset.step) });
    });
  }

  get last() {
    return Math.max(0, this.beats.length - 1);
  }

  /** @param {string} name */
  holds(name) {
    return Boolean(this.loop && this.loop.variables.includes(name));
  }

  /** Return what changes with another loop: it begins where the last one did, if it can. @param {any} loop */
  chosen(loop) {
    const begin = this.beats[0]?.variable.label;
    return { loop: loop.name, begin: loop.variables.includes(begin) ? begin : loop.variables[0] };
  }

  /** @param {any} model @param {boolean} shown */
  show(model, shown) {
    this.choices.hidden = this.list.hidden = !shown || !this.loop;
    if (!this.page.loops.length) return;
    this.loop = this.page.loops.find((/** @type {any} */ own) => own.name === model.get("loop")) || this.page.loops[0];
    const { loop } = this;
    const begin = loop.variables.includes(model.get("begin")) ? model.get("begin") : loop.variables[0];
    const up = model.get("up");
    const told = JSON.stringify([loop.name, begin, up]);
    if (told === this.told) return;
    this.told = told;
    this.beats = tellLoop(loop, this.variables, begin, up);
    const groups = new Set(this.page.loops.map((/** @type {any} */ own) => own.marked)).size > 1;
    this.which.show(this.page.loops.map((/** @type {any} */ own) => ({ value: own.name, label: loopOption(own), ...(groups ? { group: own.marked ? "Marked on the map" : "Others, the shortest first" } : {}) })), loop.name);
    this.where.show(loop.variables.map((/** @type {string} */ name) => ({ value: name, label: name })), begin);
    const first = this.beats[0].variable;
    this.upward.show([{ value: "more", label: `▲ ${first.more}` }, { value: "less", label: `▼ ${first.less}` }], up ? "more" : "less");
    this.heading.textContent = loopHeading(loop);
    this.list.replaceChildren(...this.beats.map((beat, step) => storyItem(beat, step)));
  }

  /** @param {number} step @param {import("./stage.js").LoopStage} stage */
  showStep(step, stage) {
    if (!this.beats.length) return;
    [...this.list.children].forEach((item, place) => {
      item.classList.toggle("cs-told", place < step);
      if (place === step) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    stage.showStory(this.beats, step, this.loop.name);
  }

  /** @param {number} step */
  words(step) {
    const beat = this.beats[step];
    if (!beat) return { said: this.page.note, beside: "" };
    const { reason } = beat.link || { reason: "" };
    const back = step === this.last;
    const ending = back ? endingOf(this.loop, this.beats) : "";
    const beside = [reason && `On the map: ${opened(reason).replace(/[.!?]?$/, ".")}`, back && this.loop.moral].filter(Boolean).join(" ");
    return { said: [beat.sentence, ending].filter(Boolean).join(" "), beside };
  }
}

/** @param {import("./story.js").StoryBeat} beat @param {number} step */
function storyItem(beat, step) {
  const mark = make("span", { class: "cs-player-mark", "aria-hidden": "true" }, DIRECTION_MARKS[String(beat.direction)]);
  return make("li", {}, make("button", { type: "button", "data-step": step }, mark, make("span", {}, beat.text)));
}

/** @param {import("./story.js").StoryLoop} loop */
function loopOption(loop) {
  if (loop.title) return `${loop.name} “${loop.title}”`;
  const [first, second] = loop.variables;
  const way = loop.variables.length > 2 ? `${first} → ${second} → …` : [...loop.variables, first].join(" → ");
  return `${loop.name}: ${way}`;
}
