// The notes of whoever presents: in a window of their own or in another cell, in step with the stage.
import { keepKeys, make } from "../shared/elements.js";
import { hearClicker, moveBy } from "./keys.js";
import { beatTold, PresenterState } from "./state.js";
import { paragraphs } from "./text.js";

const WINDOW = "popup,width=560,height=820";

/** @param {{model: any, el: HTMLElement}} view @returns {() => void} */
export function renderNotes({ model, el }) {
  const state = new PresenterState(model);
  const root = make("section", { class: "cs-widget cs-notes-for-presenter", "aria-label": "Notes for whoever presents" });
  el.append(root);
  keepKeys(root);
  const button = (/** @type {string} */ words, /** @type {() => void} */ call) => {
    const made = make("button", { type: "button" }, words);
    made.addEventListener("click", call);
    return made;
  };
  const time = make("p", { class: "cs-notes-time" });
  const go = button("Start the clock", () => state.toggleClock());
  const zero = button("Set it to zero", () => state.resetClock());
  const where = make("p", { class: "cs-notes-where", role: "status" });
  const body = make("div", { class: "cs-notes-body" });
  const coming = make("p", { class: "cs-note cs-notes-next" });
  const back = button("◀ Back", () => state.back());
  const next = button("Next ▶", () => state.next());
  const dark = button("Black out", () => state.lighten());
  const whole = make("details", { class: "cs-notes-whole" }, make("summary", {}, "About the whole"), ...paragraphs(state.page.notes || ""));
  whole.open = state.at === 0;
  root.append(make("div", { class: "cs-notes-clock" }, time, go, zero), where, body, coming, make("div", { class: "cs-notes-moves" }, back, next, dark), ...(state.page.notes ? [whole] : []), stepList(state));
  hearClicker(root, state);
  root.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => moveBy(event, state));

  const tick = () => {
    const { total, step } = state.elapsed();
    const planned = state.steps.reduce((sum, one) => sum + one.minutes, 0);
    const { minutes } = state.step;
    time.textContent = `This step ${clockOf(step)}${minutes ? ` of ${minutes} min` : ""} · in all ${clockOf(total)}${planned ? ` of ${planned} min` : ""}`;
    time.classList.toggle("cs-late", minutes > 0 && step > minutes * 60_000);
    go.textContent = state.clock.running ? "Stop the clock" : "Start the clock";
  };
  const show = () => {
    const { step, at, steps, beat } = state;
    const within = beatTold(step, beat);
    where.textContent = `${at + 1} of ${steps.length}: ${step.title}${within && `, ${within}`}${state.black ? " (the stage is dark)" : ""}`;
    body.replaceChildren(...paragraphs(step.notes || step.how), ...onStage(step, beat));
    const after = steps[at + 1];
    coming.textContent = after ? `Next: ${after.title}` : "This is the last step.";
    back.disabled = state.isFirst;
    next.disabled = state.isLast;
    dark.setAttribute("aria-pressed", String(state.black));
    for (const [place, item] of [...root.querySelectorAll(".cs-notes-steps li")].entries()) item.classList.toggle("cs-now", place === at);
    tick();
  };
  const quiet = state.heard(show);
  const ticking = setInterval(tick, 500);
  show();
  return () => {
    quiet();
    clearInterval(ticking);
    root.remove();
  };
}

/** What whoever presents wants to know ahead: the question, and what the run will say. @param {import("./state.js").PresentedStep} step @param {number} beat */
function onStage(step, beat) {
  const told = [step.question, step.said?.[step.scenario || ""], (step.stages || [])[beat]?.title];
  return told.flatMap((words) => words || []).map((words) => make("p", { class: "cs-notes-quoted" }, words));
}

/** @param {PresenterState} state */
function stepList(state) {
  const items = state.steps.map((step, place) => {
    const go = make("button", { type: "button" }, step.title);
    go.addEventListener("click", () => state.go(place));
    return make("li", {}, go, step.minutes ? ` ${step.minutes} min` : "");
  });
  return make("ol", { class: "cs-notes-steps", "aria-label": "Steps" }, ...items);
}

/** @param {number} milliseconds */
function clockOf(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * Open the notes in a window of their own, with the look of this page.
 * @param {any} model
 * @returns {{close: () => void} | null} nothing where the browser allows no window
 */
export function openNotes(model) {
  const own = window.open("", "", WINDOW);
  if (!own) return null;
  const { document: there } = own;
  there.title = `Notes: ${model.get("payload").name}`;
  there.documentElement.lang = document.documentElement.lang || "en";
  const light = document.body.dataset.jpThemeLight;
  if (light) there.body.dataset.jpThemeLight = light;
  for (const style of document.querySelectorAll("style")) {
    if (style.textContent?.includes(".cs-notes-for-presenter")) there.head.append(there.importNode(style, true));
  }
  there.body.className = "cs-notes-window";
  const close = renderNotes({ model, el: there.body });
  const end = () => {
    window.removeEventListener("pagehide", end);
    close();
    own.close();
  };
  own.addEventListener("pagehide", close);
  window.addEventListener("pagehide", end);
  return { close: end };
}

export default { render: renderNotes };
