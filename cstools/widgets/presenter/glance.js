// What a run does, short enough to be read at one glance from the back of a room; all of it behind "More".
import { make } from "../shared/elements.js";
import { saidAmount, saidNumber } from "../shared/said.js";

const ONE_LINE = 95; // letters that a stage shows in a line
const TELLING = 0.02; // of the whole way: a bend that is smaller is not worth a word

/**
 * Return from where, by way of what, and to where each curve goes: "Fish: from 1,000 down to 347, at the end 400 tonnes."
 * @param {{columns: ArrayLike<number>[]}} run
 * @param {{label: string, units: string, place: number}[]} chosen
 * @returns {string}
 */
export function atAGlance(run, chosen) {
  return chosen.map(({ label, units, place }) => {
    const name = label.slice(0, 1).toUpperCase() + label.slice(1);
    return `${name}: ${courseAtAGlance(Array.from(run.columns[place]), units)}.`;
  }).join(" ");
}

/** @param {number[]} values @param {string} units @returns {string} */
function courseAtAGlance(values, units) {
  if (!values.every(Number.isFinite)) return "no number any more";
  const [first, last] = [values[0], values[values.length - 1]];
  const low = values.reduce((least, value) => Math.min(least, value), first);
  const high = values.reduce((most, value) => Math.max(most, value), first);
  const end = saidAmount(last, units);
  if (saidNumber(low) === saidNumber(high)) return `${end} throughout`;
  const enough = TELLING * (high - low);
  const [peak, valley] = [high - Math.max(first, last) > enough, Math.min(first, last) - low > enough];
  if (peak && valley) return `between ${saidNumber(low)} and ${saidNumber(high)}, at the end ${end}`;
  if (peak || valley) return `from ${saidNumber(first)} ${peak ? "up" : "down"} to ${saidNumber(peak ? high : low)}, at the end ${end}`;
  return `from ${saidNumber(first)} ${last > first ? "up" : "down"} to ${end}`;
}

/** The sentence of a run on the stage: a line, and the whole of it where somebody asks. */
export class StageSentence {
  constructor() {
    this.line = make("p", { class: "cs-sentence cs-stage-sentence" });
    this.whole = make("p", { class: "cs-stage-whole", hidden: "" });
    this.button = make("button", { type: "button", class: "cs-stage-more", "aria-expanded": "false" }, "More");
    this.button.addEventListener("click", () => this.toggle());
    this.element = make("div", { class: "cs-stage-told" }, this.line, this.button, this.whole);
    this.open = false;
  }

  /** @param {string} whole @param {string} glance @returns {string} what is seen at one glance */
  say(whole, glance) {
    this.longer = whole.length > ONE_LINE && Boolean(glance);
    const seen = this.longer ? glance : whole;
    if (this.line.textContent !== seen) this.line.textContent = seen;
    this.whole.textContent = whole;
    this.paint();
    return seen;
  }

  toggle() {
    this.open = !this.open;
    this.paint();
  }

  paint() {
    const open = Boolean(this.longer) && this.open;
    this.button.hidden = !this.longer;
    this.whole.hidden = !open;
    this.button.textContent = open ? "Less" : "More";
    this.button.setAttribute("aria-expanded", String(open));
  }

  /** @param {boolean} shown */
  show(shown) {
    this.element.hidden = !shown;
  }
}
