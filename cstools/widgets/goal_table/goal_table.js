// A table of goals: choose some of the seventeen, score each pair, and see sums, loops and a map.
import { keepKeys, make, makeAnnouncer } from "../shared/elements.js";
import { makeUndo } from "../shared/undo.js";

// Python draws a map in a second or so: it is told of a score when the hand has rested this long.
const REST = 600;

/** @param {{model: any, el: HTMLElement}} view */
export function renderGoalTable({ model, el }) {
  const root = make("section", { class: "cs-widget cs-goals", "aria-label": "How goals act on each other" });
  el.append(root);
  keepKeys(root);
  const table = new GoalTable(model, root);
  return () => table.close();
}

/** A score with its sign, as print has it. @param {number} score */
export function signedScore(score) {
  return score > 0 ? `+${score}` : score < 0 ? `−${-score}` : "0";
}

/** What sentences and a map belong to: the same words as Python's. @param {number[]} goals @param {Record<string, number>} scores */
export function keyOfScores(goals, scores) {
  const pairs = goals.flatMap((a) => goals.filter((b) => b !== a).map((b) => `${a},${b}`));
  return [...goals, "|", ...pairs.map((pair) => `${pair}:${scores[pair] || 0}`)].join(" ");
}

class GoalTable {
  /** @param {any} model @param {HTMLElement} root */
  constructor(model, root) {
    this.model = model;
    this.root = root;
    const { titles, scale, most } = model.get("payload");
    /** @type {Record<string, string>} */
    this.titles = titles;
    /** @type {[number, string, string][]} */
    this.scale = scale;
    this.most = most;
    this.announcer = makeAnnouncer();
    this.undo = makeUndo();
    /** The goals of the table that is laid out, and the map that is drawn. */
    this.laid = "none";
    this.drawn = "";
    this.waiting = 0;
    this.heard = () => this.show();
    this.hears = () => this.tell();
    for (const name of ["goals", "scores"]) model.on(`change:${name}`, this.heard);
    model.on("change:told", this.hears);
    this.begin();
  }

  close() {
    if (this.waiting) this.save();
    for (const name of ["goals", "scores"]) this.model.off(`change:${name}`, this.heard);
    this.model.off("change:told", this.hears);
    this.root.remove();
  }

  get goals() {
    return /** @type {number[]} */ (this.model.get("goals"));
  }

  get scores() {
    return /** @type {Record<string, number>} */ (this.model.get("scores"));
  }

  begin() {
    const numbers = Object.keys(this.titles).map(Number);
    this.buttons = new Map(numbers.map((goal) => [goal, this.goalButton(goal)]));
    this.many = make("span", { class: "cs-note" });
    const group = make("div", { class: "cs-goal-list", role: "group", "aria-label": "The seventeen goals" }, ...this.buttons.values());
    this.choosing = make("details", {}, make("summary", {}, "Choose your goals", " ", this.many), group);
    this.choosing.open = this.goals.length < 2;
    this.place = make("div", { class: "cs-goal-table", tabindex: "-1" });
    this.sentence = make("p", { class: "cs-said" });
    this.drawing = make("div", { class: "cs-goal-map" });
    this.follows = make("div", { class: "cs-follows" }, this.sentence, this.drawing);
    const again = make("button", { type: "button" }, "Set all scores to 0");
    again.addEventListener("click", () => this.empty());
    this.again = again;
    this.root.replaceChildren(
      this.choosing, this.place, make("div", { class: "cs-row" }, again, this.undo.box),
      this.meanings(), this.follows, this.announcer.element,
    );
    this.show();
  }

  meanings() {
    const rows = this.scale.map(([score, name, words]) => make("li", {}, make("b", {}, `${signedScore(score)} ${name}`), `: ${words}`));
    return make("details", {}, make("summary", {}, "What the scores mean"), make("ul", { class: "cs-scale" }, ...rows));
  }

  /** @param {number} goal */
  goalButton(goal) {
    const button = make("button", { type: "button", class: "cs-goal", "aria-pressed": "false" }, make("b", {}, String(goal)), ` ${this.titles[goal]}`);
    button.addEventListener("click", () => this.choose(goal));
    return button;
  }

  /** @param {number} goal */
  choose(goal) {
    const had = this.goals.includes(goal);
    if (!had && this.goals.length >= this.most) {
      this.announcer.say(`${this.most} goals are chosen already; leave one out first.`);
      return;
    }
    const chosen = had ? this.goals.filter((other) => other !== goal) : [...this.goals, goal].sort((a, b) => a - b);
    this.undo.tell("");
    this.keep({ goals: chosen });
    this.announcer.say(`${this.titles[goal]} ${had ? "left out" : "chosen"}. ${this.count()}`);
  }

  count() {
    return `${this.goals.length} of at most ${this.most} chosen.`;
  }

  /** @param {string} pair @param {number} score */
  score(pair, score) {
    const [cause, effect] = pair.split(",");
    this.undo.tell("");
    this.keep({ scores: { ...this.scores, [pair]: score } });
    this.announcer.say(`${this.titles[cause]} on ${this.titles[effect]}: ${signedScore(score)}.`);
  }

  empty() {
    const before = this.scores;
    this.keep({ scores: {} });
    this.undo.tell("All scores are 0.", () => this.keep({ scores: before }));
  }

