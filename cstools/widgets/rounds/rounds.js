// A game on a model: everybody decides, the model runs to the end of the round, and again.
//
// The model runs in the page, from JavaScript that the package generated. The kernel is told the
// decisions, and runs the same model with them when it is asked to.
import { watchPython } from "../shared/following.js";
import { keepKeys, make, makeAnnouncer, onTheme } from "../shared/elements.js";
import { csvText } from "../shared/exports.js";
import { askOnLeaving } from "../shared/leaving.js";
import { makeLegend } from "../shared/legend.js";
import { compiled, refusal } from "../shared/simulation.js";
import { makeTable } from "../shared/table.js";
import { makeUndo } from "../shared/undo.js";
import { GameChart } from "./game_chart.js";
import { makeKeeping } from "./keeping.js";
import { onGrid, readGame, roundOf, runOf, savedGame, seenOf, turnsOf, worldOf } from "./played.js";
import { allRows, drawnTold, endTold, isTabled, roundRows, valuesTold } from "./reports.js";
import { makeDeciding, makePassing, makeScores, makeSeats, makeSeen } from "./screens.js";
import { capitalOf, roundTold, stageTold } from "./told.js";

/** @typedef {import("./played.js").GamePage} GamePage @typedef {import("./played.js").Round} Round */

/** @param {{model: any, el: HTMLElement}} view @returns {() => void} */
export function renderRounds({ model, el }) {
  const page = model.get("payload");
  const root = make("section", { class: "cs-widget cs-rounds", "aria-label": `Play ${page.name}` });
  el.append(root);
  keepKeys(root);
  try {
    const rounds = new Rounds(model, page, root, compiled(page.source));
    return () => rounds.close();
  } catch (error) {
    root.append(make("p", { class: "cs-sentence" }, page.name), make("p", { class: "cs-note" }, refusal(error)));
    return () => root.remove();
  }
}

class Rounds {
  /** @param {any} model @param {GamePage} page @param {HTMLElement} root @param {Function} simulate */
  constructor(model, page, root, simulate) {
    this.model = model;
    this.page = page;
    this.root = root;
    this.simulate = simulate;
    this.facing = false; // whether the one whose turn it is has the page before them
    this.putting = false;
    this.keptAs = savedGame(page, []);
    /** @type {Map<number, number>} what the sliders say */
    this.drafts = new Map();
    this.chart = new GameChart(page, root);
    this.shown = new Set(page.shows.map((column) => page.columns[column].key));
    /** @type {import("./played.js").GameRun[]} */
    this.beside = page.worlds.map((world) => worldOf(simulate, page, world));
    this.run = runOf(simulate, page, this.game);
    /** @type {any} */
    this.legend = null;
    this.where = make("p", { class: "cs-where", tabindex: "-1" });
    this.pips = make("div", { class: "cs-pips", "aria-hidden": "true" });
    this.stage = make("div", { class: "cs-stage" });
    this.announcer = makeAnnouncer();
    this.undo = makeUndo(() => this.where);
    this.back = this.button(`Undo the last ${page.called}`, () => this.takeBack());
    this.anew = this.button("Begin again", () => this.beginAgain());
    this.following = watchPython(model, "save the game below and open it there");
    this.table = makeTable((words) => this.announcer.say(words));
    this.keeping = makeKeeping(this.doors());
    this.build();
    this.show();
    this.close = this.listen();
  }

  // --- what is held --------------------------------------------------------------------------

  /** @returns {Round[]} */
  get game() {
    return this.model.get("game");
  }

  /** @returns {number[]} */
  get pending() {
    return this.model.get("pending");
  }

  /** @returns {boolean[]} */
  get byHand() {
    return this.model.get("by_hand");
  }

  get played() {
    return this.game.length;
  }

  get over() {
    return this.played >= this.page.rounds;
  }

  /** Those whose turn it is: all at once, or the next one. */
  get turn() {
    const turns = turnsOf(this.byHand);
    return this.page.together ? turns : turns.slice(this.pending.length, this.pending.length + 1);
  }

  /** @param {{game?: Round[], pending?: number[], by_hand?: boolean[]}} next */
  put(next) {
    this.putting = true;
    for (const [name, value] of Object.entries(next)) this.model.set(name, value);
    this.putting = false;
    this.model.save_changes();
  }

  // --- the page ------------------------------------------------------------------------------

  build() {
    const { page, root } = this;
    const head = make("div", { class: "cs-game-head" }, make("p", { class: "cs-title" }, page.name), this.where, this.pips);
    const row = make("div", { class: "cs-actions cs-game-acts" }, this.back, this.anew);
    root.append(head, this.stage, row, this.undo.box, this.following.line, this.table.details, this.keeping.box, this.announcer.element);
  }

