// What can be done with a note: by keys, and by the buttons under the one that was chosen.
import { make } from "../shared/elements.js";

/**
 * Return where a note goes with one step, or null at the end of the board.
 * Left and right go along a layer; up and down go to the layer that is above or below on the page.
 * @param {any} board
 * @param {{layer: string, at: number}} from
 * @param {string} way
 * @returns {{layer: string, at: number} | null}
 */
export function stepOf(board, from, way) {
  const { layers, now } = board.state;
  const texts = now.notes[from.layer];
  if (way === "left") return from.at > 0 ? { layer: from.layer, at: from.at - 1 } : null;
  if (way === "right") return from.at < texts.length - 1 ? { layer: from.layer, at: from.at + 1 } : null;
  const layer = layers[layers.indexOf(from.layer) + (way === "up" ? -1 : 1)];
  return layer === undefined ? null : { layer, at: now.notes[layer].length };
}

/** @param {any} board @returns {{element: any, choose: (spot: {layer: string, at: number} | null) => void}} */
export function makeNoteTools(board) {
  const element = make("div", { class: "cs-note-tools", role: "group", "aria-label": "This note" });
  /** @type {{layer: string, at: number} | null} */
  let chosen = null;

  /** @param {string} sign @param {string} name @param {(spot: {layer: string, at: number}) => void} act */
  const button = (sign, name, act) => {
    const made = make("button", { type: "button", "aria-label": name, title: name }, sign);
    made.addEventListener("click", () => chosen && act(chosen));
    element.append(made);
    return made;
  };
  button("Edit", "Edit the note", (spot) => board.lists[spot.layer].write(spot.at));
  /** @type {[string, string, string][]} */
  const ways = [["↑", "up", "Move to the layer above"], ["↓", "down", "Move to the layer below"], ["←", "left", "Move earlier in this layer"], ["→", "right", "Move later in this layer"]];
  const moves = ways.map(([sign, way, name]) => ({ way, made: button(sign, name, (spot) => board.step(spot, way, true)) }));
  button("Delete", "Delete the note", (spot) => board.remove(spot));

  /** @param {{layer: string, at: number} | null} spot */
  const choose = (spot) => {
    element.parentNode?.firstElementChild?.removeAttribute("aria-expanded");
    element.remove();
    chosen = spot;
    if (!spot) return;
    for (const { way, made } of moves) made.disabled = stepOf(board, spot, way) === null;
    const { item, card } = board.lists[spot.layer].cards[spot.at];
    item.append(element);
    card.setAttribute("aria-expanded", "true");
    element.classList.remove("cs-from-right");
    const room = board.root.getBoundingClientRect().right - element.getBoundingClientRect().right;
    element.classList.toggle("cs-from-right", room < 4);
  };
  element.addEventListener("focusout", (/** @type {FocusEvent} */ event) => {
    const next = /** @type {any} */ (event.relatedTarget);
    if (next && !element.parentNode?.contains(next)) board.choose(null);
  });
  return { element, choose };
}
