// Whether Python still follows what is done in the page: after a restart of the kernel nobody does.
import { make } from "./elements.js";

/**
 * Make the line that says so. In a page of its own there is no Python to wait for.
 * @param {any} model
 * @param {string} way how to take the work along
 */
export function watchPython(model, way) {
  const line = make("p", { class: "cs-note cs-unfollowed", role: "status" });
  line.hidden = true;
  let isGone = false;
  const say = (/** @type {string} */ words) => {
    line.hidden = !words;
    if (line.textContent !== words) line.textContent = words;
  };
  const gone = () => { // a notebook says this once of a part, and the part is never followed again
    isGone = true;
    say(`Python no longer follows what you do here. Run the cell again, or ${way}.`);
  };
  if (model.get("alone") !== true) model.on("comm_live_update", gone);
  return {
    line,
    /** An edit was left unanswered, or is answered now. @param {boolean} silent */
    wait: (silent) => {
      if (!isGone) say(silent ? `Python has not answered yet: it is busy, or was restarted. If it stays so, run the cell again, or ${way}.` : "");
    },
    close: () => model.off("comm_live_update", gone),
  };
}
