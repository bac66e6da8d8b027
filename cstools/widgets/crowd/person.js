// One person of a crowd: whom they hear, what they have now, and what they begin with.
import { make } from "../shared/elements.js";
import { makeSlider } from "../shared/sliders.js";
import { toldOpinion } from "./rounds.js";

/** @typedef {import("./rounds.js").CrowdPage} CrowdPage */

const MOST_LISTED = 12;

export class CrowdPerson {
  /** @param {CrowdPage} page @param {{choose: (person: number) => void, change: (person: number, value: number) => void}} does */
  constructor(page, does) {
    this.page = page;
    this.does = does;
    this.held = 0;
    /** @type {any} */
    this.slider = null;
    this.select = make("select", { "aria-label": "Person to look at" }, make("option", { value: 0 }, "nobody"), ...page.first.map((_, person) => make("option", { value: person + 1 }, `person ${person + 1}`)));
    this.select.addEventListener("change", () => does.choose(Number(this.select.value)));
    const step = (/** @type {number} */ by) => () => does.choose(Math.min(page.people, Math.max(1, Number(this.select.value) + by)));
    const button = (/** @type {string} */ sign, /** @type {string} */ label, /** @type {number} */ by) => {
      const made = make("button", { type: "button", "aria-label": label }, sign);
      made.addEventListener("click", step(by));
      return made;
    };
    this.told = make("p", { class: "cs-crowd-told" });
    this.desk = make("div", {});
    this.box = make(
      "div", { class: "cs-crowd-person-box", role: "group", "aria-label": "Look at one person" },
      make("div", { class: "cs-crowd-who" }, make("span", {}, "Look at"), button("‹", "Person before", -1), this.select, button("›", "Next person", 1)),
      this.desk, this.told,
    );
  }

  /** @param {number} chosen @param {number[]} values @param {number[][]} rows @param {number} round */
  show(chosen, values, rows, round) {
    this.select.value = String(chosen);
    if (this.held !== chosen) this.take(chosen);
    if (this.slider) this.slider.show(values[chosen - 1]);
    this.told.textContent = chosen ? this.words(chosen - 1, values, rows, round) : "Press a person in the picture, or choose one here: whom they hear lights up, and you can change what they begin with.";
  }

  /** @param {number} chosen */
  take(chosen) {
    this.held = chosen;
    this.slider = chosen ? makeSlider(this.parameter(chosen), (_, value) => this.does.change(chosen, value)) : null;
    this.desk.replaceChildren(...(this.slider ? [this.slider.row] : []));
  }

  /** @param {number} chosen @returns {import("../shared/sliders.js").Parameter} */
  parameter(chosen) {
    const { page } = this;
    const [low, high] = page.between;
    const label = page.kind === "listening" ? "begins with" : page.everybody ? "waits for" : "waits for this share of those they see";
    return { key: String(chosen), label: `Person ${chosen} ${label}`, value: page.first[chosen - 1], low, high, units: page.units, doc: "", slider: true };
  }

  /** @param {number} me @param {number[]} values @param {number[][]} rows @param {number} round */
  words(me, values, rows, round) {
    const { page } = this;
    const heard = this.others(me);
    if (page.kind === "listening") {
      const share = page.influence ? ` Counts for ${toldOpinion(100 * page.influence[me])} % in the end.` : "";
      return `${heard} Now: ${toldOpinion(rows[round][me])}${page.units ? ` ${page.units}` : ""}.${share}`;
    }
    const when = rows.findIndex((row) => row[me] === 1);
    return `${heard} ${when < 0 ? "Never joins, as things are." : `Joins in round ${when}.`}`;
  }

  /** @param {number} me */
  others(me) {
    const { page } = this;
    const verb = page.kind === "listening" ? "Hears" : "Sees";
    if (page.everybody) return `${verb} everybody.`;
    const heard = page.hears[me].map((other) => other + 1);
    if (!heard.length) return `${verb} nobody else.`;
    const [listed, rest] = [heard.slice(0, MOST_LISTED), heard.length - MOST_LISTED];
    const names = rest > 0 ? `${listed.join(", ")} and ${rest} more` : listed.join(", ").replace(/, (\d+)$/, " and $1");
    return `${verb} ${heard.length === 1 ? "person" : "persons"} ${names}.`;
  }
}