  /** What the folded row of keeping does. */
  doors() {
    const { page } = this;
    return {
      name: page.name,
      text: () => savedGame(page, this.game),
      csv: () => csvText(...allRows(page, this.run, this.beside)),
      picture: () => this.chart.picture(),
      open: (/** @type {string} */ text) => this.open(text),
      kept: () => (this.keptAs = savedGame(page, this.game)),
      say: (/** @type {string} */ words) => this.announcer.say(words),
    };
  }

  /** @param {string} words @param {() => void} press @param {string | null} [kind] */
  button(words, press, kind = null) {
    const button = make("button", { type: "button", class: kind }, words);
    button.addEventListener("click", press);
    return button;
  }

  /** @returns {() => void} what ends it */
  listen() {
    const { model, page } = this;
    const heard = ["game", "pending", "by_hand"];
    const follow = () => {
      if (this.putting) return;
      this.undo.drop(); // a way back would take away what came from elsewhere
      this.facing = false;
      this.drafts.clear();
      this.show();
    };
    for (const name of heard) model.on(`change:${name}`, follow);
    const offTheme = onTheme(() => this.chart.restyle());
    const offLeaving = askOnLeaving(model, () => savedGame(page, this.game) !== this.keptAs);
    return () => {
      for (const name of heard) model.off(`change:${name}`, follow);
      offTheme();
      offLeaving();
      this.following.close();
      this.chart.close();
      this.root.remove();
    };
  }

  // --- what people do ------------------------------------------------------------------------

  decide() {
    const { page, byHand } = this;
    const made = [...this.pending, ...this.turn.map((place) => this.draft(place))];
    const whole = made.length === turnsOf(byHand).length;
    this.facing = false;
    this.undo.tell("");
    this.drafts.clear();
    if (whole) this.put({ game: [...this.game, roundOf(byHand, made)], pending: [] });
    else this.put({ pending: made });
    this.show(true);
    this.announcer.say(this.over ? this.endTold() : whole ? this.newsTold() : `Decided. Pass it on to ${page.decisions[this.turn[0]].player}.`);
  }

  takeBack() {
    const { called } = this.page;
    this.facing = false;
    this.drafts.clear();
    if (this.pending.length) this.put({ pending: [] });
    else this.put({ game: this.game.slice(0, -1), pending: [] });
    this.undo.tell(`${capitalOf(called)} ${this.played + 1} is open again.`);
    this.show(true);
  }

  beginAgain() {
    const before = { game: this.game, pending: this.pending, by_hand: this.byHand };
    this.facing = false;
    this.drafts.clear();
    this.put({ game: [], pending: [] });
    this.show(true);
    this.undo.tell("The game begins again.", () => this.comeBack(before));
  }

  /** @param {{game: Round[], pending: number[], by_hand: boolean[]}} before */
  comeBack(before) {
    this.facing = false;
    this.drafts.clear();
    this.put(before);
    this.show(true);
  }

  /** @param {string} text */
  open(text) {
    const { game, said } = readGame(this.page, text);
    if (!game) {
      this.undo.tell(said);
      return false;
    }
    const before = { game: this.game, pending: this.pending, by_hand: this.byHand };
    this.facing = false;
    this.drafts.clear();
    this.put({ game, pending: [], by_hand: game.length ? game[0].map((value) => value !== null) : this.byHand });
    this.keptAs = savedGame(this.page, game);
    this.show();
    this.undo.tell(said, () => this.comeBack(before));
    return true;
  }

  /** @param {number} place @param {boolean} hand */
  seat(place, hand) {
    this.put({ by_hand: this.byHand.map((before, at) => (at === place ? hand : before)), pending: [] });
    this.facing = false;
    this.show();
    /** @type {HTMLElement | null} */ (this.root.querySelector(`[data-place="${place}"] input`))?.focus();
  }

  // --- what is shown -------------------------------------------------------------------------

  /** What a slider says: at first the last decision. @param {number} place */
  draft(place) {
    const decision = this.page.decisions[place];
    const last = this.game.map((row) => row[place]).filter((value) => value !== null).pop();
    return this.drafts.get(place) ?? onGrid(decision, last ?? decision.own);
  }

  /** @param {boolean} [moved] whether the focus goes along */
  show(moved = false) {
    const { page, played } = this;
    this.run = runOf(this.simulate, page, this.game);
    this.root.dataset.played = String(played);
    this.where.textContent = this.over ? stageTold(page, played) : roundTold(page, played);
    this.pips.replaceChildren(...(page.rounds > 60 ? [] : page.times.map((_, round) => make("span", { class: round < played ? "cs-pip cs-done" : "cs-pip" }))));
    const begun = played > 0 || this.pending.length > 0;
    this.back.hidden = this.anew.hidden = !begun;
    this.back.textContent = this.pending.length ? `Undo this ${page.called}` : `Undo the last ${page.called}`;
    this.keeping.over(this.over);
    this.stage.replaceChildren(...(this.over ? this.ended() : this.playing()));
    this.chart.restyle();
    if (moved) /** @type {HTMLElement} */ (this.stage.querySelector("[data-first], input[type=range]") || this.where).focus();
  }

