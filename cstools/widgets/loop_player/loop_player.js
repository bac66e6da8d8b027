// The loop player: a loop told step by step on its map, and the other ways to let the map move.
//
// Stories are told here, so that they need no kernel. What a map does when it is pressed is
// reckoned in Python; the page asks for it by setting `pressed`, and keeps every answer it got.
import { keepKeys, make, wantsGestures } from "../shared/elements.js";
import { MotionPanel, wayTold } from "./motions.js";
import { makePlayerSwitch, makePlayerTransport } from "./controls.js";
import { LoopStage } from "./stage.js";
import { StoryPanel } from "./telling.js";

const SHARED = ["loop", "begin", "up", "step", "way", "pressed", "pressed_up", "answer"];
const MODES = [
  { value: "story", label: "Tell a loop" },
  { value: "press", label: "Push a variable" },
  { value: "compare", label: "Compare five ways" },
];
const STEPS_A_KEY = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity });

/** @param {{model: any, el: HTMLElement}} view */
export function renderLoopPlayer({ model, el }) {
  const player = new LoopPlayer(model);
  el.append(player.root);
  player.draw();
  return () => player.close();
}

class LoopPlayer {
  /** @param {any} model */
  constructor(model) {
    this.model = model;
    this.page = model.get("payload");
    this.playing = false;
    this.lastPressed = "one pulse"; // the way to come back to
    this.stage = new LoopStage(this.page.picture, this.page.variables, (what) => this.pick(what));
    const change = (/** @type {Record<string, any>} */ changes) => this.change(changes);
    this.story = new StoryPanel(this.page, change);
    this.motion = new MotionPanel(this.page, model, change);
    this.modes = makePlayerSwitch("What to look at", (mode) => this.enter(mode));
    this.transport = makePlayerTransport({
      first: () => this.go(-Infinity),
      back: () => this.go(-1),
      next: () => this.go(1),
      play: () => this.toggle(),
    });
    this.onChange = () => this.draw();
    this.build();
    this.listen();
  }

  build() {
    const { page } = this;
    const title = page.name || "Causal loop diagram";
    this.said = make("p", { class: "cs-player-said" });
    this.beside = make("p", { class: "cs-player-beside" });
    const status = make("div", { class: "cs-player-status", role: "status", "aria-live": "polite" }, this.said, this.beside);
    this.kind = make("strong", {}, "");
    this.label = make("span", {}, "");
    this.assumed = make("p", {});
    this.small = make("details", {}, make("summary", {}, "In the field’s own words"), this.assumed);
    const label = make("div", { class: "cs-player-label", role: "note" }, make("p", {}, this.kind, " ", this.label), this.small);
    this.keys = make("p", { class: "cs-note" });
    const head = make("div", { class: "cs-player-head" }, make("p", { class: "cs-player-title" }, title), this.modes.row);
    const desk = make("div", { class: "cs-player-desk" }, this.story.choices, this.motion.choices, status, this.transport.bar);
    const rest = make("div", { class: "cs-player-rest" }, this.story.list, this.motion.table);
    const body = make("div", { class: "cs-player-body" }, desk, this.stage.figure, rest, this.motion.wide);
    this.root = make("section", { class: "cs-widget cs-player", "aria-label": `Loop player: ${title}` }, head, body, label, this.keys);
    keepKeys(this.root);
  }

  listen() {
    for (const name of SHARED) this.model.on(`change:${name}`, this.onChange);
    this.root.addEventListener("keydown", (/** @type {any} */ event) => this.key(event));
  }

  close() {
    this.pause();
    this.motion.close();
    for (const name of SHARED) this.model.off(`change:${name}`, this.onChange);
    this.root.remove();
  }

  get way() {
    return this.model.get("way");
  }

  get mode() {
    return ["story", "compare"].includes(this.way) ? this.way : "press";
  }

  /** The last step there is of what is shown. */
  get last() {
    return this.mode === "story" ? this.story.last : this.motion.last;
  }

  get step() {
    return Math.min(this.model.get("step"), this.last);
  }

  /**
   * Take what somebody chose into the state that the kernel and other views share.
   * @param {Record<string, any>} changes
   */
  change(changes) {
    this.pause();
    this.store({ step: 0, ...changes });
  }

  /** @param {Record<string, any>} changes */
  store(changes) {
    this.storing = true;
    for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    this.storing = false;
    this.model.save_changes();
    this.draw();
  }

