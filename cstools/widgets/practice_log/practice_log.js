// The practice log: days marked by hand, and their count, in this page's memory only.
//
// The count leaves the page when a learner copies it or downloads it, and in no other way. No
// streak is looked for: a missed day is only a missed day.
import { download, keepKeys, make, makeAnnouncer } from "../shared/elements.js";
import { makePrivateField, PageMemory, pageOf } from "../shared/page_memory.js";
import { countedByHand, countedDays, countInLine, countLine, daysSaid, nextMark } from "./count.js";
import { dayKey, daysShown, longDay, makeDayField } from "./days.js";
import { copied } from "../shared/table.js";
import { makeUndo } from "../shared/undo.js";

const logMemory = new PageMemory(() => ({ practice: null, marks: {}, before: { done: 0, days: 0 } }));

/** @param {{model: any, el: HTMLElement}} view */
export function renderPracticeLog({ model, el }) {
  const root = make("section", { class: "cs-widget cs-practice", "aria-label": "Practice log" });
  el.append(root);
  keepKeys(root);
  const log = new PracticeLog(pageOf(model), root);
  return () => log.close();
}

class PracticeLog {
  /** @param {any} page @param {HTMLElement} root */
  constructor(page, root) {
    this.page = page;
    this.root = root;
    this.memory = logMemory;
    /** @type {"week" | "month"} */
    this.span = "week";
    this.ago = 0;
    this.announcer = makeAnnouncer();
    this.undo = makeUndo();
    this.days = makeDayField((day) => this.mark(day));
    /** @type {any[]} */
    this.spans = [];
    this.begin();
    this.leave = this.memory.join((anew) => (anew ? this.begin() : this.show()));
  }

  close() {
    this.leave();
    this.root.remove();
  }

  get practice() {
    return this.memory.now.practice ?? this.page.practice;
  }

  get count() {
    return countedDays(this.memory.now.marks, this.memory.now.before);
  }

  begin() {
    const { kept, missed, study } = this.page;
    this.announcer = makeAnnouncer();
    this.undo = makeUndo();
    this.name = makePrivateField({ placeholder: "three breaths before class" });
    this.name.addEventListener("input", () => this.memory.change({ practice: this.name.value }));
    this.sum = make("p", { class: "cs-sum" });
    const help = make("p", { class: "cs-note" }, "Press a day once for done ●, twice for not done –, three times to empty it again. Empty days are not counted.");
    this.root.replaceChildren(
      make("div", { class: "cs-head" }, make("p", { class: "cs-title" }, "Practice log, for you alone"), this.clearing()),
      make("p", { class: "cs-note" }, kept),
      make("label", { class: "cs-practice-name" }, make("span", {}, "My practice"), this.name),
      this.calendar(), help, make("div", { class: "cs-counted" }, this.sum, make("p", {}, missed)),
      this.byHand(), this.takenAlong(), this.undo.box,
      make("details", {}, make("summary", {}, "About missed days"), make("p", { class: "cs-note" }, study)),
      this.announcer.element,
    );
    this.turn("week", 0);
  }

  /** @param {string} words @param {() => void} press @param {string | null} [label] */
  button(words, press, label = null) {
    const button = make("button", { type: "button", "aria-label": label }, words);
    button.addEventListener("click", press);
    return button;
  }

  /** Clearing asks once more: it cannot be undone, or it would not be gone. */
  clearing() {
    const clear = this.button("Clear", () => ask(true));
    const sure = this.button("Clear all", () => this.clear());
    const keep = this.button("Keep", () => ask(false));
    const asked = make("span", { class: "cs-sure", role: "group", "aria-label": "This cannot be undone" }, make("span", {}, "This cannot be undone."), sure, keep);
    const ask = (/** @type {boolean} */ open) => {
      clear.hidden = open;
      asked.hidden = !open;
      (open ? keep : clear).focus();
    };
    asked.hidden = true;
    return make("span", { class: "cs-clearing" }, clear, asked);
  }

  clear() {
    this.memory.forget();
    this.root.querySelector("button")?.focus();
    this.announcer.say("Cleared. Nothing is left of what you marked.");
  }

  calendar() {
    this.spans = ["week", "month"].map((span) => this.button(span === "week" ? "Week" : "Month", () => this.turn(/** @type {"week" | "month"} */ (span), 0)));
    this.when = make("p", { class: "cs-when" });
    this.later = this.button("›", () => this.turn(this.span, this.ago - 1), "Later");
    const earlier = this.button("‹", () => this.turn(this.span, this.ago + 1), "Earlier");
    const choice = make("span", { class: "cs-spans", role: "group", "aria-label": "Show" }, ...this.spans);
    const bar = make("div", { class: "cs-when-bar" }, choice, make("span", { class: "cs-travel" }, earlier, this.when, this.later));
    return make("div", { class: "cs-calendar" }, bar, this.days.element);
  }

