// A loop told link by link, in the page: the same words as cstools.causal_loops.motion.signals.

/**
 * @typedef {{key: string, label: string, more: string, less: string, either: string, rise: string, fall: string, be: string, badge: number[]}} StoryVariable
 * @typedef {{sign: string, delayed: boolean, reason: string}} StoryLink
 * @typedef {{name: string, kind: string, title: string, variables: string[], links: StoryLink[], moral: string, marked: boolean}} StoryLoop
 * @typedef {{variable: StoryVariable, direction: number, text: string, sentence: string, link: StoryLink | null, from: StoryVariable | null, beats: number}} StoryBeat
 */

const DELAYED_BEATS = 3; // a link takes one beat, a delayed link three

/**
 * Return the moments of a loop's story, from one of its variables round to the same one.
 * @param {StoryLoop} loop
 * @param {Map<string, StoryVariable>} variables by name
 * @param {string} begin
 * @param {boolean} up
 * @returns {StoryBeat[]}
 */
export function tellLoop(loop, variables, begin, up) {
  const start = Math.max(0, loop.variables.indexOf(begin));
  const count = loop.variables.length;
  const named = (/** @type {number} */ place) => /** @type {StoryVariable} */ (variables.get(loop.variables[place % count]));
  const first = named(start);
  const opening = quantityOf(first, up ? 1 : -1);
  /** @type {StoryBeat[]} */
  const beats = [{ variable: first, direction: up ? 1 : -1, text: opening, sentence: `It begins with ${opening}.`, link: null, from: null, beats: 0 }];
  for (let walked = 0; walked < count; walked += 1) {
    beats.push(nextBeat(beats[beats.length - 1], loop.links[(start + walked) % count], named(start + walked + 1), walked === count - 1 ? beats[0] : null));
  }
  return beats;
}

/**
 * @param {StoryBeat} before
 * @param {StoryLink} link
 * @param {StoryVariable} variable
 * @param {StoryBeat | null} home the beginning, when the signal is back there
 * @returns {StoryBeat}
 */
function nextBeat(before, link, variable, home) {
  const sign = link.sign === "+" ? 1 : link.sign === "-" ? -1 : 0;
  const direction = before.direction * sign;
  const even = home !== null && direction !== 0 && direction === home.direction ? "even " : "";
  const text = `${even}${quantityOf(variable, direction)}${link.delayed ? ", after a while" : ""}`;
  let sentence = `${opened(quantityOf(before.variable, before.direction))} → ${text}.`;
  if (!direction && before.direction) sentence += " This link has no sign yet, so from here on it cannot be told.";
  return { variable, direction, text, sentence, link, from: before.variable, beats: link.delayed ? DELAYED_BEATS : 1 };
}

/**
 * Return what it means that the signal is back: further the same way, against it, or not known.
 * @param {StoryLoop} loop
 * @param {StoryBeat[]} beats
 */
export function endingOf(loop, beats) {
  const { label, rise, fall, be } = beats[0].variable;
  const up = beats[0].direction > 0;
  if (loop.kind === "R") return `So ${label} ${up ? rise : fall} further: reinforcing.`;
  if (loop.kind === "B") return `So ${label} ${be} ${up ? "held back" : "lifted again"}: balancing.`;
  return "";
}

/** @param {StoryLoop} loop @returns {string} the loop's name and kind, as the map says them */
export function loopHeading(loop) {
  const kind = loop.kind === "R" ? "reinforcing: it feeds itself" : loop.kind === "B" ? "balancing: it holds itself back" : "of unknown kind: a link has no sign";
  return `${loop.name}${loop.title ? ` “${loop.title}”` : ""} (${kind})`;
}

/** @param {StoryVariable} variable @param {number} direction */
function quantityOf(variable, direction) {
  return direction > 0 ? variable.more : direction < 0 ? variable.less : variable.either;
}

/** @param {string} text */
export function opened(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
