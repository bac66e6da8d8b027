// What was just done, in words that are read out, with a way back.
import { make } from "./elements.js";

/** Make the line; `tell(words, back)` offers an Undo where `back` is given. */
export function makeUndo() {
  const words = make("span", { role: "status", "aria-live": "polite" });
  const button = make("button", { type: "button", hidden: "" }, "Undo");
  const box = make("p", { class: "cs-told" }, words, button);
  /** @type {(() => void) | undefined} */
  let back;
  const tell = (/** @type {string} */ told, /** @type {(() => void) | undefined} */ way = undefined) => {
    back = way;
    button.hidden = !way;
    words.textContent = told;
    box.classList.toggle("cs-something", told !== "");
  };
  button.addEventListener("click", () => {
    const way = back;
    tell("That is undone.");
    if (way) way();
  });
  return { box, tell };
}
