// What was done to a map, so that it can be undone and done again.

const MOST_STEPS_BACK = 300;

/** @typedef {{map: import("./map_values.js").MapValues, said: string}} MapStep */

export class MapHistory {
  /** @param {import("./map_values.js").MapValues} map */
  constructor(map) {
    /** @type {MapStep[]} */
    this.past = [];
    /** @type {MapStep[]} */
    this.future = [];
    this.map = map;
    this.joining = "";
  }

  /**
   * Take a step. Steps of one kind that follow each other, such as presses of an arrow key, are
   * one step: `kind` says which belong together, and is empty for a step of its own.
   * @param {import("./map_values.js").MapValues} map @param {string} said what was done @param {string} [kind]
   */
  step(map, said, kind = "") {
    if (!kind || kind !== this.joining) this.past.push({ map: this.map, said });
    if (this.past.length > MOST_STEPS_BACK) this.past.shift();
    this.future = [];
    this.joining = kind;
    this.map = map;
  }

  /** Go a step back; return what was undone, or nothing. */
  undo() {
    return this.turn(this.past, this.future);
  }

  /** Do again what was undone; return what it was, or nothing. */
  redo() {
    return this.turn(this.future, this.past);
  }

  /** @param {MapStep[]} from @param {MapStep[]} to */
  turn(from, to) {
    const step = from.pop();
    if (!step) return "";
    to.push({ map: this.map, said: step.said });
    this.map = step.map;
    this.joining = "";
    return step.said;
  }
}
