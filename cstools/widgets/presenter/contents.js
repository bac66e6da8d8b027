// What a step puts on the stage: words, a grid to draw on, a run, a map loop by loop, questions.
import { make } from "../shared/elements.js";
import { StageChart } from "./chart.js";
import { atAGlance, StageSentence } from "./glance.js";
import { makeStageMap } from "./stage_map.js";
import { sketchName } from "./state.js";
import { paragraphs, sentences } from "./text.js";
import { inShort } from "../shared/said.js";
import { renderSketch } from "../sketch/sketch.js";

/**
 * @typedef {import("./state.js").PresenterState} PresenterState
 * @typedef {{state: PresenterState, root: HTMLElement, simulate: Function | null, fault: string}} StageView
 * @typedef {{element: HTMLElement, show: (beat: number, moved: boolean) => string, changed: () => void, close: () => void, chart?: StageChart | null, more?: () => void}} StageContent
 */

/** Return what the step on the stage shows. @param {StageView} view @returns {StageContent} */
export function makeContent(view) {
  const { kind } = view.state.step;
  if (kind === "predict") return predictContent(view);
  if (kind === "reveal") return revealContent(view);
  if (kind === "loops") return loopsContent(view);
  return kind === "discuss" ? discussContent(view) : tellContent(view);
}

/** @param {StageView} view @returns {StageContent} */
function tellContent({ state }) {
  const text = state.step.text || "";
  const element = make("div", { class: "cs-stage-words" }, ...paragraphs(text));
  return { element, show: () => text, changed: () => {}, close: () => {} };
}

/** What the group's sketch talks to: its grid, and its points, which lie with the presentation. */
class SketchOnStage {
  /** @param {PresenterState} state */
  constructor(state) {
    const { grid, scenario, shown } = state.step;
    this.state = state;
    this.grid = grid;
    this.scenario = scenario || "";
    this.key = (shown || [])[0];
    /** @type {Set<() => void>} */
    this.calls = new Set();
  }

  /** @param {string} name */
  get(name) {
    if (name === "points") return this.state.sketchOf(this.key, this.scenario);
    return name === "payload" ? this.grid : this.state.model.get(name);
  }

  /** @param {string} name @param {any} value */
  set(name, value) {
    if (name !== "points") return;
    const all = this.state.model.get("sketches") || {};
    this.state.model.set("sketches", { ...all, [sketchName(this.key, this.scenario)]: value });
  }

  save_changes() {
    this.state.model.save_changes();
  }

  /** Only points change here; the grid is the step's. @param {string} what @param {() => void} call */
  on(what, call) {
    if (what === "change:points") this.calls.add(call);
  }

  /** @param {string} _ @param {() => void} call */
  off(_, call) {
    this.calls.delete(call);
  }
}

/** @param {StageView} view @returns {StageContent} */
function predictContent({ state }) {
  const question = state.step.question || "";
  const place = make("div", { class: "cs-stage-sketch" });
  const element = make("div", { class: "cs-stage-predict" }, make("p", { class: "cs-stage-question" }, question), place);
  const model = new SketchOnStage(state);
  const close = renderSketch({ model, el: place });
  return { element, show: () => question, changed: () => model.calls.forEach((call) => call()), close };
}

/** @param {StageView} view @returns {StageContent} */
function revealContent(view) {
  const { state } = view;
  const sentence = new StageSentence();
  const chart = chartOf(view);
  const text = state.step.text ? [make("p", { class: "cs-stage-question" }, state.step.text)] : [];
  const element = make("div", { class: "cs-stage-reveal" }, ...text, chart ? chart.element : make("p", { class: "cs-note" }, view.fault), sentence.element);
  let beat = 0;
  const say = () => {
    const words = sentenceOf(state, chart);
    const seen = sentence.say(words, glanceOf(chart));
    sentence.show(beat > 0);
    chart?.name(beat < 1 ? `${(state.step.shown || []).join(", ")} over time` : words);
    return beat < 1 ? state.step.text || "" : seen;
  };
  const show = (/** @type {number} */ now, /** @type {boolean} */ moved) => {
    beat = now;
    if (beat === 0 && moved && state.step.slowly) chart?.slowly(() => {});
    else chart?.stop();
    return say();
  };
  const changed = () => {
    chart?.take();
    say();
  };
  return { element, show, changed, close: () => chart?.close(), chart, more: () => sentence.toggle() };
}

