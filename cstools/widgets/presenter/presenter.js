// The presenter: a stage with large type and no code, step by step; the notes are elsewhere.
import { keepKeys, make, makeAnnouncer, wantsGestures } from "../shared/elements.js";
import { makeStageBar, makeStageScenarios } from "./bar.js";
import { makeContent } from "./contents.js";
import { FullStage } from "./full.js";
import { hearClicker, moveBy, usesKeys } from "./keys.js";
import { openNotes } from "./notes.js";
import { beatTold, PresenterState } from "./state.js";
import { sentences } from "./text.js";
import { compiled, refusal } from "../shared/simulation.js";
import { makeSlider } from "../shared/sliders.js";

const TELL_AFTER_SLIDER = 150; // milliseconds of rest before the kernel is told

/** @param {{model: any, el: HTMLElement}} view @returns {() => void} */
export function renderPresenter({ model, el }) {
  const presenter = new Presenter(model, el);
  return () => presenter.close();
}

class Presenter {
  /** @param {any} model @param {HTMLElement} el */
  constructor(model, el) {
    this.model = model;
    this.state = new PresenterState(model);
    const { name } = this.state.page;
    this.root = make("section", { class: "cs-widget cs-presenter", "aria-label": `Presentation of ${name}` });
    /** @type {Function | null} */
    this.simulate = null;
    this.fault = "";
    try {
      this.simulate = compiled(this.state.page.source);
    } catch (error) {
      this.fault = refusal(error);
    }
    this.slidersOpen = false;
    this.place = -1;
    /** @type {number | null} the beat that is shown; nothing is, before the first */
    this.beat = null;
    /** @type {string | null} the scenario that is drawn; nothing where sliders made others */
    this.scenario = null;
    /** @type {import("./contents.js").StageContent | null} */
    this.content = null;
    /** @type {{close: () => void} | null} */
    this.notes = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.telling = undefined;
    this.parts = this.build();
    el.append(this.root);
    this.full = new FullStage(el, this.root, `Presentation of ${name}`, () => this.resized());
    this.quiet = this.state.heard(() => this.show());
    this.sizes = new ResizeObserver(() => this.resized());
    this.sizes.observe(this.root);
    this.resized();
    this.show();
  }

