// A stage over the whole window: over the page, and over the screen where the browser allows it.
import { make } from "../shared/elements.js";

export class FullStage {
  /** @param {HTMLElement} home @param {HTMLElement} root @param {string} label @param {() => void} changed */
  constructor(home, root, label, changed) {
    this.home = home;
    this.root = root;
    this.changed = changed;
    // A dialog lies over the page whatever the page around the part does with its boxes, and
    // keeps the keyboard inside.
    this.dialog = make("dialog", { class: "cs-presenter-dialog", "aria-label": label });
    this.dialog.addEventListener("cancel", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.leave();
    });
    this.onScreen = () => {
      if (document.fullscreenElement) this.wide = true;
      else if (this.wide) this.leave(); // Escape has left the screen: it leaves the stage as well
    };
    document.addEventListener("fullscreenchange", this.onScreen);
    this.wide = false;
  }

  get open() {
    return this.dialog.open;
  }

  async enter() {
    if (this.open) return;
    document.body.append(this.dialog);
    this.dialog.append(this.root);
    this.root.classList.add("cs-full");
    this.dialog.showModal();
    this.changed();
    try {
      await this.root.requestFullscreen?.({ navigationUI: "hide" });
    } catch {
      // The window is filled all the same.
    }
  }

  leave() {
    if (!this.open) return;
    this.wide = false;
    if (document.fullscreenElement === this.root) document.exitFullscreen().catch(() => {});
    this.dialog.close();
    this.root.classList.remove("cs-full");
    this.home.append(this.root);
    this.dialog.remove();
    this.changed();
    // What had the focus has left the page for a moment, and lost it.
    /** @type {HTMLElement | null} */ (this.root.querySelector("button.cs-stage-full"))?.focus({ preventScroll: true });
  }

  close() {
    document.removeEventListener("fullscreenchange", this.onScreen);
    this.leave();
  }
}
