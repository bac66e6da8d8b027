// A page of its own keeps nothing: whoever leaves it with work that is in no file yet is asked first.

/**
 * Let the browser ask before the page is left, in its own words, while there is something to lose.
 * In a notebook the kernel holds the work, and nobody is asked.
 * @param {any} model
 * @param {() => boolean} losable whether there is work that no file has
 * @returns {() => void} what ends it
 */
export function askOnLeaving(model, losable) {
  if (model.get("alone") !== true) return () => {};
  const ask = (/** @type {BeforeUnloadEvent} */ event) => {
    if (!losable()) return;
    event.preventDefault();
    event.returnValue = true; // browsers of before 2024 ask only then
  };
  window.addEventListener("beforeunload", ask);
  return () => window.removeEventListener("beforeunload", ask);
}