  build() {
    const { state } = this;
    const doors = {
      full: () => this.toggleFull(),
      notes: () => this.openNotes(),
      sliders: () => this.toggleSliders(),
      again: () => this.again(),
      use: (/** @type {string} */ name) => this.use(name),
    };
    const announcer = makeAnnouncer();
    const title = make("p", { class: "cs-title cs-stage-title", role: "heading", "aria-level": 2 });
    const counter = make("p", { class: "cs-stage-counter" });
    const main = make("div", { class: "cs-stage-main" });
    const note = make("p", { class: "cs-note cs-stage-note", role: "status" });
    const lighten = wantsGestures() ? "tap to go on" : "press any key";
    const dark = make("button", { type: "button", class: "cs-stage-dark", "aria-label": `The stage is dark: ${lighten}`, hidden: "" }, make("span", { "aria-hidden": "true" }, lighten));
    const { desk, sliders } = this.makeDesk();
    const scenarios = makeStageScenarios(state, doors);
    const bar = makeStageBar(state, doors);
    const head = make("div", { class: "cs-stage-head" }, title, counter);
    const middle = make("div", { class: "cs-stage-middle" }, main, desk);
    const stage = make("div", { class: "cs-stage", tabindex: -1 }, head, middle, scenarios.row, note, bar.bar, bar.list.panel, bar.help.panel, dark, announcer.element);
    this.root.append(stage);
    dark.addEventListener("click", () => state.lighten());
    hearClicker(this.root, state);
    this.root.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.key(event));
    keepKeys(this.root);
    return { announcer, title, counter, main, note, dark, desk, sliders, scenarios, bar, stage };
  }

  makeDesk() {
    const desk = make("div", { class: "cs-desk cs-stage-desk", role: "group", "aria-label": "Sliders", hidden: "" });
    /** @type {Map<string, import("../shared/sliders.js").Slider>} */
    const sliders = new Map();
    for (const parameter of this.state.page.parameters.filter((/** @type {any} */ p) => p.slider)) {
      const slider = makeSlider(parameter, (key, value) => this.set(parameter, key, value));
      sliders.set(parameter.key, slider);
      desk.append(slider.row);
    }
    if (!sliders.size) desk.append(make("p", { class: "cs-note" }, "No constant of this model has a range, so there is no slider. Give one between=(low, high)."));
    return { desk, sliders };
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "F5" && this.full.open) return event.preventDefault(); // a clicker's "start" would load the page anew
    if (this.state.black && !["Shift", "Tab"].includes(event.key)) {
      event.preventDefault(); // nor is the button pressed, which would make it dark again
      return this.state.set({ black: false });
    }
    if (event.key === "Escape") return this.escape(event);
    if (usesKeys(event.target, event.key)) return;
    if (/^[0-9]$/.test(event.key)) return this.digit(Number(event.key), event);
    /** @type {Record<string, () => void>} */
    const acts = {
      m: () => this.content?.more?.(),
      s: () => this.toggleSliders(),
      r: () => this.again(),
      l: () => this.parts.bar.list.toggle(),
      n: () => this.openNotes(),
      f: () => this.toggleFull(),
      "?": () => this.parts.bar.help.toggle(),
      h: () => this.parts.bar.help.toggle(),
    };
    const act = acts[event.key.toLowerCase()];
    if (!act) return void moveBy(event, this.state);
    event.preventDefault();
    act();
  }

  /** The first Escape closes what lies over the stage, the next one leaves it. @param {KeyboardEvent} event */
  escape(event) {
    const open = [this.parts.bar.list, this.parts.bar.help].filter(({ panel }) => !panel.hidden);
    for (const { toggle } of open) toggle(false);
    if (open.length) event.preventDefault();
  }

  /** @param {number} digit @param {KeyboardEvent} event */
  digit(digit, event) {
    event.preventDefault();
    const scenario = this.state.scenarios[digit - 1];
    if (digit === 0) this.use(this.state.step.scenario || "");
    else if (scenario) this.use(scenario.name);
    else this.tell(`There is no scenario ${digit}; there are ${this.state.scenarios.length}.`);
  }

  /** Draw a scenario, where a run is shown: a key that is hit too early gives nothing away. @param {string} name */
  use(name) {
    if (!this.content?.chart) return this.tell("Scenarios are drawn where a run is shown, on the steps that reveal and discuss.");
    this.content.chart.stop();
    this.state.set({ values: this.state.settingsOf(name), ...(this.state.step.kind === "reveal" ? { beat: 1 } : {}) });
  }

  again() {
    if (this.state.step.kind !== "reveal" || !this.content) return;
    this.beat = 0;
    this.model.set("beat", 0);
    this.content.show(0, true);
    this.model.save_changes();
  }

  /** @param {any} parameter @param {string} key @param {number} value */
  set(parameter, key, value) {
    const { [key]: _, ...others } = this.state.values;
    this.content?.chart?.stop();
    this.model.set("values", value === parameter.value ? others : { ...others, [key]: value });
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.model.save_changes(), TELL_AFTER_SLIDER);
  }

  toggleSliders() {
    if (!this.content?.chart) return this.tell("Sliders move a run, on the steps that reveal and discuss.");
    this.slidersOpen = !this.slidersOpen;
    this.show();
    if (this.slidersOpen) this.parts.desk.querySelector("input")?.focus();
  }

  toggleFull() {
    if (this.full.open) return this.full.leave();
    this.full.enter();
    this.parts.stage.focus({ preventScroll: true });
  }

  openNotes() {
    if (!this.state.hasNotes) return this.tell("There are no notes in this page.");
    this.notes?.close();
    this.notes = openNotes(this.model);
    if (!this.notes) this.tell("The browser has not opened a window for the notes. Allow windows of this page, or end another cell with presentation.notes.");
  }

  /** @param {string} words */
  tell(words) {
    this.parts.note.textContent = words;
  }

  /** Put on the stage what the state says. */
  show() {
    const { state } = this;
    const focused = this.full?.open || this.root.contains(document.activeElement);
    const changed = state.at !== this.place;
    if (changed) this.change();
    else this.content?.changed();
    const { beat, scenario } = state;
    const other = !changed && scenario !== null && scenario !== this.scenario && Boolean(this.content?.chart);
    this.scenario = scenario;
    if (changed || other || beat !== this.beat) {
      const first = this.beat === null;
      const moved = changed && !first && beat === 0;
      this.beat = beat;
      const shown = this.content?.show(beat, moved);
      const said = other ? this.content?.chart?.canvas.getAttribute("aria-label") || "" : shown;
      const begin = changed ? `Step ${state.at + 1} of ${state.steps.length}: ${state.step.title}` : other ? `Scenario: ${scenario || "as it is"}` : "";
      if (!first) this.parts.announcer.say(sentences(begin, said));
      this.tell("");
    }
    for (const [key, slider] of this.parts.sliders) slider.show(state.values[key] ?? this.state.page.parameters.find((/** @type {any} */ p) => p.key === key).value);
    const charted = Boolean(this.content?.chart);
    this.parts.desk.hidden = !(charted && this.slidersOpen);
    this.root.classList.toggle("cs-desk-open", charted && this.slidersOpen);
    this.parts.bar.show(charted, charted && this.slidersOpen, this.full.open);
    this.parts.scenarios.show(charted);
    this.count();
    this.darken();
    this.root.dataset.step = String(state.at + 1);
    this.root.dataset.beat = String(beat);
    if (focused) this.keepFocus();
  }

  /** The keys are heard as long as the focus is on the stage: what had it may be gone or hidden. */
  keepFocus() {
    const now = document.activeElement;
    if (!now || !this.root.contains(now) || now.closest("[hidden]")) this.parts.stage.focus({ preventScroll: true });
  }

  /** Another step is on the stage. */
  change() {
    const { state } = this;
    this.content?.close();
    this.place = state.at;
    this.slidersOpen = false;
    this.root.dataset.kind = state.step.kind;
    this.content = makeContent({ state, root: this.root, simulate: this.simulate, fault: this.fault });
    this.parts.main.replaceChildren(this.content.element);
    this.parts.title.textContent = state.step.title;
  }

  /** Say where the presentation stands, and where in a step that takes its time. */
  count() {
    const { at, steps, step, beat } = this.state;
    const within = beatTold(step, beat);
    this.parts.counter.textContent = [`${at + 1} / ${steps.length}`, within].filter(Boolean).join(" · ");
    this.parts.counter.setAttribute("aria-label", [`Step ${at + 1} of ${steps.length}`, within].filter(Boolean).join(", "));
  }

  darken() {
    const dark = this.state.black;
    if (dark === !this.parts.dark.hidden) return;
    this.parts.dark.hidden = !dark;
    if (dark) this.parts.dark.focus();
    else this.parts.stage.focus({ preventScroll: true });
  }

  /** Type, lines and pictures are as large as the stage allows. */
  resized() {
    const [wide, high] = [this.root.clientWidth, this.root.clientHeight];
    if (wide < 60) return;
    const open = this.full?.open ?? false;
    const fitting = open ? Math.min(wide / 620, high / 440) : Math.min(wide / 760, 1.6);
    this.root.style.setProperty("--cs-scale", String(Math.min(3.2, Math.max(wide < 600 ? 1.25 : 1.5, Math.round(fitting * 20) / 20))));
    this.parts.bar.show(Boolean(this.content?.chart), this.slidersOpen, open);
  }

  close() {
    this.quiet();
    clearTimeout(this.telling);
    this.sizes.disconnect();
    this.content?.close();
    this.notes?.close();
    this.full.close();
    this.root.remove();
  }
}

export default { render: renderPresenter };