  playing() {
    const { page, played } = this;
    const fresh = played === 0 && !this.pending.length && page.decisions.length > 1;
    const above = fresh ? [makeSeats(page, this.byHand, (place, hand) => this.seat(place, hand))] : [];
    const { turn } = this;
    const hidden = !page.together && turnsOf(this.byHand).length > 1 && !this.facing;
    this.fillTable(hidden || !turn.length ? [] : this.seen(turn));
    if (!turn.length) return [...above, make("p", { class: "cs-note" }, "Tick at least one who decides by hand.")];
    if (hidden) return [...above, makePassing(page.decisions[turn[0]].player, () => this.face())];
    for (const place of turn) this.drafts.set(place, this.draft(place));
    const seen = this.seen(turn);
    const lines = seen.map((column) => ({ column, values: seenOf(page, this.run, column, played) }));
    this.chart.onStyle = () => this.repaint();
    this.chart.show(this.run.time, played ? lines : [], [], drawnTold(page, this.run, played, seen)); // of one moment there is no curve
    const last = this.pending.length + turn.length === turnsOf(this.byHand).length;
    const words = last ? `Decide, and run the ${page.called}` : "Decide";
    const move = (/** @type {number} */ place, /** @type {number} */ value) => this.drafts.set(place, value);
    const desk = makeDeciding(page, turn, this.drafts, { move, decide: () => this.decide(), words });
    const sight = make("div", { class: "cs-seen" }, makeSeen(page, this.run, seen, played, this.chart), this.chart.place);
    return [...above, make("div", { class: "cs-table-top" }, sight, desk)];
  }

  face() {
    this.facing = true;
    this.show(true);
  }

  /** What those may see whose turn it is. @param {number[]} turn */
  seen(turn) {
    return [...new Set(turn.flatMap((place) => this.page.sees[place]))];
  }

  ended() {
    const { page } = this;
    const sentence = make("p", { class: "cs-sentence", tabindex: "-1", "data-first": "" }, this.endTold());
    const legend = makeLegend(page.columns, this.shown, (key, on) => {
      if (on) this.shown.add(key);
      else this.shown.delete(key);
      this.drawEnd();
      this.paintLegend();
    });
    this.legend = legend;
    this.chart.onStyle = () => this.paintLegend();
    const worlds = make("p", { class: "cs-worlds" }, ...page.worlds.map(({ name }, at) => make("span", { class: "cs-world" }, make("span", { class: "cs-letter" }, letterOf(at)), ` ${name}`)));
    this.drawEnd();
    const scores = isTabled(page) ? [makeScores(page, this.run, this.beside)] : [];
    return [sentence, ...scores, legend.box, ...(page.worlds.length ? [worlds] : []), this.chart.place];
  }

  /** What is ticked, of the game and of the worlds beside it; a constant needs no world. */
  drawEnd() {
    const { page, run } = this;
    const columns = page.columns.map((_, column) => column).filter((column) => this.shown.has(page.columns[column].key));
    const plain = new Set(page.decisions.filter(({ hand }) => !hand).map(({ key }) => key));
    const compared = columns.filter((column) => !plain.has(page.columns[column].key));
    const worlds = this.beside.map((world, at) => ({ letter: letterOf(at), name: page.worlds[at].name, lines: compared.map((column) => ({ column, values: world.columns[column] })) }));
    this.chart.show(run.time, columns.map((column) => ({ column, values: run.columns[column] })), worlds, drawnTold(page, run, this.played, columns));
    this.fillTable(columns);
  }

  paintLegend() {
    this.legend?.paint(this.chart.strokes, "#8a96a3");
  }

  repaint() {
    for (const old of this.stage.querySelectorAll("[data-column]")) old.replaceWith(this.chart.sample(Number(old.dataset.column)));
  }

  /** @param {number[]} columns */
  fillTable(columns) {
    const { page, run, played } = this;
    this.table.details.hidden = !columns.length || !played;
    if (this.table.details.hidden) this.table.fill([], []);
    else this.table.fill(...roundRows(page, run, played, columns));
  }

  // --- what is said --------------------------------------------------------------------------

  endTold() {
    return endTold(this.page, this.game, this.run, this.beside);
  }

  newsTold() {
    const { page, played, run, turn } = this;
    const now = roundTold(page, played);
    if (!page.together && turnsOf(this.byHand).length > 1) return `${now}. Pass it on to ${page.decisions[turn[0]].player}.`;
    return `${now}. ${capitalOf(valuesTold(page, run, played, this.seen(turn)))}.`;
  }
}

/** @param {number} at */
function letterOf(at) {
  return String.fromCharCode(65 + (at % 26));
}

export default { render: renderRounds };
