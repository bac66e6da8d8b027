// What a map says in words: loops told, links tested both ways, the map as text; as Python says it.

const FOLLOWING = new Set("of in at on per to for from with by".split(" "));
const PLURAL_WORDS = new Set("people children women men".split(" "));
const SINGULAR_WORDS = new Set("news series species mathematics physics ethics bias gas lens".split(" "));

const ONE_FORM = new Set("fish sheep deer".split(" "));
const MEASURES = new Set("tonnes tons kilos kilograms grams litres metres kilometres miles hectares euros".split(" "));

/** @typedef {import("./map_values.js").MapLink} SaidLink */

/** The word that a name is about: "number" of "number of births". @param {string} label */
function headOf(label) {
  const words = label.toLowerCase().split("(")[0].split(/\s+/).filter(Boolean);
  const joint = words.findIndex((word, i) => i > 0 && FOLLOWING.has(word));
  return (joint > 0 ? words[joint - 1] : words[words.length - 1]) || "";
}

/** Whether one says "are" of a name, as cstools.plotting.words has it. @param {string} label */
export function isPlural(label) {
  const head = headOf(label);
  if ([...head].length === 1) return false;
  if (PLURAL_WORDS.has(head) || SINGULAR_WORDS.has(head)) return PLURAL_WORDS.has(head);
  return head.endsWith("s") && !["ss", "us", "is", "'s"].some((end) => head.endsWith(end));
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

/** `more stress`, `less stress`, `fewer mistakes`. @param {string} name @param {boolean} more */
export function quantitySaid(name, more) {
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
    const what = direction ? quantitySaid(link.effect, direction > 0) : `more or less ${link.effect}`;
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
