// The field in which a variable is named, on the paper, where it will stand.
import { make } from "../shared/elements.js";

export class NameBox {
  /** @param {import("./map_paper.js").MapPaper} paper */
  constructor(paper) {
    this.paper = paper;
    this.field = make("input", { type: "text", autocomplete: "off", "aria-label": "Name of the variable", placeholder: "what goes up and down?" });
    this.form = make("form", { class: "cs-name-box", hidden: "" }, this.field);
    this.form.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.finish(true);
    });
    this.field.addEventListener("blur", () => this.finish(false));
  }

  /** Ask for a name; `take` says whether it can be one. @param {import("./arcs.js").Point} at on the map @param {string} name @param {(name: string) => boolean} take @param {() => void} after */
  ask(at, name, take, after) {
    const { x, y } = this.paper.toFrame(at);
    const { width, height } = this.paper.size();
    this.form.style.left = `${Math.min(Math.max(x, 100), width - 100)}px`;
    this.form.style.top = `${Math.min(Math.max(y, 24), height - 24)}px`;
    this.form.hidden = false;
    this.field.value = name;
    this.take = take;
    this.after = after;
    this.before = name;
    this.field.focus({ preventScroll: true });
    this.field.select();
  }

  get open() {
    return !this.form.hidden;
  }

  /** Take what was written; a name that cannot be one stays to be mended. @param {boolean} stays whether the keyboard is still here */
  finish(stays) {
    if (!this.open) return;
    const name = this.field.value.trim();
    if (name && name !== this.before && !this.take?.(name) && stays) return;
    this.close(stays);
  }

  /** @param {boolean} back whether the keyboard goes back to the paper */
  close(back) {
    this.form.hidden = true;
    if (back) this.after?.();
  }
}
