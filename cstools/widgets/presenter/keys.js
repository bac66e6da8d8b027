// The keys of a presentation, a clicker's among them.

/**
 * @typedef {import("./state.js").PresenterState} PresenterState
 */

/**
 * Let a clicker go through the steps wherever the focus is: it sends Page Up and Page Down.
 * @param {HTMLElement} root
 * @param {PresenterState} state
 */
export function hearClicker(root, state) {
  const hear = (/** @type {KeyboardEvent} */ event) => {
    if (!(event.key === "PageDown" || event.key === "PageUp") || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "PageDown") state.next();
    else state.back();
  };
  root.addEventListener("keydown", hear, true);
}

/**
 * Go through the steps, if a key says so; say whether it did. A key that whatever has the focus
 * uses itself is left to it.
 * @param {KeyboardEvent} event
 * @param {PresenterState} state
 * @returns {boolean}
 */
export function moveBy(event, state) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
  if (event.defaultPrevented || usesKeys(event.target, event.key)) return false;
  /** @type {Record<string, () => void>} */
  const moves = {
    ArrowRight: () => (event.shiftKey ? state.skip() : state.next()),
    ArrowDown: () => state.next(),
    " ": () => state.next(),
    ArrowLeft: () => state.back(),
    ArrowUp: () => state.back(),
    Home: () => state.go(0),
    End: () => state.go(state.steps.length - 1),
    b: () => state.lighten(),
    B: () => state.lighten(),
    ".": () => state.lighten(),
  };
  const move = moves[event.key];
  if (!move) return false;
  event.preventDefault();
  move();
  return true;
}

/** Whether an element has its own use for a key. @param {any} target @param {string} key */
export function usesKeys(target, key) {
  const name = String(target?.tagName || "").toLowerCase();
  if (name === "input" && target.type !== "range") return true; // digits and letters are typed there
  if (name === "input" || target?.getAttribute?.("role") === "slider") return key.startsWith("Arrow") || key === "Home" || key === "End";
  if (target?.matches?.(".cs-map-place[tabindex]")) return key.startsWith("Arrow") || key === "Home" || key === "End"; // it scrolls
  if (name === "button" || name === "summary") return key === " " || key === "Enter";
  return false;
}
