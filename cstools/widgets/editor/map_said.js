// What a map says in words: loops told, links tested both ways, the map as text; as Python says it.

const FOLLOWING = new Set("of in at on per to for from with by through".split(" "));
const PLURAL_WORDS = new Set("people children women men".split(" "));
const SINGULAR_WORDS = new Set("news series species mathematics physics ethics bias gas lens".split(" "));

const ONE_FORM = new Set("fish sheep deer".split(" "));
const MEASURES = new Set("tonnes tons kilos kilograms grams litres metres kilometres miles hectares euros".split(" "));

/** @typedef {import("./map_values.js").MapLink} SaidLink */

const LEVEL_WORDS = new Set("rate rates level levels price prices cost costs target targets goal temperature speed limit number share ratio standard standards expectation expectations".split(" "));
const EXTENT_WORDS = new Set("gap distance difference size fleet population".split(" "));
const AFTER_A_NOUN = new Set("done left open made lost kept sold met begun built spent here there away back now".split(" "));
const THINGS_IN_ING = new Set("evening morning spring string housing clothing teaching learning working training funding spending planning living reading writing parking meeting feeling".split(" "));
const CLAUSE_WORDS = "a an the who that which how what whether is are they it too".split(" ");

/** The words of a name up to what belongs to it. @param {string} label */
function wordsOf(label) {
  const words = label.toLowerCase().split("(")[0].split(/\s+/).filter(Boolean);
  const joint = words.findIndex((word, i) => i > 0 && FOLLOWING.has(word));
  return joint > 0 ? words.slice(0, joint) : words;
}

/** The word that a name is about: "number" of "number of births", "hours" of "hours wanted". @param {string} label */
function headOf(label) {
  const words = wordsOf(label);
  const [before, last] = [words[words.length - 2], words[words.length - 1] || ""];
  const follows = (/(ed|ing)$/.test(last) && !THINGS_IN_ING.has(last)) || AFTER_A_NOUN.has(last);
  return before && follows && isPluralWord(before) ? before : last;
}

/** Whether one says "are" of a name, as cstools.plotting.words has it. @param {string} label */
export function isPlural(label) {
  return isPluralWord(headOf(label));
}

/** @param {string} word */
function isPluralWord(word) {
  if ([...word].length === 1) return false;
  if (PLURAL_WORDS.has(word) || SINGULAR_WORDS.has(word)) return PLURAL_WORDS.has(word);
  return word.endsWith("s") && !["ss", "us", "is", "'s"].some((end) => word.endsWith(end));
}

/** Whether a name of several words says what is done. @param {string} label */
function isClause(label) {
  const words = wordsOf(label);
  if (label.trim().split(/\s+/).length < 2 || !words.length) return false;
  const doing = words[0].endsWith("ing") && !THINGS_IN_ING.has(words[0]);
  return doing || CLAUSE_WORDS.some((word) => words.includes(word));
}

/** @param {string} label @param {string} word */
function verbFor(label, word) {
  return isPlural(label) ? word : `${word}s`;
}

/** Whether one has fewer of something, and not less of it. @param {string} label */
function isCounted(label) {
  const head = headOf(label);
  return !MEASURES.has(head) && (ONE_FORM.has(head) || isPlural(label));
}

/** As cstools.plotting.words has it: `more stress`, `fewer mistakes`, `lower price`. @param {string} name @param {boolean | null} more null for both ways */
export function quantitySaid(name, more) {
  if (isClause(name)) return `${more === null ? "more or less" : more ? "more" : "less"} of “${name}”`;
  if (more === null) return `more or less ${name}`;
  const last = wordsOf(name).at(-1) || "";
  if (LEVEL_WORDS.has(last)) return `${more ? "higher" : "lower"} ${name}`;
  if (EXTENT_WORDS.has(last)) return `${more ? "larger" : "smaller"} ${name}`;
  return `${more ? "more" : isCounted(name) ? "fewer" : "less"} ${name}`;
}

/** A sign as it is printed. @param {string} sign */
export function shownSign(sign) {
  return sign === "-" ? "−" : sign;
}