  /** @param {"week" | "month"} span @param {number} ago how many of them before this one */
  turn(span, ago) {
    this.span = span;
    this.ago = ago;
    const today = new Date();
    const shown = daysShown(today, span, ago);
    this.days.lay(shown, today);
    this.when.textContent = shown.title;
    this.later.disabled = ago === 0;
    this.spans.forEach((/** @type {any} */ button, /** @type {number} */ at) => button.setAttribute("aria-pressed", String((at === 0) === (span === "week"))));
    this.show();
  }

  /** @param {Date} day */
  mark(day) {
    const { [dayKey(day)]: before, ...others } = this.memory.now.marks;
    const mark = nextMark(before);
    this.undo.tell(""); // what can be undone is only the last thing that was done
    this.memory.change({ marks: mark === undefined ? others : { ...others, [dayKey(day)]: mark } });
    this.announcer.say(`${longDay(day)}: ${mark ?? "no mark"}. ${daysSaid(this.count)}.`);
  }

  /** Days from before, or days that nobody wants to mark one by one. */
  byHand() {
    const step = (/** @type {"done" | "days"} */ which, /** @type {number} */ by) => () => {
      this.undo.tell("");
      this.memory.change({ before: countedByHand(this.memory.now.before, which, by) });
      this.announcer.say(`Days from before: ${daysSaid(this.memory.now.before)}.`);
    };
    const counter = (/** @type {"done" | "days"} */ which, /** @type {string} */ words, /** @type {any} */ number) => make(
      "span", { class: "cs-counter", role: "group", "aria-label": `Days from before, ${words}` }, make("span", {}, words),
      this.button("−", step(which, -1), `One less: ${words}`), number, this.button("+", step(which, 1), `One more: ${words}`),
    );
    this.handDone = make("span", { class: "cs-hand" });
    this.handDays = make("span", { class: "cs-hand" });
    const row = make("div", { class: "cs-hand-row" }, counter("done", "done", this.handDone), counter("days", "out of", this.handDays));
    return make("div", { class: "cs-by-hand" }, make("p", { class: "cs-part" }, "Days from before, without marking them (optional)"), row);
  }

  takenAlong() {
    this.line = make("p", { class: "cs-line", dir: "auto", translate: "no" });
    this.back = makePrivateField({ placeholder: "12 of 21 days", "aria-label": "A line from another day" });
    this.back.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Enter" && !event.isComposing) this.takeIn();
    });
    const copy = this.button("Copy", () => this.copy());
    const file = this.button("Download", () => this.keep());
    const take = this.button("Use this line", () => this.takeIn());
    return make(
      "div", { class: "cs-along" },
      make("p", { class: "cs-part" }, "Take your count with you"), make("div", { class: "cs-along-row" }, this.line, copy, file),
      make("p", { class: "cs-part" }, "Bring back a line from another day"), make("div", { class: "cs-along-row" }, this.back, take),
    );
  }

  async copy() {
    const done = await copied(countLine(this.practice, this.count));
    this.undo.tell(done ? "Copied. Paste it where you will find it again." : "This page may not copy. Select the line and copy it with Ctrl+C.");
  }

  /** The name of the file says nothing about the practice. */
  keep() {
    download("practice-log.txt", `${countLine(this.practice, this.count)}\n`);
    this.undo.tell("Offered as practice-log.txt. The file is yours to keep or to delete.");
  }

  takeIn() {
    const { practice, count, lesson } = countInLine(this.back.value);
    if (!count) {
      this.undo.tell(lesson || "");
      return;
    }
    const before = this.memory.now;
    this.memory.change({ practice: practice || before.practice, marks: {}, before: count });
    this.back.value = "";
    this.undo.tell(`Brought back: ${daysSaid(count)}. The calendar is empty again: mark only days that are not counted yet.`, () => this.memory.change(before));
  }

  show() {
    const { marks, before } = this.memory.now;
    if (this.name.value !== this.practice) this.name.value = this.practice;
    this.days.show(marks);
    this.sum.textContent = this.count.days ? `Done on ${daysSaid(this.count)}.` : "No day is marked yet.";
    this.handDone.textContent = String(before.done);
    this.handDays.textContent = String(before.days);
    this.line.textContent = countLine(this.practice, this.count);
  }
}

export default { render: renderPracticeLog };
