// The editor by keyboard; the help in help.js says how.
import { linkId } from "./map_values.js";

/** @type {Record<string, [number, number]>} */
const ARROW_KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Do what a key says; return whether it said something.
 * @param {import("./editor.js").MapEditor} editor @param {KeyboardEvent} event
 */
export function keyPressed(editor, event) {
  const target = /** @type {any} */ (event.target);
  const writing = target.matches?.("input:not([type=radio]):not([type=checkbox]), textarea, select");
  const letter = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if ((event.ctrlKey || event.metaKey) && !event.altKey) {
    if (writing) return false;
    if (letter === "z") return done(() => (event.shiftKey ? editor.redo() : editor.undo()));
    if (letter === "y") return done(() => editor.redo());
    return false;
  }
  const onPaper = editor.paper.frame.contains(target);
  if (event.key === "Escape") return editor.acts.letGo();
  const atLink = editor.details.place.contains(target) && "+=-−?dr][".includes(letter);
  if (writing || event.altKey || !(onPaper || atLink)) return false;
  if (event.key in ARROW_KEYS && editor.chosen.word) return done(() => nudge(editor, ARROW_KEYS[event.key], event.shiftKey));
  if (letter === "]" || letter === "[") return done(() => nextLink(editor, letter === "]" ? 1 : -1));
  /** @type {Record<string, () => void>} */
  const keys = {
    n: () => editor.acts.addHere(), l: () => editor.acts.askLink(), d: () => editor.acts.toggleDelay(), r: () => editor.acts.turnRound(), f: () => editor.paper.fit(),
    "+": () => editor.acts.setSign("+"), "=": () => editor.acts.setSign("+"), "-": () => editor.acts.setSign("-"), "−": () => editor.acts.setSign("-"), "?": () => editor.acts.setSign("?"),
    Delete: () => editor.acts.remove(), Backspace: () => editor.acts.remove(), F2: () => editor.acts.renameHere(),
    Enter: () => editor.acts.entered(target), " ": () => editor.acts.entered(target),
  };
  const act = keys[letter];
  return act ? done(act) : false;
}

/** @param {() => void} act */
function done(act) {
  act();
  return true;
}

/** @param {import("./editor.js").MapEditor} editor @param {[number, number]} way @param {boolean} far */
function nudge(editor, [dx, dy], far) {
  const box = editor.paper.boxOf(editor.chosen.word);
  const step = far ? 40 : 8;
  if (box) editor.acts.nudgeTo(editor.chosen.word, box.x + dx * step, box.y + dy * step);
}

/** Go to the next link of the variable that is chosen, or of the map. @param {import("./editor.js").MapEditor} editor @param {number} way */
function nextLink(editor, way) {
  const { links } = editor.map;
  const own = editor.through || editor.chosen.word;
  const near = own ? links.filter((link) => link.cause === own || link.effect === own) : links;
  if (!near.length) return;
  const at = near.findIndex((link) => linkId(link) === editor.chosen.link);
  const next = near[at < 0 ? (way > 0 ? 0 : near.length - 1) : (at + way + near.length) % near.length];
  editor.choose("", linkId(next), own);
  editor.focusChosen();
}