/** A link as it is said. @param {SaidLink} link */
export function linkSaid(link) {
  const names = { "+": "plus", "-": "minus", "?": "sign open" };
  const sign = names[/** @type {"+" | "-" | "?"} */ (link.sign)];
  return `${link.cause} → ${link.effect}, ${sign}${link.delayed ? ", delayed" : ""}`;
}

/** @type {Record<string, string>} */
export const LOOP_KINDS = { R: "reinforcing", B: "balancing", "?": "of unknown polarity" };
/** @type {Record<string, string>} */
const MORALS = {
  R: "It comes back as more of the same, so the loop carries on whatever it is given.",
  B: "It comes back the other way round, so the loop works against the change.",
  "?": "A link on the way has no sign yet, so the story cannot say how it comes back.",
};
const TOO_LATE = " It takes a while, so by then one may have pushed too far.";
const STORY_ASSUMES = "A story follows one loop and leaves out everything else on the map.";

/** A loop told link by link, from more of its first variable. @param {import("./map_loops.js").MapLoop} loop */
export function loopStory(loop) {
  const start = loop.variables[0];
  const told = [quantitySaid(start, true)];
  let direction = 1;
  for (const link of loop.links) {
    direction *= { "+": 1, "-": -1 }[link.sign] || 0;
    const what = quantitySaid(link.effect, direction ? direction > 0 : null);
    told.push(`${what}${link.delayed ? ", after a while" : ""}`);
  }
  if (direction === 1) told[told.length - 1] = `even ${told[told.length - 1]}`;
  const late = loop.polarity === "B" && loop.links.some((link) => link.delayed);
  return `${loopNamed(loop)}: ${told.join(" → ")}. ${MORALS[loop.polarity]}${late ? TOO_LATE : ""} ${STORY_ASSUMES}`;
}

/** @param {import("./map_loops.js").MapLoop} loop */
export function loopNamed(loop) {
  return `${loop.name}${loop.title ? ` “${loop.title}”` : ""} (${LOOP_KINDS[loop.polarity]})`;
}

/**
 * The two sentences that test a link, and what the answers mean: cstools.causal_loops.two_way.
 * @param {string} cause @param {string} effect @param {string} marked the sign on the map, "?" where it is open
 */
export function twoWayTest(cause, effect, marked) {
  const sign = marked === "-" ? "-" : "+";
  const other = shownSign(sign === "+" ? "-" : "+");
  const become = isPlural(effect) ? "become" : "becomes";
  /** @param {string} moves @param {string} ends */
  const sentence = (moves, ends) =>
    `If ${cause} ${verbFor(cause, moves)}, ${effect} ${become} ${ends} than ${isPlural(effect) ? "they" : "it"} would have been.`;
  const more = sentence("rise", sign === "+" ? "higher" : "lower");
  const less = sentence("fall", sign === "+" ? "lower" : "higher");
  const link = `${cause} → ${effect}`;
  const told = marked === "?" ? "its sign is open, + is tried" : shownSign(marked);

  /** What two answers mean: each true, false, or null where it is open. @param {boolean | null} up @param {boolean | null} down */
  const verdict = (up, down) => {
    if (up === null || down === null) {
      const asked = [...(up === null ? [more] : []), ...(down === null ? [less] : [])];
      return `Not decided yet. Whom could you ask: ${asked.join(" ")}`;
    }
    if (up && down) {
      if (marked === "?") return `Both ways hold: ${link} is ${shownSign(sign)}. Write it on the map.`;
      return `The sign holds both ways: ${link} is ${shownSign(sign)}.`;
    }
    if (!up && !down) {
      return `Neither way holds, so ${shownSign(sign)} is not the sign of ${link}. Is it ${other}: ask both ways again. If that fails too, there may be no link, or a step is missing between the two.`;
    }
    const [held, failed] = up ? ["rise", "fall"] : ["fall", "rise"];
    return `It holds when ${cause} ${verbFor(cause, held)} and not when ${isPlural(cause) ? "they" : "it"} ${verbFor(cause, failed)}. Did you ask for “than it would have been”, and not “than before”? If one way still fails, something else acts as well, or the link is two: name the step between, and leave the sign at ? until then.`;
  };
  return { sign, more, less, heading: `${link} (${told}), all else unchanged:`, verdict };
}
