// Writing on a board: a box that grows with its text. Enter keeps, Escape leaves things as they were.
import { make } from "../shared/elements.js";

/**
 * Make a box in which a text is written. `keep` is called once, when it is left with Enter or by
 * going elsewhere; `leave` when it is left with Escape.
 * @param {{text: string, label: string, keep: (text: string, entered: boolean) => void, leave: (text: string) => void, hint?: string}} options
 * @returns {any} the text area
 */
export function makeWritingBox({ text, label, keep, leave, hint }) {
  const box = make("textarea", { class: "cs-writing", rows: 1, dir: "auto", "aria-label": label, placeholder: hint ?? null });
  box.value = text;
  const open = new AbortController(); // until the box is done
  const { signal } = open;
  let pressed = false;
  for (const [name, down] of /** @type {[string, boolean][]} */ ([["pointerdown", true], ["pointerup", false], ["pointercancel", false]])) {
    window.addEventListener(name, () => { pressed = down; }, { capture: true, passive: true, signal });
  }

  /** @param {(text: string) => void} act */
  const end = (act) => {
    if (signal.aborted) return;
    open.abort();
    act(box.value);
  };
  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 2}px`;
  };
  box.addEventListener("input", grow);
  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return; // Enter ends a word in many scripts
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      end((typed) => keep(typed, true));
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation(); // it leaves the box, not yet the board
      end(leave);
    }
  });
  /** Keep what is written now. */
  box.finish = () => end((typed) => keep(typed, false));
  // A box that closed while a press is under way would move the page under the pointer, and the
  // click would be lost: the box waits for it.
  box.addEventListener("blur", () => {
    if (box.moving) return;
    const away = () => setTimeout(() => {
      if (document.activeElement !== box && box.isConnected) box.finish();
    });
    if (pressed) window.addEventListener("pointerup", away, { once: true });
    else away();
  });
  /** Put the caret at the end, once the box is on the page. */
  box.begin = () => {
    grow();
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  };
  return box;
}
