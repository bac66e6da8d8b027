// The check-in: two minutes of noticing, one step at a time, each of which can be skipped.
//
// What is entered is in the page's memory only. The model is asked for its words, and told nothing.
import { makeBreath } from "./breath.js";
import { makeChoices, makeOwnWords } from "./choices.js";
import { keepKeys, make, makeAnnouncer } from "../shared/elements.js";
import { PageMemory, pageOf } from "../shared/page_memory.js";
import { speakAs, spoken } from "../shared/speech.js";

const checkInMemory = new PageMemory(() => ({ chosen: {}, own: {} }));

/** @param {{model: any, el: HTMLElement}} view */
export function renderCheckIn({ model, el }) {
  speakAs(model);
  const root = make("section", { class: "cs-widget cs-check-in", "aria-label": spoken("Check-in") });
  el.append(root);
  keepKeys(root);
  const checkIn = new CheckIn(pageOf(model), root);
  return () => checkIn.close();
}

class CheckIn {
  /** @param {any} page @param {HTMLElement} root */
  constructor(page, root) {
    this.page = page;
    this.root = root;
    this.memory = checkInMemory;
    this.at = 0;
    this.announcer = makeAnnouncer();
    /** @type {{element: any, show: () => void, close: () => void}} */
    this.panel = { element: null, show: () => {}, close: () => {} };
    this.begin();
    this.leave = this.memory.join((anew) => (anew ? this.begin() : this.panel.show()));
  }

  close() {
    this.panel.close();
    this.leave();
    this.root.remove();
  }

  begin() {
    const { steps, lead, kept, signpost } = this.page;
    this.announcer = makeAnnouncer();
    const clear = this.button(spoken("Clear"), () => this.clear());
    const head = make("div", { class: "cs-head" }, make("p", { class: "cs-title" }, spoken("Check-in, for you alone")), clear);
    this.doors = steps.map((/** @type {any} */ step, /** @type {number} */ at) => this.button(step.title, () => this.open(at, true)));
    const list = make("ol", { class: "cs-steps" }, ...this.doors.map((/** @type {any} */ door) => make("li", {}, door)));
    this.place = make("div", { class: "cs-panel" });
    this.back = this.button(spoken("Back"), () => this.open(this.at - 1, true));
    this.skip = this.button(spoken("Skip"), () => this.pass());
    this.next = this.button(spoken("Next"), () => this.open(this.at + 1, true));
    this.skipAll = this.button(spoken("Leave"), () => this.passAll());
    const ways = make("div", { class: "cs-ways" }, this.back, this.skip, this.next, this.skipAll);
    this.root.replaceChildren(
      head, make("p", { class: "cs-lead" }, lead), make("p", { class: "cs-note" }, kept),
      make("nav", { "aria-label": spoken("Steps of the check-in") }, list), this.place, ways,
      make("p", { class: "cs-note cs-signpost" }, signpost), this.announcer.element,
    );
    this.open(0, false);
  }

  /** @param {string} words @param {() => void} press */
  button(words, press) {
    const button = make("button", { type: "button" }, words);
    button.addEventListener("click", press);
    return button;
  }

  /** Show a step, or behind the last one the end. @param {number} at @param {boolean} moved whether somebody came here by hand */
  open(at, moved) {
    const { steps } = this.page;
    this.at = at;
    this.panel.close();
    const step = steps[at];
    const heading = make("h3", { class: "cs-question", tabindex: -1 }, step ? step.question : spoken("That is all."));
    const hint = step ? [make("p", { class: "cs-hint" }, step.hint)] : [];
    this.panel = step ? this.panelOf(step) : this.ending();
    this.place.replaceChildren(heading, ...hint, this.panel.element);
    this.doors.forEach((/** @type {any} */ door, /** @type {number} */ i) => {
      if (i === at) door.setAttribute("aria-current", "step");
      else door.removeAttribute("aria-current");
    });
    this.back.disabled = at === 0;
    this.next.textContent = at === steps.length - 1 ? spoken("Done") : spoken("Next");
    for (const way of [this.skip, this.next, this.skipAll]) way.hidden = !step;
    if (moved) heading.focus({ preventScroll: true });
  }

  /** @param {any} step */
  panelOf(step) {
    if (step.look === "breath") return makeBreath(this.page.paces);
    if (step.look === "words") return makeOwnWords(step.key, spoken("For you alone"), this.memory);
    return makeChoices(step, this.page.figure, this.memory);
  }

  /** Go on without this step; what was entered at it is let go of. */
  pass() {
    const { key } = this.page.steps[this.at];
    const { [key]: _chosen, ...chosen } = this.memory.now.chosen;
    const { [key]: _own, ...own } = this.memory.now.own;
    this.memory.change({ chosen, own });
    this.open(this.at + 1, true);
  }

  passAll() {
    this.memory.forget();
    this.open(this.page.steps.length, true);
  }

  clear() {
    this.memory.forget();
    this.root.querySelector("button")?.focus();
    this.announcer.say(spoken("Cleared. Nothing is left of what you entered."));
  }

  /** What was noticed, said back in the same words, and judged by nobody. */
  ending() {
    const list = make("dl", { class: "cs-noticed-list" });
    const none = make("p", {}, spoken("You entered nothing. That is fine."));
    const element = make("div", { class: "cs-ending" }, list, none, make("p", { class: "cs-hint" }, spoken("Read on below when you like.")));
    const show = () => {
      const rows = this.page.steps.map((/** @type {any} */ step) => [step.title, this.noticed(step.key)]).filter((/** @type {string[]} */ row) => row[1]);
      list.replaceChildren(...rows.flatMap((/** @type {string[]} */ row) => [make("dt", {}, row[0]), make("dd", { dir: "auto", translate: "no" }, row[1])]));
      list.hidden = rows.length === 0;
      none.hidden = rows.length > 0;
    };
    show();
    return { element, show, close: () => {} };
  }

  /** @param {string} key */
  noticed(key) {
    const { chosen, own } = this.memory.now;
    return [...(chosen[key] || []), (own[key] || "").trim()].filter((word) => word).join(", ");
  }
}

export default { render: renderCheckIn };
