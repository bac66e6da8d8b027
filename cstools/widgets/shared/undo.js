// What was just done, in words that are read out, with a way back.
import { make } from "./elements.js";
import { spoken } from "./speech.js";

/**
 * Make the line; `tell(words, back)` offers an Undo where `back` is given, and `drop` takes it away.
 * @param {() => HTMLElement | null} [next] what gets the focus when the button goes
 */
export function makeUndo(next = () => null) {
  const words = make("span", { role: "status", "aria-live": "polite" });
  const button = make("button", { type: "button", hidden: "" }, spoken("Undo"));
  const box = make("p", { class: "cs-told" }, words, button);
  /** @type {(() => void) | undefined} */
  let back;
  const tell = (/** @type {string} */ told, /** @type {(() => void) | undefined} */ way = undefined) => {
    const held = document.activeElement === button;
    back = way;
    button.hidden = !way;
    if (held && !way) next()?.focus();
    words.textContent = told;
    box.classList.toggle("cs-something", told !== "");
  };
  button.addEventListener("click", () => {
    const way = back;
    const held = document.activeElement === button;
    tell(spoken("That is undone."));
    if (way) way();
    if (held) next()?.focus(); // what it had been done with may be back by now
  });
  /** Something else changed meanwhile: going back would take that away too. */
  const drop = () => back && tell(words.textContent);
  return { box, tell, drop, told: () => words.textContent };
}
