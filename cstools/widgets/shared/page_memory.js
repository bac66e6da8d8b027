// What somebody enters in private: in the memory of this page, and nowhere else.
//
// Nothing here is sent, stored or shared with a kernel. anywidget loads a module once for each
// part, so two views of one part hold the same memory, and two parts never do.
import { make } from "./elements.js";

// A cell that is moved takes its view away and brings it back; a cell that is run again does not.
const FORGOTTEN_AFTER = 2000;

export class PageMemory {
  /** @param {() => any} fresh makes what is held before anything is entered */
  constructor(fresh) {
    this.fresh = fresh;
    this.now = fresh();
    /** @type {Set<(anew: boolean) => void>} */
    this.views = new Set();
    /** @type {any} */
    this.leaving = undefined;
    // A browser may keep a page that was left, for its Back button.
    window.addEventListener("pagehide", () => this.forget());
  }

  /** Hold something else, and show it in every view. @param {Record<string, any>} part */
  change(part) {
    this.now = { ...this.now, ...part };
    for (const show of this.views) show(false);
  }

  /** Let go of everything; every view is built anew, so that no field can undo its way back. */
  forget() {
    this.now = this.fresh();
    for (const show of this.views) show(true);
  }

  /**
   * Follow the memory; when its last view has gone, everything is forgotten.
   * @param {(anew: boolean) => void} show
   * @returns {() => void} what ends it
   */
  join(show) {
    clearTimeout(this.leaving);
    this.views.add(show);
    return () => {
      this.views.delete(show);
      if (this.views.size === 0) this.leaving = setTimeout(() => this.forget(), FORGOTTEN_AFTER);
    };
  }
}

/** What a private part shows, with the promise that holds where it stands. @param {any} model */
export function pageOf(model) {
  const page = model.get("payload");
  return model.get("alone") ? { ...page, kept: page.keptAlone } : page;
}

/**
 * Make a field for private words. Browsers and their helpers read along in ordinary fields: they
 * remember what was typed, bring it back with the page, or send it away to be corrected.
 * @param {Record<string, string | number | null>} attributes
 * @returns {any}
 */
export function makePrivateField(attributes) {
  return make("input", {
    type: "text", dir: "auto", maxlength: 200, autocomplete: "off", autocorrect: "off", autocapitalize: "off", spellcheck: "false",
    writingsuggestions: "false", translate: "no", "data-gramm": "false", "data-gramm_editor": "false", "data-enable-grammarly": "false",
    "data-1p-ignore": "", "data-lpignore": "true", "data-bwignore": "", ...attributes,
  });
}