/** @param {StageView} view @returns {StageContent} */
function discussContent(view) {
  const { state } = view;
  const figure = state.step.map ? makeStageMap(state.step.map, "The whole map").figure : null;
  const chart = figure ? null : chartOf(view);
  const sentence = new StageSentence();
  const list = make("ol", { class: "cs-stage-questions" }, ...(state.step.questions || []).map((question) => make("li", {}, question)));
  const element = make("div", { class: "cs-stage-discuss" }, list, make("div", { class: "cs-stage-beside" }, figure ? figure : chart ? chart.element : make("p", { class: "cs-note" }, view.fault), sentence.element));
  let beat = 0;
  const say = () => {
    const words = sentenceOf(state, chart);
    const last = beat >= list.children.length;
    const seen = sentence.say(words, glanceOf(chart));
    sentence.show(last);
    chart?.name(words);
    return last ? seen : (state.step.questions || [])[beat];
  };
  const show = (/** @type {number} */ now) => {
    beat = now;
    [...list.children].forEach((item, place) => {
      item.hidden = place > beat;
      item.classList.toggle("cs-now", place === beat);
    });
    return say();
  };
  const changed = () => {
    chart?.take();
    say();
  };
  return { element, show, changed, close: () => chart?.close(), chart, more: () => sentence.toggle() };
}

/** @param {StageView} view @returns {StageContent} */
function loopsContent({ state }) {
  const stages = state.step.stages || [];
  const map = makeStageMap("", "Map");
  const heading = make("p", { class: "cs-stage-question" });
  const chain = make("ol", { class: "cs-stage-chain", role: "list" });
  const said = make("p", { class: "cs-stage-said" });
  const element = make("div", { class: "cs-stage-loops" }, map.figure, make("div", { class: "cs-stage-telling" }, heading, chain, said));
  const show = (/** @type {number} */ beat) => {
    const stage = stages[beat];
    map.draw(stage.svg, `Map, ${stage.title}`, true);
    heading.textContent = stage.title;
    chain.replaceChildren(...stage.chain.map((/** @type {string} */ words, /** @type {number} */ place) => make("li", {}, `${place ? "→ " : ""}${words}`)));
    said.textContent = beat === stages.length - 1 && state.step.rest ? `${stage.said} ${state.step.rest}` : stage.said;
    return sentences(stage.title, stage.chain.join(" → "), said.textContent || "");
  };
  return { element, show, changed: () => {}, close: () => {} };
}

/** @param {StageView} view @returns {StageChart | null} */
function chartOf({ state, root, simulate }) {
  return simulate ? new StageChart(state, simulate, root) : null;
}

/** Return the sentence of the run on the stage; a short one where nobody has written it. @param {PresenterState} state @param {StageChart | null} chart @returns {string} */
function sentenceOf(state, chart) {
  const { step, scenario } = state;
  if (scenario !== null && step.said) return step.said[scenario] || "";
  const answer = state.model.get("answer") || {};
  const fresh = answer.sentence && JSON.stringify(answer.values) === JSON.stringify(state.values);
  if (fresh) return answer.sentence;
  return chart ? `In short: ${inShort(chart.now, chart.columns(), state.page.timeUnits)}` : "";
}

/** @param {StageChart | null} chart @returns {string} */
function glanceOf(chart) {
  return chart ? atAGlance(chart.now, chart.columns()) : "";
}
