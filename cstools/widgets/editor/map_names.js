// The names of variables, as cstools.names and cstools.causal_loops.parts have them.

const GAPS = /(?:\\[nrt]|[\s_])+/gi;

/** The form in which names compare: `"Room  Temperature"` and `room_temperature` are one. @param {string} name */
export function nameKey(name) {
  const folded = name.normalize("NFKC").toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ").normalize("NFKC");
  const joined = folded.replace(GAPS, "_").replace(/_*([[\],])_*/g, "$1");
  return joined.replace(/^[_"]+|[_"]+$/g, "");
}

/** The form in which names are shown. @param {string} name */
export function nameLabel(name) {
  return name.normalize("NFC").trim().replace(/^"+|"+$/g, "").replace(GAPS, " ").trim();
}

/** Why a text cannot be the name of a variable; empty when it can. @param {string} name */
export function nameTrouble(name) {
  const shown = nameLabel(name);
  if (!/[\p{L}\p{N}]/u.test(nameKey(shown))) return "A variable's name has a letter or a digit in it.";
  if (shown.includes('"')) return "A name has no quotation mark inside; leave it out.";
  return "";
}

/** Compare two texts as Python does, letter by letter. @param {string} one @param {string} other */
export function byLetters(one, other) {
  const [a, b] = [[...one], [...other]];
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    if (a[i] !== b[i]) return Number(a[i].codePointAt(0)) - Number(b[i].codePointAt(0));
  }
  return a.length - b.length;
}

// How wide words are when they are set, and where a long name is broken: cstools.plotting.lettering.
const ADVANCES = [
  32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
  64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75,
  79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35,
  63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84,
];
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\uffdc\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** The width of a text in letter sizes. @param {string} text */
export function setWidth(text) {
  let sum = 0;
  for (const letter of text.normalize("NFD")) {
    const code = Number(letter.codePointAt(0));
    if (code >= 32 && code <= 126) sum += ADVANCES[code - 32];
    else if (!/\p{M}/u.test(letter)) sum += WIDE.test(letter) ? 100 : 66;
  }
  return sum / 100;
}

/** A name in one to three lines of nearly equal width; words stay whole. @param {string} text @returns {string[]} */
export function brokenLines(text) {
  const words = text.split(/\s+/).filter(Boolean);
  for (let lines = 1; lines <= 3; lines += 1) {
    const best = narrowest(words, lines);
    if (widest(best) <= 9 || words.length <= lines) return best;
  }
  return narrowest(words, 3);
}

/** @param {string[]} lines */
function widest(lines) {
  return Math.max(...lines.map(setWidth));
}

/** @param {string[]} words @param {number} lines @returns {string[]} */
function narrowest(words, lines) {
  if (lines <= 1 || words.length <= 1) return [words.join(" ")];
  /** @type {string[] | null} */
  let best = null;
  for (let first = 1; first < words.length; first += 1) {
    const choice = [words.slice(0, first).join(" "), ...narrowest(words.slice(first), lines - 1)];
    if (!best || widest(choice) < widest(best)) best = choice;
  }
  return best || [words.join(" ")];
}
