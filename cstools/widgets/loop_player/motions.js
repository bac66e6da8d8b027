// The other side of the loop player: a variable is pressed, and the map moves in one of five ways.
import { make } from "../shared/elements.js";
import { makePlayerChoice, makePlayerSwitch } from "./controls.js";
import { opened } from "./story.js";
import { motionTable, standSentence } from "./tables.js";

const PATIENCE_FOR_ANSWER = 8000; // milliseconds; after that, perhaps nobody is there to answer

export class MotionPanel {
  /** @param {any} page @param {any} model @param {(changes: Record<string, any>) => void} change */
  constructor(page, model, change) {
    this.page = page;
    this.model = model;
    this.change = change;
    this.names = page.variables.map((/** @type {any} */ own) => own.label);
    /** @type {Map<string, any>} */
    this.answers = new Map();
    for (const answer of model.get("kept") || []) this.keep(answer);
    this.what = makePlayerChoice("Push", (pressed) => this.choose(pressed));
    this.upward = makePlayerSwitch("Push it", (value) => change({ pressed_up: value === "more" }));
    this.how = makePlayerChoice("Work it out as", (way) => change({ way }));
    this.term = make("small", {});
    this.asked = make("span", {});
    this.row = make("div", { class: "cs-player-row" }, this.what.box, this.upward.row, make("div", { class: "cs-player-how" }, this.how.box, this.term));
    this.alone = make("p", { class: "cs-note" });
    this.choices = make("div", { class: "cs-player-choices" }, this.row, make("p", { class: "cs-player-asked" }, make("strong", {}, "What it answers. "), this.asked), this.alone);
    this.shown = "";
    this.table = make("div", { class: "cs-player-answer" });
    this.wide = make("div", { class: "cs-player-wide" });
  }

  close() {
    clearTimeout(this.waiting);
  }

  /** @param {any} answer */
  keep(answer) {
    if (answer && answer.pressed) this.answers.set(answerKey(answer.pressed, answer.up), answer);
  }

  get pressed() {
    const name = this.model.get("pressed");
    return { name: this.names.includes(name) ? name : this.names[0], up: this.model.get("pressed_up") };
  }

  get answer() {
    const { name, up } = this.pressed;
    return this.answers.get(answerKey(name, up));
  }

  /** Whether anything can be pushed here: somebody can be asked, or it was asked before. */
  get hasAnswers() {
    this.keep(this.model.get("answer"));
    return this.model.get("alone") !== true || this.answers.size > 0;
  }

  /** What the chosen way says, or nothing yet. @returns {import("./tables.js").WayAnswer | undefined} */
  get found() {
    return this.answer?.ways[this.model.get("way")];
  }

  get last() {
    return Math.max(0, (this.found?.shares?.length || 1) - 1);
  }

  /** @param {string} pressed */
  choose(pressed) {
    if (!this.canAsk(pressed)) return;
    const up = this.canAsk(pressed, this.pressed.up) ? this.pressed.up : !this.pressed.up;
    this.change({ pressed, pressed_up: up });
  }

  /** Whether there is an answer, or a kernel to ask. @param {string} pressed @param {boolean} [up] */
  canAsk(pressed, up) {
    if (this.model.get("alone") !== true) return true;
    return (up === undefined ? [true, false] : [up]).some((way) => this.answers.has(answerKey(pressed, way)));
  }

  /** @param {boolean} shown */
  show(shown) {
    this.keep(this.model.get("answer"));
    this.choices.hidden = this.table.hidden = !shown;
    this.wide.hidden = !shown || this.model.get("way") !== "compare";
    if (!shown) return;
    const { name, up } = this.pressed;
    const offered = this.names.filter((/** @type {string} */ own) => this.canAsk(own));
    this.what.show(offered.map((/** @type {string} */ own) => ({ value: own, label: own })), name);
    const variable = this.page.variables.find((/** @type {any} */ own) => own.label === name);
    const ways = [{ value: "more", label: `▲ ${variable.more}`, up: true }, { value: "less", label: `▼ ${variable.less}`, up: false }];
    this.upward.show(ways.filter((own) => this.canAsk(name, own.up)), up ? "more" : "less");
    this.how.box.hidden = this.model.get("way") === "compare";
    const moving = this.page.ways.filter((/** @type {any} */ own) => !["story", "compare"].includes(own.name));
    this.how.show(moving.map((/** @type {any} */ own) => ({ value: own.name, label: own.label })), this.model.get("way"));
    const { term, answers } = wayTold(this.page, this.model.get("way"));
    this.term.textContent = term && `The field calls it: ${term}.`;
    this.asked.textContent = answers;
    const some = offered.length < this.names.length;
    this.alone.textContent = some ? "This page stands alone and shows what was reckoned before it was saved. To push another variable, open the notebook." : "";
    this.waitForAnswer();
  }

