// What of a file could not be read: it is told until somebody has seen it.
import { make } from "../shared/elements.js";

/**
 * Make the place; it follows what the page and Python know of a file.
 * @param {any} model @param {() => void} seen where the keyboard goes then
 */
export function makeUnread(model, seen) {
  const element = make("div", { class: "cs-notice cs-unread", role: "alert" });
  const done = () => {
    model.set("unread", []);
    model.save_changes();
    show();
    seen();
  };
  const show = () => {
    const told = model.get("unread") || [];
    element.hidden = told.length === 0;
    const button = make("button", { type: "button" }, "I have read this");
    button.addEventListener("click", done);
    const lines = told.map((/** @type {string} */ line) => make("li", { dir: "auto" }, line));
    element.replaceChildren(make("p", {}, "Not all of this file could be taken as it is. The file itself is unchanged: keep it."), make("ul", {}, ...lines), button);
  };
  show();
  model.on("change:unread", show);
  return { element, show, close: () => model.off("change:unread", show) };
}
