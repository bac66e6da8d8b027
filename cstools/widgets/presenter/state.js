// Where a presentation stands: step, beat, settings, the dark stage, the facilitator's clock.
// The stage and the notes, wherever they are shown, keep in step because both ask here.

/**
 * @typedef {{kind: string, title: string, minutes: number, notes: string, how: string,
 *   text?: string, question?: string, begins?: string, grid?: any, scenario?: string, shown?: string[],
 *   slowly?: boolean, said?: Record<string, string>, questions?: string[], map?: string,
 *   stages?: {title: string, chain: string[], said: string, svg: string}[], rest?: string}} PresentedStep
 * @typedef {{name: string, values: Record<string, number>}} PresentedScenario
 * @typedef {{running: boolean, at: number, total: number, step: number, spent: Record<string, number>}} PresentedClock
 */

const NAMES = ["step", "beat", "values", "sketches", "black", "clock", "answer"];

export class PresenterState {
  /** @param {any} model */
  constructor(model) {
    this.model = model;
    this.page = model.get("payload");
    /** @type {PresentedStep[]} */
    this.steps = this.page.presented;
    /** @type {PresentedScenario[]} */
    this.scenarios = this.page.scenarios;
  }

  /** The place of the step on the stage, from 0. */
  get at() {
    return Math.min(this.steps.length, Math.max(1, this.model.get("step"))) - 1;
  }

  get step() {
    return this.steps[this.at];
  }

  get beat() {
    return Math.min(beatsOf(this.step) - 1, Math.max(0, this.model.get("beat")));
  }

  /** @returns {Record<string, number>} */
  get values() {
    return this.model.get("values") || {};
  }

  /** Whether there is anything for the eyes of whoever presents; a page for participants has nothing. */
  get hasNotes() {
    return Boolean(this.page.notes) || this.steps.some(({ notes, how }) => notes || how);
  }

  get black() {
    return this.model.get("black") === true;
  }

  /** @returns {PresentedClock} */
  get clock() {
    return { running: false, at: 0, total: 0, step: this.at + 1, spent: {}, ...this.model.get("clock") };
  }

  /** @param {number} place @param {number} [beat] */
  go(place, beat = 0) {
    if (place < 0 || place >= this.steps.length) return;
    if (this.black) this.model.set("black", false);
    if (place !== this.at) {
      this.model.set("clock", wound({ ...this.clock }, Date.now(), place + 1));
      this.model.set("values", this.settingsOf(this.steps[place].scenario || ""));
      this.model.set("step", place + 1);
    }
    this.model.set("beat", beat);
    this.model.save_changes();
  }

  next() {
    if (this.black) return this.lighten();
    if (this.beat < beatsOf(this.step) - 1) this.go(this.at, this.beat + 1);
    else this.go(this.at + 1);
  }

  /** Leave out what is left of this step. */
  skip() {
    this.go(this.at + 1);
  }

  /** Whether there is more than one thing to leave out, and a step after it. */
  get canSkip() {
    return this.at < this.steps.length - 1 && this.step.kind === "loops" && this.beat < beatsOf(this.step) - 1;
  }

  back() {
    if (this.black) return this.lighten();
    if (this.beat > 0) this.go(this.at, this.beat - 1);
    else if (this.at > 0) this.go(this.at - 1, beatsOf(this.steps[this.at - 1]) - 1);
  }

  get isFirst() {
    return this.at === 0 && this.beat === 0;
  }

  get isLast() {
    return this.at === this.steps.length - 1 && this.beat === beatsOf(this.step) - 1;
  }

  lighten() {
    this.set({ black: !this.black });
  }

  /** Set some of what is shared, and tell the kernel. @param {Record<string, any>} state */
  set(state) {
    for (const [name, value] of Object.entries(state)) this.model.set(name, value);
    this.model.save_changes();
  }

  /** @param {string} name @returns {Record<string, number>} */
  settingsOf(name) {
    const found = this.scenarios.find((scenario) => scenario.name === name);
    return found ? { ...found.values } : {};
  }

  /** The scenario whose settings are on the stage; nothing where sliders made others. @returns {string | null} */
  get scenario() {
    if (sameSettings(this.values, {})) return "";
    return this.scenarios.find(({ values }) => sameSettings(values, this.values))?.name ?? null;
  }

  /** What the group drew for a variable, under the settings of a scenario. @param {string} key @param {string | null} scenario @returns {number[][]} */
  sketchOf(key, scenario) {
    return scenario === null ? [] : (this.model.get("sketches") || {})[sketchName(key, scenario)] || [];
  }

  toggleClock() {
    const clock = wound({ ...this.clock }, Date.now(), this.at + 1);
    this.set({ clock: { ...clock, running: !clock.running } });
  }

  resetClock() {
    this.set({ clock: { running: false, at: Date.now(), total: 0, step: this.at + 1, spent: {} } });
  }

  /** Milliseconds in all, and in the step on the stage. @returns {{total: number, step: number}} */
  elapsed() {
    const clock = wound({ ...this.clock }, Date.now(), this.at + 1);
    return { total: clock.total, step: clock.spent[String(this.at + 1)] || 0 };
  }

  /** Call once after any number of changes. @param {() => void} call @returns {() => void} what ends it */
  heard(call) {
    let waiting = false;
    let ended = false;
    const soon = () => {
      if (waiting) return;
      waiting = true;
      queueMicrotask(() => {
        waiting = false;
        if (!ended) call();
      });
    };
    for (const name of NAMES) this.model.on(`change:${name}`, soon);
    return () => {
      ended = true;
      for (const name of NAMES) this.model.off(`change:${name}`, soon);
    };
  }
}

/** How often "next" is pressed before a step is over. @param {PresentedStep} step @returns {number} */
export function beatsOf(step) {
  if (step.kind === "loops") return Math.max(1, (step.stages || []).length);
  if (step.kind === "discuss") return (step.questions || []).length + 1; // the sentence comes last
  return step.kind === "reveal" ? 2 : 1; // the curve, then the sentence
}

/** Where a step stands that takes its time: "loop 2 of 7". @param {PresentedStep} step @param {number} beat @returns {string} */
export function beatTold(step, beat) {
  const loops = (step.stages || []).filter(({ chain }) => chain.length).length;
  if (loops < 1 || beatsOf(step) < 2) return "";
  return beat < loops ? `loop ${beat + 1} of ${loops}` : "the whole map";
}

/** @param {string} key @param {string} scenario */
export function sketchName(key, scenario) {
  return scenario ? `${key}, ${scenario}` : key;
}

/** @param {Record<string, number>} one @param {Record<string, number>} other */
function sameSettings(one, other) {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/** Return the clock with the time that went by counted to the step it belongs to. @param {PresentedClock} clock @param {number} now @param {number} step @returns {PresentedClock} */
function wound(clock, now, step) {
  const gone = clock.running ? Math.max(0, now - clock.at) : 0;
  const spent = { ...clock.spent, [String(clock.step)]: (clock.spent[String(clock.step)] || 0) + gone };
  return { running: clock.running, at: now, total: clock.total + gone, step, spent };
}