  draw() {
    if (this.storing) return;
    const { mode, model } = this;
    if (mode === "press") this.lastPressed = this.way;
    const { hasAnswers } = this.motion;
    this.modes.show(MODES.filter(({ value }) => (value === "story" ? this.page.loops.length : hasAnswers || value === mode)), mode);
    const told = mode === "story" ? this.story : this.motion;
    this.story.show(model, mode === "story");
    this.motion.show(mode !== "story");
    const { step, last } = this;
    if (this.playing && step !== this.expected) this.pause();
    told.showStep(step, this.stage);
    const { said, beside } = told.words(step);
    if (this.said.textContent !== said) this.said.textContent = said;
    if (this.beside.textContent !== beside) this.beside.textContent = beside;
    this.transport.bar.hidden = last < 1;
    this.transport.show(step, last, this.playing);
    this.explain(mode);
    this.root.dataset.step = String(step);
  }

  /** Say what this is and is not. @param {string} mode */
  explain(mode) {
    const way = wayTold(this.page, this.way);
    this.kind.textContent = mode === "story" ? "A story, not a forecast." : mode === "press" ? "One way to work it out, not a forecast." : "Five ways, and still no forecast.";
    this.label.textContent = `${way.is_not} ${this.page.label}`;
    this.assumed.textContent = way.assumes;
    this.small.hidden = mode !== "press";
    const loops = this.page.loops.length;
    const help = this.last < 1 ? "" : wantsGestures() ? gesturesTold(mode) : keysTold(mode === "story" ? loops : 0);
    const alone = this.motion.hasAnswers ? "" : "This page tells loops only: nothing was pushed before it was saved. To push a variable, open the notebook.";
    this.keys.textContent = [help, mode === "story" || !loops ? this.page.note : "", alone].filter(Boolean).join(" ");
  }

  /** @param {string} mode */
  enter(mode) {
    this.change({ way: mode === "press" ? this.lastPressed : mode });
  }

  /** Something on the map was clicked. @param {{loop?: string, variable?: string}} what */
  pick({ loop, variable }) {
    const chosen = this.page.loops.find((/** @type {any} */ own) => own.name === loop);
    const named = this.page.variables.find((/** @type {any} */ own) => own.key === variable);
    if (chosen) this.change({ way: "story", ...this.story.chosen(chosen) });
    else if (named && this.mode !== "story") this.motion.choose(named.label);
    else if (named && this.story.holds(named.label)) this.change({ begin: named.label });
  }

  /** @param {number} steps */
  go(steps) {
    this.pause();
    const next = Math.max(0, Math.min(this.last, this.step + steps));
    if (next !== this.step) this.store({ step: next });
    else this.draw();
  }

  toggle() {
    if (this.playing) {
      this.pause();
      this.draw();
      return;
    }
    if (this.step >= this.last) this.store({ step: 0 });
    this.playing = true;
    this.expected = this.step;
    this.draw();
    this.carryOn();
  }

  /** Wait as long as the next link takes, then tell it. */
  carryOn() {
    const beat = this.mode === "story" ? this.story.beats[this.step + 1] : null;
    const time = 1000 * this.transport.secondsABeat() * (beat ? beat.beats : 1);
    if (beat) this.stage.travel(beat, time);
    this.timer = setTimeout(() => {
      this.stage.stay();
      this.expected = this.step + 1;
      if (this.expected >= this.last) this.playing = false;
      this.store({ step: this.expected });
      if (this.playing) this.carryOn();
    }, time);
  }

  pause() {
    this.playing = false;
    clearTimeout(this.timer);
    this.stage.stay();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.closest("select, input, summary") || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = STEPS_A_KEY[event.key];
    if (steps && target.matches(".cs-map-place[tabindex]")) return; // it scrolls
    if (steps && this.last > 0) this.go(steps);
    else if (event.key === " " && !target.closest("button") && this.last > 0) this.toggle();
    else if (/^[1-9]$/.test(event.key) && this.mode === "story") {
      const loop = this.page.loops[Number(event.key) - 1];
      if (loop) this.change(this.story.chosen(loop));
    } else return;
    event.preventDefault();
  }
}

/** @param {number} loops how many can be chosen by a digit */
function keysTold(loops) {
  const digits = loops > 1 ? `, 1–${Math.min(9, loops)} choose a loop` : "";
  return `Keys: ← and → step, Space plays and pauses, Home and End go to the ends${digits}.`;
}

/** @param {string} mode */
function gesturesTold(mode) {
  if (mode !== "story") return "Tap a word on the map to push it instead.";
  return "Tap a line of the story to go there. On the map, tap a loop’s mark to tell that loop, or one of its words to begin there.";
}

export default { render: renderLoopPlayer };
