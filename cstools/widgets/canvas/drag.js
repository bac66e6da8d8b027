// Moving a note with the mouse or a pen: it is dragged to another place, on its layer or another.
// A finger scrolls the page instead, and moves a note with the buttons under it.
import { make } from "../shared/elements.js";

const FAR_ENOUGH = 6; // pixels: less is a click with an unsteady hand

/**
 * Begin to drag a note, if the pointer then moves far enough.
 * @param {any} board the canvas
 * @param {PointerEvent} event the press
 * @param {{layer: string, at: number}} from
 */
export function dragNote(board, event, from) {
  if (event.button !== 0 || event.pointerType === "touch") return;
  const card = /** @type {HTMLElement} */ (event.currentTarget);
  const mark = make("li", { class: "cs-drop", "aria-hidden": "true" });
  /** @type {{layer: string, at: number} | null} */
  let to = null;
  let moving = false;

  const move = (/** @type {PointerEvent} */ now) => {
    if (!moving && Math.hypot(now.clientX - event.clientX, now.clientY - event.clientY) < FAR_ENOUGH) return;
    if (!moving) board.choose(null);
    moving = true;
    card.classList.add("cs-dragged");
    card.style.transform = `translate(${now.clientX - event.clientX}px, ${now.clientY - event.clientY}px)`;
    to = placeUnder(board, now, from, mark);
  };
  const end = (/** @type {boolean} */ drop) => {
    stop.abort();
    card.classList.remove("cs-dragged");
    card.style.transform = "";
    mark.remove();
    if (!moving) return;
    card.addEventListener("click", (click) => click.stopImmediatePropagation(), { capture: true, once: true, signal: AbortSignal.timeout(50) });
    if (drop && to) {
      board.state.move(from, to);
      board.lists[to.layer].focus(to.at);
    }
  };
  const stop = new AbortController();
  const { signal } = stop;
  window.addEventListener("pointermove", move, { signal });
  window.addEventListener("pointerup", () => end(true), { signal });
  window.addEventListener("pointercancel", () => end(false), { signal });
  window.addEventListener("keydown", (key) => {
    if (key.key !== "Escape" || !moving) return;
    key.stopPropagation();
    end(false);
  }, { signal, capture: true });
}

/**
 * Return where a note would lie if it were dropped now, and put the mark there.
 * @param {any} board
 * @param {PointerEvent} event
 * @param {{layer: string, at: number}} from
 * @param {any} mark
 */
function placeUnder(board, event, from, mark) {
  const under = document.elementsFromPoint(event.clientX, event.clientY);
  const section = /** @type {any} */ (under.find((element) => element.classList.contains("cs-layer") && board.root.contains(element)));
  if (!section) {
    mark.remove();
    return null;
  }
  const list = board.lists[section.dataset.layer];
  const others = list.cards.filter((/** @type {any} */ _, /** @type {number} */ i) => list.layer.key !== from.layer || i !== from.at);
  const behind = others.findIndex((/** @type {any} */ { item }) => isBefore(event, item.getBoundingClientRect()));
  const at = behind < 0 ? others.length : behind;
  const next = behind < 0 ? list.last : others[behind].item;
  if (mark.nextSibling !== next) list.list.insertBefore(mark, next);
  return { layer: section.dataset.layer, at };
}

/** @param {PointerEvent} event @param {DOMRect} box whether the pointer stands before it, as one reads */
function isBefore(event, box) {
  if (event.clientY < box.top) return true;
  return event.clientY <= box.bottom && event.clientX < box.left + box.width / 2;
}
