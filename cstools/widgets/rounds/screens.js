// What a game shows, one screen at a time: who plays, pass it on, decide, and what came of it.
import { make } from "../shared/elements.js";
import { makeSlider } from "../shared/sliders.js";
import { saidNumber } from "../shared/said.js";
import { rowOf } from "./played.js";
import { newestTold } from "./reports.js";
import { capitalOf, gainTold } from "./told.js";

/**
 * @typedef {import("./played.js").GamePage} GamePage
 * @typedef {import("./played.js").GameRun} GameRun
 * @typedef {import("./game_chart.js").GameChart} GameChart
 */

/**
 * Make the ticks of who decides by hand.
 * @param {GamePage} page @param {boolean[]} byHand @param {(place: number, hand: boolean) => void} chosen
 */
export function makeSeats(page, byHand, chosen) {
  const box = make("fieldset", { class: "cs-seats" }, make("legend", {}, "Who decides by hand?"));
  page.decisions.forEach(({ player, hand }, place) => {
    const tick = make("input", { type: "checkbox" });
    tick.checked = byHand[place];
    tick.addEventListener("change", () => chosen(place, tick.checked));
    const without = byHand[place] ? "" : hand ? " (its rule decides)" : " (stays as it is)";
    box.append(make("label", { class: "cs-tick", "data-place": place }, tick, make("span", {}, `${player}${without}`)));
  });
  return box;
}

/** The screen between two players: nothing of a game is on it. @param {string} player @param {() => void} press */
export function makePassing(player, press) {
  const button = make("button", { type: "button", class: "cs-main", "data-first": "" }, `I am ${player}: show me what I see`);
  button.addEventListener("click", press);
  return make("div", { class: "cs-passing" }, make("p", { class: "cs-pass-to" }, "Pass it on to ", make("strong", {}, player)), make("p", {}, "The others look away."), button);
}

/**
 * Make what may be seen: the newest values, and what each has gained since the last round.
 * @param {GamePage} page @param {GameRun} run @param {number[]} columns @param {number} played @param {GameChart} chart
 */
export function makeSeen(page, run, columns, played, chart) {
  const list = make("dl", { class: "cs-values" });
  for (const column of columns) {
    const name = make("dt", {}, chart.sample(column), make("span", {}, capitalOf(page.columns[column].label)));
    list.append(make("div", { class: "cs-value" }, name, make("dd", {}, newestTold(page, run, column, played), ...gained(page, run, column, played))));
  }
  return list;
}

/** @param {GamePage} page @param {GameRun} run @param {number} column @param {number} played */
function gained(page, run, column, played) {
  const { kind, late } = page.columns[column];
  if (kind === "flow" || late || played === 0) return [];
  const values = run.columns[column];
  const by = values[rowOf(page, played)] - values[rowOf(page, played - 1)];
  return [" ", make("span", { class: "cs-gain" }, gainTold(by, page.called))];
}

/**
 * Make the sliders of those who decide now, and the button that ends their turn.
 * @param {GamePage} page @param {number[]} places @param {Map<number, number>} drafts @param {{move: (place: number, value: number) => void, decide: () => void, words: string}} hand
 */
export function makeDeciding(page, places, drafts, { move, decide, words }) {
  const desk = make("div", { class: "cs-deciding" });
  for (const place of places) {
    const { player, label, units, doc, low, high, step } = page.decisions[place];
    const named = label.toLowerCase().includes(player.toLowerCase()) ? capitalOf(label) : `${player}: ${label}`;
    const told = places.length === 1 ? doc : "";
    const value = /** @type {number} */ (drafts.get(place));
    desk.append(makeSlider({ key: String(place), label: named, value, low, high, units, doc: told, slider: true, step }, (_, now) => move(place, now)).row);
  }
  if (places.length > 1 && page.decisions[places[0]].doc) desk.append(make("p", { class: "cs-doc" }, page.decisions[places[0]].doc));
  const button = make("button", { type: "button", class: "cs-main" }, words);
  button.addEventListener("click", decide);
  desk.append(button);
  return desk;
}

/**
 * Make the table of the scores: a row for each, a column for the game and for each world beside.
 * @param {GamePage} page @param {GameRun} run @param {GameRun[]} beside
 */
export function makeScores(page, run, beside) {
  const heads = ["As you played", ...page.worlds.map(({ name }) => capitalOf(name))];
  const head = make("tr", {}, make("td", {}), ...heads.map((words) => make("th", { scope: "col" }, words)));
  const rows = page.score.map((column) => {
    const { label, units } = page.columns[column];
    const cells = [run, ...beside].map((one) => make("td", {}, saidNumber(one.columns[column][one.time.length - 1])));
    const name = make("th", { scope: "row" }, capitalOf(label), ...(units ? [" ", make("span", { class: "cs-units" }, units)] : []));
    return make("tr", {}, name, ...cells);
  });
  const table = make("table", {}, make("caption", { class: "cs-unseen" }, "How the game ended"), make("thead", {}, head), make("tbody", {}, ...rows));
  return make("div", { class: "cs-table cs-scores", tabindex: 0, role: "region", "aria-label": "How the game ended" }, table);
}
