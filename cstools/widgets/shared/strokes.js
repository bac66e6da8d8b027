// The way back on a sketch: what the points were before each stroke.

const MOST_STROKES = 100;

/** @typedef {(number | null)[]} Levels */

export class Strokes {
  constructor() {
    /** @type {Levels[]} */
    this.past = [];
    this.joining = "";
  }

  /**
   * Remember what is about to change. Changes of one kind that follow each other, such as presses
   * of an arrow key on one point, are one stroke; an empty kind is a stroke of its own.
   * @param {Levels} levels @param {string} [kind]
   */
  begin(levels, kind = "") {
    if (kind && kind === this.joining) return;
    this.joining = kind;
    this.past.push([...levels]);
    if (this.past.length > MOST_STROKES) this.past.shift();
  }

  /** Return what the points were before the last stroke that changed anything. @param {Levels} levels @returns {Levels | undefined} */
  undo(levels) {
    this.joining = "";
    let before = this.past.pop();
    while (before && String(before) === String(levels)) before = this.past.pop();
    return before;
  }
}
