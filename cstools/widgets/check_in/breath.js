// A pace to breathe by, for about a minute: a circle that grows and shrinks, or plain words for
// whoever has asked their machine for stillness.
import { make, wantsStillness } from "../shared/elements.js";
import { spoken } from "../shared/speech.js";

const BREATHS = 6;
const restWords = () => spoken("The circle grows as you breathe in. Stop when you like.");

/**
 * @param {number[][]} paces seconds in and out, slower and slower; the middle one to begin with
 * @returns {{element: any, show: () => void, close: () => void}}
 */
export function makeBreath(paces) {
  const still = wantsStillness();
  let pace = paces[Math.floor(paces.length / 2)];
  /** @type {any} */
  let waiting;
  const circle = make("div", { class: "cs-breath-circle", "aria-hidden": "true" });
  const word = make("p", { class: "cs-breath-word", role: "status", "aria-live": "polite" });
  const running = make("button", { type: "button" }, spoken("Begin"));
  const choices = paces.map((one) => makePace(one, () => choose(one)));

  /** @param {number[]} one */
  function choose(one) {
    pace = one;
    for (const { button, of } of choices) button.setAttribute("aria-pressed", String(of === one));
    rest(still ? spoken("Breathe in while you count slowly to {count}, and out while you count to {more}. A few times is enough.", { count: one[0], more: one[1] }) : restWords());
  }

  /** @param {string} words */
  function rest(words) {
    clearTimeout(waiting);
    waiting = undefined;
    word.textContent = words;
    running.textContent = spoken("Begin");
    circle.style.transitionDuration = "1s";
    circle.style.transform = "";
  }

  /** One half of a breath, and then the other. @param {number} half */
  function turn(half) {
    if (half === 2 * BREATHS) {
      rest(spoken("That was about a minute. Go on when you like."));
      return;
    }
    const seconds = pace[half % 2];
    word.textContent = half % 2 ? spoken("out, {seconds}", { seconds }) : spoken("in, {seconds}", { seconds });
    circle.style.transitionDuration = `${seconds}s`;
    circle.style.transform = half % 2 ? "" : "scale(1.9)";
    waiting = setTimeout(() => turn(half + 1), 1000 * seconds);
  }

  running.addEventListener("click", () => {
    if (waiting !== undefined) {
      rest(restWords());
      return;
    }
    running.textContent = spoken("Stop");
    turn(0);
  });
  const row = make("div", { class: "cs-word-row", role: "group", "aria-label": spoken("Pace of the breath, in seconds") }, ...choices.map(({ button }) => button));
  const place = still ? [] : [make("div", { class: "cs-breath-place" }, circle)];
  const element = make("div", { class: "cs-breath" }, row, ...place, word, ...(still ? [] : [running]));
  choose(pace);
  return { element, show: () => {}, close: () => clearTimeout(waiting) };
}

/** @param {number[]} of @param {() => void} choose */
function makePace(of, choose) {
  const button = make("button", { type: "button", class: "cs-word-chip" }, spoken("in {count}, out {more}", { count: of[0], more: of[1] }));
  button.addEventListener("click", choose);
  return { button, of };
}