  /** @param {Record<string, any>} now */
  keep(now) {
    for (const [name, value] of Object.entries(now)) this.model.set(name, value);
    window.clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => this.save(), REST);
    this.show();
  }

  save() {
    window.clearTimeout(this.waiting);
    this.waiting = 0;
    this.model.save_changes();
  }

  show() {
    const { goals } = this;
    for (const [goal, button] of this.buttons || []) {
      const on = goals.includes(goal);
      button.setAttribute("aria-pressed", String(on));
      button.setAttribute("aria-disabled", String(!on && goals.length >= this.most));
    }
    this.many.textContent = `(${this.count()})`;
    const laid = goals.join(",");
    if (laid !== this.laid) this.lay();
    this.laid = laid;
    this.again.hidden = goals.length < 2;
    this.fill();
    this.tell();
  }

  /** The table anew, for other goals; while they stay, only its numbers change, and the focus stays. */
  lay() {
    const { goals } = this;
    /** @type {Map<string, any>} */
    this.selects = new Map();
    /** @type {Map<string, any>} */
    this.sums = new Map();
    if (goals.length < 2) {
      this.place.replaceChildren(make("p", { class: "cs-note" }, "Choose two goals at least; four to six are enough to be surprised."));
      return;
    }
    const heads = goals.map((goal) => make("th", { scope: "col", role: "columnheader" }, make("span", { class: "cs-on" }, "on "), make("b", {}, String(goal)), make("span", { class: "cs-wide" }, ` ${this.titles[goal]}`)));
    const head = make("tr", { role: "row" }, make("td", { class: "cs-corner", role: "cell" }), ...heads, make("th", { scope: "col", role: "columnheader", class: "cs-total" }, "gives"));
    const rows = goals.map((goal) => this.row(goal));
    const gets = goals.map((goal) => this.sum(`gets ${goal}`));
    const last = make("tr", { role: "row", class: "cs-total" }, make("th", { scope: "row", role: "rowheader" }, "gets"), ...gets, make("td", { role: "cell" }));
    const caption = make("caption", {}, "More of the goal in a row: what does it do to the goal in a column, here, at once?");
    const parts = [caption, make("thead", { role: "rowgroup" }, head), make("tbody", { role: "rowgroup" }, ...rows, last)];
    this.place.replaceChildren(make("table", { role: "table", style: `--cs-columns: ${goals.length}` }, ...parts));
  }

  /** @param {number} goal */
  row(goal) {
    const cells = this.goals.map((other) => (other === goal ? make("td", { role: "cell", class: "cs-self" }, make("span", { "aria-hidden": "true" }, "·")) : make("td", { role: "cell" }, this.select(goal, other))));
    const title = make("th", { scope: "row", role: "rowheader" }, make("b", {}, String(goal)), ` ${this.titles[goal]}`);
    return make("tr", { role: "row" }, title, ...cells, this.sum(`gives ${goal}`));
  }

  /** @param {string} name */
  sum(name) {
    const cell = make("td", { role: "cell", class: "cs-total" });
    this.sums?.set(name, cell);
    return cell;
  }

  /** @param {number} cause @param {number} effect */
  select(cause, effect) {
    const options = this.scale.map(([score]) => make("option", { value: score }, signedScore(score)));
    const select = make("select", { "aria-label": `${this.titles[cause]} on ${this.titles[effect]}` }, ...options);
    const pair = `${cause},${effect}`;
    select.addEventListener("change", () => this.score(pair, Number(select.value)));
    this.selects?.set(pair, select);
    return select;
  }

  fill() {
    const at = (/** @type {number} */ a, /** @type {number} */ b) => (a === b ? 0 : this.scores[`${a},${b}`] || 0);
    for (const [pair, select] of this.selects || []) {
      const score = this.scores[pair] || 0;
      if (Number(select.value) !== score) select.value = String(score);
      select.dataset.sign = score > 0 ? "+" : score < 0 ? "−" : "0";
    }
    const put = (/** @type {string} */ name, /** @type {number[]} */ terms) => {
      const cell = this.sums?.get(name);
      if (cell) cell.textContent = signedScore(terms.reduce((sum, term) => sum + term, 0));
    };
    for (const goal of this.goals) {
      put(`gives ${goal}`, this.goals.map((other) => at(goal, other)));
      put(`gets ${goal}`, this.goals.map((other) => at(other, goal)));
    }
  }

  /** What follows is found by Python; until it is about this table, the last of it is paler. */
  tell() {
    const told = this.model.get("told") || {};
    const fits = told.of === keyOfScores(this.goals, this.scores);
    const alone = Boolean(this.model.get("alone"));
    this.follows.setAttribute("aria-busy", String(!fits && !alone));
    if (!fits) {
      if (alone) this.sentence.textContent = "The loops and the map are found in the notebook; this page adds up the scores.";
      this.drawing.hidden = this.drawing.hidden || alone || this.goals.length < 2;
      return;
    }
    this.sentence.textContent = told.sentence;
    this.drawing.hidden = !told.map;
    if (this.drawn !== told.map) this.drawing.innerHTML = told.map; // the package drew it, from the titles of the goals
    this.drawn = told.map;
  }
}

export default { render: renderGoalTable };
