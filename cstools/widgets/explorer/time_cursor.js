// The time cursor: a slider through the run, a button that plays it, one that goes back to all.
import { make, wantsStillness } from "../shared/elements.js";
import { spoken } from "../shared/speech.js";

const PLAYS_FOR = 10_000; // milliseconds from the first moment to the last

/**
 * Make the row of the time cursor.
 * @param {(moment: number) => string} heading what a moment is called
 * @param {(moment: number | null) => void} moved
 * @param {(playing: boolean) => void} played called when the play begins and ends
 */
export function makeTimeCursor(heading, moved, played) {
  const still = wantsStillness();
  const range = make("input", { type: "range", min: 0, max: 0, step: 1, value: 0, style: "--share: 0", "aria-label": spoken("Moment in the run") });
  const output = make("output", { class: "cs-moment", "aria-hidden": "true" });
  // Who wants little movement on the screen goes on by hand, a tenth of the run at a time.
  const play = make("button", { type: "button", class: "cs-play" }, still ? spoken("Next") : spoken("Play"));
  const whole = make("button", { type: "button", class: "cs-hidden" }, spoken("Whole run"));
  const row = make("div", { class: "cs-time" }, play, range, output, whole);
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let turning;
  let count = 0;
  /** @type {number | null} */
  let now = null;

  const label = (/** @type {number | null} */ moment) => {
    output.textContent = moment === null ? spoken("whole run") : heading(moment);
    range.setAttribute("aria-valuetext", moment === null ? spoken("the whole run") : heading(moment));
    whole.classList.toggle("cs-hidden", now === null);
  };
  const set = (/** @type {number | null} */ moment) => {
    now = moment === null ? null : Math.max(0, Math.min(count - 1, moment));
    range.value = String(now ?? 0);
    range.style.setProperty("--share", String(count > 1 ? (now ?? 0) / (count - 1) : 0));
    label(now);
    moved(now);
  };
  const stop = () => {
    if (turning === undefined) return;
    clearInterval(turning);
    turning = undefined;
    play.textContent = spoken("Play");
    played(false);
  };
  const start = () => {
    set(now === null || now >= count - 1 ? 0 : now);
    play.textContent = spoken("Pause");
    played(true);
    const every = Math.max(60, PLAYS_FOR / Math.max(1, count));
    turning = setInterval(() => {
      set((now ?? 0) + 1);
      if (now === count - 1) stop();
    }, every);
  };
  const next = () => set(now === null || now >= count - 1 ? 0 : now + Math.max(1, Math.round(count / 10)));
  play.addEventListener("click", () => (still ? next() : turning === undefined ? start() : stop()));
  range.addEventListener("input", () => {
    stop();
    set(Number(range.value));
  });
  whole.addEventListener("click", () => {
    stop();
    set(null);
    range.focus(); // the button hides
  });
  const limit = (/** @type {number} */ moments) => {
    count = moments;
    range.max = String(Math.max(0, moments - 1));
    range.disabled = play.disabled = moments < 2;
    if (now !== null && now >= count) set(count - 1);
    else label(now);
  };
  return { row, set, limit, stop, label };
}