  /** Say so, when nobody answers. */
  waitForAnswer() {
    clearTimeout(this.waiting);
    if (this.answer) return;
    this.waiting = setTimeout(() => {
      if (!this.answer) this.alone.textContent = "No answer yet. A large map takes its time; if the kernel is not running, run the cell again.";
    }, PATIENCE_FOR_ANSWER);
  }

  /** @param {number} step @param {import("./stage.js").LoopStage} stage */
  showStep(step, stage) {
    const { found } = this;
    const key = this.page.variables.find((/** @type {any} */ own) => own.label === this.pressed.name)?.key;
    /** @type {Map<string, import("./stage.js").Badge>} */
    const badges = new Map();
    this.page.variables.forEach((/** @type {any} */ own, /** @type {number} */ at) => {
      if (!found) return;
      const [size, mark] = found.badges ? found.badges[at] : [(found.shares || [])[step][at], ""];
      const still = Math.abs(size) <= 0.0005;
      badges.set(own.key, { size: still ? 0 : size, mark: still ? mark || "=" : "", held: own.key === key });
    });
    stage.showStands(badges, key);
    this.showTable(step);
  }

  /** @param {number} step */
  showTable(step) {
    const { found } = this;
    const way = this.model.get("way");
    const caption = `${opened(this.pressedWords())}: ${way === "compare" ? "where does each variable go?" : wayTold(this.page, way).label}`;
    const now = JSON.stringify([caption, step, Boolean(found)]);
    if (now === this.shown) return;
    this.shown = now;
    const place = way === "compare" ? this.wide : this.table;
    const old = place.querySelector(".cs-player-table");
    if (found && old && old.getAttribute("aria-label") === caption) {
      // Another step of the same motion: who scrolled the table, or stands in it, stays there.
      old.replaceChildren(...motionTable(found, this.names, step, caption).childNodes);
      return;
    }
    this.table.replaceChildren();
    this.wide.replaceChildren();
    if (!found) return;
    if (place === this.wide) place.append(make("p", { class: "cs-note cs-player-more" }, "This table goes on to the right: move it sideways."));
    place.append(motionTable(found, this.names, step, caption));
    const lines = found.lines.map((line) => make("p", {}, line));
    if (found.shares) this.table.append(make("p", { class: "cs-player-all" }, "Over all steps"), ...lines);
    else this.table.append(...lines.slice(1));
  }

  pressedWords() {
    const { name, up } = this.pressed;
    const variable = this.page.variables.find((/** @type {any} */ own) => own.label === name);
    return variable ? (up ? variable.more : variable.less) : name;
  }

  /** @param {number} step */
  words(step) {
    const { answer, found } = this;
    if (answer?.error) return { said: answer.error, beside: "" };
    if (!found) return { said: `Asking what ${this.pressedWords()} sets going …`, beside: "" };
    if (found.shares) return { said: standSentence(found, this.names, step), beside: "" };
    return { said: found.lines[0], beside: "" };
  }
}

/** @param {string} pressed @param {boolean} up */
function answerKey(pressed, up) {
  return `${up ? "+" : "-"} ${pressed}`;
}

/** @param {any} page @param {string} name @returns {{label: string, term: string, answers: string, is_not: string, assumes: string}} */
export function wayTold(page, name) {
  return page.ways.find((/** @type {any} */ own) => own.name === name) || page.ways[0];
}
