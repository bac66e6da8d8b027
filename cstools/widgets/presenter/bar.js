// What stands at the foot of the stage, and opens over it: moves, scenarios, steps, keys.
import { make, wantsGestures } from "../shared/elements.js";

const KEYS = [
  ["→  ↓  Space  Page Down", "next"],
  ["←  ↑  Page Up", "back"],
  ["Shift + →", "skip to the next step, past the loops that are left"],
  ["Home, End", "first step, last step"],
  ["1 to 9", "draw a scenario"],
  ["0", "back to the step's own run"],
  ["m", "the whole sentence, or the short one"],
  ["s", "sliders"],
  ["r", "draw the curve again, slowly"],
  ["b or .", "black out the stage"],
  ["l", "list of steps"],
  ["n", "notes, in a window of their own"],
  ["f", "fill the window, or leave it"],
  ["Escape", "leave"],
];

const TAPS = [
  ["Next, Back", "go on, or back"],
  ["Skip the other loops", "go to the next step"],
  ["Steps", "go to any step"],
  ["0 1 2 …", "draw a scenario, where a run is shown; 0 is the step’s own run"],
  ["Sliders", "change a number yourself"],
  ["Draw again", "draw the curve again, slowly"],
  ["Black out", "a dark stage; tap it to go on"],
  ["Notes", "your notes, in a window of their own"],
  ["Present", "fill the screen; Leave comes back"],
];

/**
 * @typedef {import("./state.js").PresenterState} PresenterState
 * @typedef {{full: () => void, notes: () => void, sliders: () => void, again: () => void, use: (name: string) => void}} StageDoors
 */

/** @param {PresenterState} state @param {StageDoors} doors */
export function makeStageBar(state, doors) {
  const back = stageButton("◀", "Back", () => state.back());
  const next = stageButton("▶", "Next", () => state.next());
  next.classList.add("cs-stage-onward");
  const full = make("button", { type: "button", class: "cs-stage-full" }, "Present");
  full.addEventListener("click", doors.full);
  const tool = (/** @type {string} */ words, /** @type {() => void} */ call) => {
    const button = make("button", { type: "button" }, words);
    button.addEventListener("click", call);
    return button;
  };
  const list = stagePanel("Steps", "cs-stage-list");
  const help = stagePanel("Help", "cs-stage-help");
  const told = (wantsGestures() ? TAPS : KEYS).filter(([name]) => !["n", "Notes"].includes(name) || state.hasNotes);
  help.body.append(make("dl", {}, ...told.flatMap(([name, does]) => [make("dt", {}, name), make("dd", {}, does)])));
  const items = state.steps.map((step, place) => {
    const go = tool(`${place + 1}. ${step.title}`, () => {
      list.toggle(false);
      state.go(place);
    });
    return go;
  });
  list.body.append(make("ol", { role: "list" }, ...items.map((item) => make("li", {}, item))));
  const steps = tool("Steps", () => list.toggle());
  const sliders = tool("Sliders", doors.sliders);
  const again = tool("Draw again", doors.again);
  const skip = tool("Skip the other loops", () => state.skip());
  const dark = tool("Black out", () => state.lighten());
  const ask = tool("Help", () => help.toggle());
  for (const [button, panel] of [[steps, list], [ask, help]]) panel.openedBy(button);
  const notes = state.hasNotes ? [tool("Notes", doors.notes)] : [];
  const tools = make("div", { class: "cs-stage-tools" }, skip, steps, again, sliders, dark, ...notes, ask);
  const bar = make("div", { class: "cs-stage-bar", role: "group", "aria-label": "Presenting" }, back, next, tools, full);
  const show = (/** @type {boolean} */ charted, /** @type {boolean} */ open, /** @type {boolean} */ isFull) => {
    back.setAttribute("aria-disabled", String(state.isFirst));
    next.setAttribute("aria-disabled", String(state.isLast));
    skip.hidden = !state.canSkip;
    sliders.hidden = again.hidden = !charted;
    again.hidden = state.step.kind !== "reveal";
    sliders.setAttribute("aria-expanded", String(open));
    full.textContent = isFull ? "Leave" : "Present";
    items.forEach((item, place) => (place === state.at ? item.setAttribute("aria-current", "step") : item.removeAttribute("aria-current")));
  };
  return { bar, show, list, help };
}

/** The scenarios, each with its key. @param {PresenterState} state @param {StageDoors} doors */
export function makeStageScenarios(state, doors) {
  const row = make("div", { class: "cs-stage-scenarios", role: "group", "aria-label": "Scenarios" });
  const own = ["0", "as it is", () => state.step.scenario || ""];
  const named = state.scenarios.map(({ name }, place) => [String(place + 1), name, () => name]);
  const buttons = [own, ...named].map(([key, words, name]) => {
    const button = make("button", { type: "button" }, make("kbd", {}, String(key)), ` ${words}`);
    button.addEventListener("click", () => doors.use(/** @type {() => string} */ (name)()));
    row.append(button);
    return { button, name: /** @type {() => string} */ (name), own: key === "0" };
  });
  const show = (/** @type {boolean} */ charted) => {
    row.hidden = !charted || !state.scenarios.length;
    for (const { button, name, own: first } of buttons) {
      const pressed = state.scenario === name() && (first || state.scenario !== (state.step.scenario || ""));
      button.setAttribute("aria-pressed", String(pressed));
    }
  };
  return { row, show };
}

/** @param {string} mark @param {string} words @param {() => void} call */
function stageButton(mark, words, call) {
  const button = make("button", { type: "button" }, make("span", { "aria-hidden": "true" }, mark), make("span", {}, words));
  button.addEventListener("click", call);
  return button;
}

/** A panel that opens over the stage. @param {string} title @param {string} kind */
function stagePanel(title, kind) {
  const shut = make("button", { type: "button", "aria-label": `Close: ${title}` }, "×");
  const body = make("div", {});
  const panel = make("div", { class: `cs-stage-panel ${kind}`, role: "group", "aria-label": title, hidden: "" }, make("div", { class: "cs-stage-panel-head" }, make("p", { class: "cs-title" }, title), shut), body);
  /** @type {any} */
  let opener = null;
  const toggle = (/** @type {boolean} */ open = panel.hidden) => {
    const inside = panel.contains(document.activeElement);
    panel.hidden = !open;
    opener?.setAttribute("aria-expanded", String(open));
    if (open) (panel.querySelector('[aria-current="step"]') || shut).focus();
    else if (inside) opener?.focus();
  };
  shut.addEventListener("click", () => toggle(false));
  const openedBy = (/** @type {any} */ button) => {
    opener = button;
    button.setAttribute("aria-expanded", "false");
  };
  return { panel, body, toggle, openedBy };
}
