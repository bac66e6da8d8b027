// How to draw: by hand, with a mouse or with fingers, and by keys.
import { make } from "../shared/elements.js";

/** @type {[string, string][]} */
const KEYS_HELP = [
  ["Tab", "from variable to variable"],
  ["arrow keys", "move the variable (with Shift: further)"],
  ["n", "a new variable"],
  ["Enter, F2", "rename the variable"],
  ["l", "link to …"],
  ["] and [", "go through the links of a variable"],
  ["+  −  ?", "the sign of the link"],
  ["d", "the link takes a while, or not"],
  ["r", "reverse the arrow"],
  ["Delete", "take the variable or link away"],
  ["Ctrl+Z, Ctrl+Y", "undo, do again"],
  ["f", "show all of it"],
  ["Escape", "let go of what is chosen"],
];

/** What hands do; `tap` is "tap" or "click". @param {string} tap @param {boolean} fingers @returns {[string, string][]} */
const handHelp = (tap, fingers) => [
  [`double-${tap} the paper`, "a new variable there"],
  ["drag a word", "move it"],
  [`double-${tap} a word`, "rename it"],
  [`${tap} a word, then pull its dot`, "to another word: a link; to empty paper: a new variable with a link"],
  ["Link", `then ${tap} two words: a link from the first to the second`],
  [`${tap} an arrow`, `choose it: its sign, its delay and “Delete link” are ${fingers ? "below the paper" : "beside the paper"}`],
  [`${tap} R1, B1 …`, "the story of the loop; “Name it” gives it a name"],
  fingers ? ["two fingers", "move the paper; apart or together: closer or farther"] : ["Ctrl and the wheel", "closer or farther"],
  ["drag the empty paper", fingers ? "move it, once you have zoomed in" : "move it"],
  ["All of it", "the whole map in view again"],
  ["Undo", "take the last step back"],
];

/** Both ways to draw, the one that fits this screen unfolded. */
export function makeHelp() {
  const fingers = window.matchMedia("(pointer: coarse)").matches;
  const list = (/** @type {string} */ title, /** @type {[string, string][]} */ lines, /** @type {boolean} */ open) => {
    const items = lines.flatMap(([keys, what]) => [make("dt", {}, make("kbd", {}, keys)), make("dd", {}, what)]);
    const part = make("details", {}, make("summary", {}, title), make("dl", {}, ...items));
    part.open = open;
    return part;
  };
  const hand = list(fingers ? "With your fingers" : "With the mouse", handHelp(fingers ? "tap" : "click", fingers), fingers);
  const keys = list("With the keyboard", KEYS_HELP, !fingers);
  return make("div", { class: "cs-help", role: "region", "aria-label": "How to draw" }, ...(fingers ? [hand, keys] : [keys, hand]));
}
