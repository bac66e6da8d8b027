// The notes of one layer: cards that can be written on, moved and taken away.
import { makeWritingBox } from "./editor.js";
import { make } from "../shared/elements.js";

const NOTE_KEYS = "Enter Delete Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight";

/** A list of cards, kept in step with the texts of one layer. */
export class NoteList {
  /** @param {any} board the canvas they are on @param {any} layer its key and title */
  constructor(board, layer) {
    this.board = board;
    this.layer = layer;
    /** @type {{item: any, card: any}[]} */
    this.cards = [];
    /** @type {{at: number, original: string, box: any} | null} */
    this.writing = null;
    this.list = make("ul", { class: "cs-note-list", "aria-label": `Notes: ${layer.title}` });
    this.adding = make("button", { type: "button", class: "cs-note-add" }, "+ note");
    this.adding.setAttribute("aria-label", `Add a note: ${layer.title}`);
    this.adding.addEventListener("click", () => this.write(this.texts().length));
    this.last = make("li", { class: "cs-note-last" }, this.adding);
    this.list.append(this.last);
  }

  /** @returns {string[]} */
  texts() {
    return this.board.state.now.notes[this.layer.key];
  }

  /** Show the texts as they are now. Cards are kept, so that a click that began on one ends on it. */
  show() {
    const texts = this.texts();
    while (this.cards.length > texts.length) this.cards.pop()?.item.remove();
    while (this.cards.length < texts.length) this.cards.push(this.card(this.cards.length));
    texts.forEach((text, at) => {
      const { card } = this.cards[at];
      if (card.textContent !== text) card.textContent = text;
      card.tabIndex = at === 0 ? 0 : -1;
    });
    this.followWriting(texts);
  }

  /** @param {number} at */
  card(at) {
    const card = make("button", { type: "button", class: "cs-note-card", dir: "auto", "aria-keyshortcuts": NOTE_KEYS });
    const item = make("li", { class: "cs-note-item" }, card);
    const spot = () => ({ layer: this.layer.key, at });
    card.addEventListener("click", () => this.board.choose(spot()));
    card.addEventListener("dblclick", () => this.write(at));
    card.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.board.noteKey(event, spot()));
    card.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => this.board.drag(event, spot()));
    card.addEventListener("focus", () => this.cards.forEach((other, i) => { other.card.tabIndex = i === at ? 0 : -1; }));
    this.list.insertBefore(item, this.last);
    return { item, card };
  }

  /** @param {number} at */
  focus(at) {
    const nearest = this.cards[Math.min(at, this.cards.length - 1)];
    (nearest ? nearest.card : this.adding).focus();
  }

  /** Write on the note at a place, or a new one behind the last. @param {number} at */
  write(at) {
    const isNew = at >= this.texts().length;
    this.board.finish();
    if (isNew) at = this.texts().length; // what was being written may just have been added
    this.board.choose(null);
    const original = this.texts()[at] ?? "";
    const label = original ? `Note in ${this.layer.title}` : `New note in ${this.layer.title}`;
    const box = makeWritingBox({
      text: original,
      label,
      keep: (text, entered) => this.keep(text, entered),
      leave: (text) => this.leave(text),
    });
    this.writing = { at, original, box };
    const holder = at < this.cards.length ? this.cards[at].item : this.last;
    holder.classList.add("cs-being-written");
    holder.append(box);
    box.begin();
  }

  /** Take the box away. @returns {{layer: string, at: number}} the place that it wrote on */
  close() {
    const { at, box } = /** @type {{at: number, box: any}} */ (this.writing);
    this.writing = null;
    box.parentNode.classList.remove("cs-being-written");
    box.remove();
    return { layer: this.layer.key, at };
  }

  /** @param {string} text @param {boolean} entered */
  keep(text, entered) {
    if (!this.writing) return;
    const isNew = !this.writing.original;
    const spot = this.close();
    this.board.state.write(spot, text);
    if (!entered) return;
    if (isNew && text.trim()) this.write(this.texts().length); // ready for the next one
    else this.focus(isNew ? Infinity : spot.at);
    if (isNew && !text.trim()) this.adding.focus();
  }

  /** @param {string} text */
  leave(text) {
    if (!this.writing) return;
    const isNew = !this.writing.original;
    const spot = this.close();
    const dropped = this.board.state.drop(spot, text);
    this.board.say(dropped ? "Left as it was. Redo brings back what you typed." : "Left as it was.");
    this.board.refresh();
    if (isNew) this.adding.focus();
    else this.focus(spot.at);
  }

  /** While somebody writes, notes may come and go: the box stays with its note. @param {string[]} texts */
  followWriting(texts) {
    if (!this.writing) return;
    const { original, at, box } = this.writing;
    if (original && texts[at] === original) return;
    const found = original ? texts.indexOf(original) : -1;
    this.writing.at = found < 0 ? texts.length : found;
    const holder = found < 0 ? this.last : this.cards[found].item;
    if (box.parentNode === holder) return;
    const { selectionStart, selectionEnd } = box;
    for (const open of this.list.querySelectorAll(".cs-being-written")) open.classList.remove("cs-being-written");
    holder.classList.add("cs-being-written");
    box.moving = true; // being moved takes the focus away for a moment; that is no leaving
    holder.append(box);
    box.moving = false;
    box.focus();
    box.setSelectionRange(selectionStart, selectionEnd);
  }
}
