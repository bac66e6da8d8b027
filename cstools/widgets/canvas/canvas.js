// The canvases: an iceberg, a ladder of inference, a mandala. Notes lie on layers of a picture.
//
// Nothing is stored: what is written lives in this page and in the kernel's memory, until somebody
// presses "Keep as a file" or writes it from Python.
import { dragNote } from "./drag.js";
import { makeWritingBox } from "./editor.js";
import { boardAsText, keepBoard } from "./keep.js";
import { makeOpener } from "./open.js";
import { NoteList } from "./notes.js";
import { drawIceberg, drawLadder, drawMandala } from "./shapes.js";
import { BoardState } from "./state.js";
import { ThingList } from "./things.js";
import { makeNoteTools, stepOf } from "./tools.js";
import { makeUnread } from "./unread.js";
import { keepKeys, make, makeAnnouncer, makeSvg, wantsStillness } from "../shared/elements.js";
import { watchPython } from "../shared/following.js";
import { askOnLeaving } from "../shared/leaving.js";

const CANVAS_HELP = [
  "Write: press “+ note”. Enter keeps the note and opens the next; Shift and Enter begins a new line; Escape leaves.",
  "Change: double-click a note, or press Enter on it. A click shows buttons to edit, move and delete it.",
  "Move: drag a note with the mouse; or Alt with ↑ ↓ to the layer above or below, Alt with ← → along its layer.",
  "Draw: “+ sketch over time” for what rises and falls, “+ map” for what acts on what.",
  "Delete takes a note away; Ctrl+Z takes the last change back, Ctrl+Y brings it again.",
  "Arrow keys go from note to note, Tab to the next layer.",
];

/** @param {{model: any, el: HTMLElement}} view */
export function renderCanvas({ model, el }) {
  const board = new BoardView(model, el);
  return () => board.close();
}

class BoardView {
  /** @param {any} model @param {HTMLElement} el */
  constructor(model, el) {
    this.model = model;
    this.frame = model.get("frame");
    this.id = `cs-board-${Math.random().toString(36).slice(2)}`;
    this.root = make("section", { class: `cs-widget cs-canvas cs-${this.frame.kind}` });
    el.append(this.root);
    this.state = new BoardState(model);
    this.inFile = boardAsText(model, this.state.now); // what somebody has kept, or opened
    this.tools = makeNoteTools(this);
    /** @type {{layer: string, at: number} | null} */
    this.chosen = null;
    /** @type {Record<string, NoteList>} */
    this.lists = {};
    /** @type {Record<string, ThingList>} */
    this.things = {};
    /** Maps that have been drawn on, by key. @type {Map<string, import("./map_desk.js").MapDesk>} */
    this.desks = new Map();
    const { element, say } = makeAnnouncer();
    this.say = say;
    this.close = () => {};
    this.build(element);
    this.listen();
    this.refresh();
  }

  /** @param {any} announcer */
  build(announcer) {
    const { title, lead, source, layers, kind } = this.frame;
    this.topic = make("p", { class: "cs-board-topic", dir: "auto" });
    this.renaming = make("button", { type: "button", class: "cs-link-button" }, "Edit topic");
    this.undoing = make("button", { type: "button", "aria-keyshortcuts": "Control+Z" }, "Undo");
    this.redoing = make("button", { type: "button", "aria-keyshortcuts": "Control+Y" }, "Redo");
    this.keeping = make("button", { type: "button" }, "Keep as a file");
    this.opener = makeOpener(this.model, (opened) => this.open(opened), (lesson) => this.warn(lesson));
    this.unread = makeUnread(this.model, () => this.keeping.focus());
    this.notice = make("p", { class: "cs-notice", role: "alert" });
    this.python = watchPython(this.model, "keep the board with “Keep as a file”");
    const head = make("div", { class: "cs-board-head" },
      make("div", { class: "cs-board-name" }, make("p", { class: "cs-board-kind" }, title), make("div", { class: "cs-topic-row" }, this.topic, this.renaming)),
      make("div", { class: "cs-board-tools", role: "group", "aria-label": "The board" }, this.undoing, this.redoing, this.keeping, this.opener.button, this.opener.file));
    const help = make("details", { class: "cs-board-help" }, make("summary", {}, "How to use this board"), make("ul", {}, ...[...CANVAS_HELP, this.modelHelp()].map((line) => make("li", {}, line)), make("li", {}, "Nothing is stored by itself. “Keep as a file” puts the board among your downloads; “Open…” brings it back.")));
    this.body = make("div", { class: "cs-board-body" });
    this.scene = makeSvg("svg", { class: "cs-scene", "aria-hidden": "true" });
    this.body.append(this.scene);
    if (kind === "mandala") this.body.append(this.round());
    for (const layer of layers) this.body.append(this.section(layer));
    const way = kind === "ladder" ? [this.wayChooser()] : [];
    this.root.append(head, make("p", { class: "cs-note cs-lead" }, lead), ...way, help, this.python.line, this.notice, this.unread.element, ...this.startLow(), this.body, make("p", { class: "cs-note cs-source" }, source), announcer);
  }

  /** How a model comes here, which no button can make. */
  modelHelp() {
    const { layers } = this.frame;
    const { key } = layers.filter((/** @type {any} */ layer) => layer.draws).at(-1) || layers[0];
    return `Put a model here: in a notebook, write in a cell: board.put("${key}", model). “board” is what you called this board, as in board = ${this.frame.kind}(), and “model” what you called your model.`;
  }

  /** On a phone the lowest rung, where one starts, lies far down. */
  startLow() {
    if (this.frame.kind !== "ladder") return [];
    const go = make("button", { type: "button", class: "cs-link-button cs-start-low" }, "Start at the bottom ↓");
    go.addEventListener("click", () => {
      const list = this.lists[this.frame.layers.at(-1).key];
      list.list.closest(".cs-layer").scrollIntoView({ behavior: wantsStillness() ? "auto" : "smooth", block: "start" });
      list.adding.focus({ preventScroll: true });
    });
    return [go];
  }

  /** @param {any} layer */
  section(layer) {
    const list = new NoteList(this, layer);
    const things = new ThingList(this, layer);
    list.last.append(...things.more);
    this.lists[layer.key] = list;
    this.things[layer.key] = things;
    const glyph = makeSvg("svg", { class: "cs-glyph", viewBox: "0 0 48 48", width: 34, height: 34, "aria-hidden": "true" });
    for (const one of this.frame.layers) glyph.append(makeSvg("path", { d: one.glyph, class: one.key === layer.key ? "cs-glyph-on" : "cs-glyph-off" }));
    const question = make("p", { class: "cs-question" }, layer.question);
    const example = make("p", { class: "cs-example" }, `For example: “${layer.example}”`);
    const head = make("div", { class: "cs-layer-head" }, glyph, make("div", {}, ...(layer.place ? [make("p", { class: "cs-place" }, layer.place)] : []), make("p", { class: "cs-layer-title" }, layer.title), question, example));
    const notes = make("div", { class: "cs-layer-notes" }, list.list, things.element);
    return make("section", { class: "cs-layer", "data-layer": layer.key, "aria-label": layer.title }, head, notes);
  }

  /** The mandala's round picture, with the topic at its heart. */
  round() {
    this.roundScene = makeSvg("svg", { class: "cs-round-scene", viewBox: "0 0 440 440", "aria-hidden": "true" });
    this.heart = make("p", { class: "cs-heart-words", dir: "auto", "aria-hidden": "true" });
    return make("div", { class: "cs-round-place" }, this.roundScene, this.heart);
  }

  /** The ladder asks on the way up, and other things on the way back down. */
  wayChooser() {
    const up = make("button", { type: "button", "aria-pressed": "true" }, "↑ Climbing up");
    const down = make("button", { type: "button", "aria-pressed": "false" }, "↓ Walking back down");
    const ask = (/** @type {boolean} */ back) => {
      up.setAttribute("aria-pressed", String(!back));
      down.setAttribute("aria-pressed", String(back));
      this.root.classList.toggle("cs-downwards", back);
      const questions = this.root.querySelectorAll(".cs-question");
      this.frame.layers.forEach((/** @type {any} */ layer, /** @type {number} */ i) => { questions[i].textContent = back ? layer.back : layer.question; });
      this.say(back ? "Walking back down: what did I leave out?" : "Climbing up, from what there was to see.");
      this.draw();
    };
    up.addEventListener("click", () => ask(false));
    down.addEventListener("click", () => ask(true));
    return make("div", { class: "cs-direction", role: "group", "aria-label": "Which way the ladder asks" }, up, down);
  }

  listen() {
    keepKeys(this.root);
    this.state.changed = (/** @type {string} */ said) => {
      this.refresh();
      this.notice.textContent = "";
      if (said) this.say(said);
    };
    this.root.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.boardKey(event));
    this.root.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
      if (!(/** @type {any} */ (event.target).closest(".cs-note-item"))) this.choose(null);
    });
    /** @param {any} button @param {() => void} act */
    const press = (button, act) => button.addEventListener("click", () => {
      this.finish();
      act();
    });
    press(this.undoing, () => this.turn(() => this.state.undo()));
    press(this.redoing, () => this.turn(() => this.state.redo()));
    press(this.keeping, () => {
      this.say(`Kept as ${keepBoard(this.model, this.state.now)}.`);
      this.inFile = boardAsText(this.model, this.state.now);
    });
    const stay = askOnLeaving(this.model, () => this.isLosable());
    this.renaming.addEventListener("click", () => this.rename());
    const sizes = new ResizeObserver(() => this.draw());
    sizes.observe(this.body);
    this.close = () => {
      sizes.disconnect();
      stay();
      this.python?.close();
      this.unread?.close();
      this.state.close();
      for (const part of [...Object.values(this.things), ...this.desks.values()]) part.close();
      this.root.remove();
    };
  }

  /** Show the board as it is now; whoever stands on a note stays there. */
  refresh() {
    const { topic, notes } = this.state.now;
    const chosen = this.chosen;
    if (chosen && chosen.at >= notes[chosen.layer].length) this.choose(null);
    this.root.setAttribute("aria-label", topic ? `${this.frame.title}: ${topic}` : this.frame.title);
    this.topic.textContent = topic;
    this.renaming.textContent = topic ? "Edit topic" : "Say what it is about";
    if (this.heart) this.heart.textContent = topic;
    this.undoing.disabled = this.state.past.length === 0;
    this.redoing.disabled = this.state.future.length === 0;
    for (const { key } of this.frame.layers) {
      this.lists[key].show();
      this.things[key].show();
      const section = this.lists[key].list.closest(".cs-layer");
      section.classList.toggle("cs-empty", notes[key].length === 0);
    }
    for (const desk of this.desks.values()) desk.follow();
    this.draw();
  }

  /** Whether something is on the board, or being written, that no file has. */
  isLosable() {
    const written = Object.values(this.lists).some(({ writing }) => writing && writing.box.value.trim() !== writing.original);
    return written || boardAsText(this.model, this.state.now) !== this.inFile;
  }

  /** Take over what a file holds; what it replaces can be had again with Undo. @param {import("./open.js").OpenedBoard} opened */
  open({ board, unread }) {
    const safe = !this.isLosable();
    this.state.make("A kept board was opened.", board);
    if (safe) this.inFile = boardAsText(this.model, this.state.now);
    this.model.set("unread", unread);
    this.model.save_changes();
    this.unread?.show();
  }

  /** Keep what is being written: what comes next has to find it on the board. */
  finish() {
    for (const { writing } of Object.values(this.lists)) writing?.box.finish();
  }

  /** Draw the picture around the layers, as they lie now. */
  draw() {
    const [width, height] = [this.body.clientWidth, this.body.clientHeight];
    const titles = this.frame.layers.map((/** @type {any} */ layer) => layer.title);
    const counts = this.frame.layers.map((/** @type {any} */ layer) => this.state.now.notes[layer.key].length);
    if (this.roundScene) {
      this.roundScene.replaceChildren();
      drawMandala(this.roundScene, titles, counts, this.id);
      return;
    }
    this.scene.replaceChildren();
    if (!width || getComputedStyle(this.scene).display === "none") return;
    this.scene.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const bands = [...this.body.querySelectorAll(".cs-layer")].map((section) => {
      const notes = section.querySelector(".cs-layer-notes");
      return { top: section.offsetTop, bottom: section.offsetTop + section.offsetHeight, left: notes.offsetLeft, right: notes.offsetLeft + notes.offsetWidth };
    });
    if (this.frame.kind === "ladder") drawLadder(this.scene, width, height, bands, this.root.classList.contains("cs-downwards"));
    else drawIceberg(this.scene, width, height, bands);
  }

  /** @param {string} lesson */
  warn(lesson) {
    this.notice.textContent = lesson;
  }

  /** @param {{layer: string, at: number} | null} spot */
  choose(spot) {
    this.chosen = spot;
    this.tools.choose(spot);
    if (spot) this.lists[spot.layer].focus(spot.at);
  }

  /** @param {PointerEvent} event @param {{layer: string, at: number}} spot */
  drag(event, spot) {
    dragNote(this, event, spot);
  }

  /** @param {{layer: string, at: number}} from @param {string} way @param {boolean} [chosen] whether its buttons stay */
  step(from, way, chosen = false) {
    const to = stepOf(this, from, way);
    if (!to) {
      this.say("It cannot go further that way.");
      return;
    }
    const pressed = /** @type {any} */ (document.activeElement);
    this.choose(null);
    this.state.move(from, to);
    this.lists[to.layer].focus(to.at);
    if (!chosen) return;
    this.choose(to);
    if (!pressed.disabled) pressed.focus();
  }

  /** @param {{layer: string, at: number}} spot */
  remove(spot) {
    this.choose(null);
    this.state.remove(spot);
    this.lists[spot.layer].focus(spot.at);
  }

  rename() {
    const box = makeWritingBox({
      text: this.state.now.topic,
      label: "Topic of the board",
      keep: (text, entered) => end(() => this.state.rename(text), entered),
      leave: () => end(() => this.say("Left as it was."), true),
    });
    const end = (/** @type {() => void} */ act, /** @type {boolean} */ back) => {
      box.remove();
      this.topic.parentNode.classList.remove("cs-being-written");
      act();
      if (back) this.renaming.focus();
    };
    this.topic.parentNode.classList.add("cs-being-written");
    this.topic.parentNode.append(box);
    box.begin();
  }

  /** @param {KeyboardEvent} event */
  boardKey(event) {
    const writes = /** @type {any} */ (event.target).matches("textarea, input");
    if (writes || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    this.turn(() => (key === "y" || event.shiftKey ? this.state.redo() : this.state.undo()));
  }

  /** Undo or redo; a keyboard whose place is gone with it finds the note that has changed. @param {() => void} act */
  turn(act) {
    const before = this.state.now.notes;
    const active = /** @type {any} */ (document.activeElement);
    const held = this.root.contains(active);
    act();
    if (!held || (this.root.contains(document.activeElement) && !active.disabled)) return;
    const { notes } = this.state.now;
    const others = this.frame.layers.filter((/** @type {any} */ { key }) => notes[key].join("\n") !== before[key].join("\n"));
    const changed = others.find((/** @type {any} */ { key }) => notes[key].length >= before[key].length) || others[0];
    if (!changed) {
      [this.undoing, this.redoing, this.renaming].find((button) => !button.disabled)?.focus();
      return;
    }
    const at = notes[changed.key].findIndex((text, i) => text !== before[changed.key][i]);
    this.lists[changed.key].focus(at < 0 ? Infinity : at);
  }

  /** @param {KeyboardEvent} event @param {{layer: string, at: number}} spot */
  noteKey(event, spot) {
    const arrow = /^Arrow(Up|Down|Left|Right)$/.exec(event.key);
    const list = this.lists[spot.layer];
    if (event.ctrlKey || event.metaKey) return;
    if (arrow && event.altKey) this.step(spot, arrow[1].toLowerCase());
    else if (event.altKey) return;
    else if (arrow) list.focus(Math.max(0, spot.at + (/Up|Left/.test(arrow[1]) ? -1 : 1)));
    else if (event.key === "Home") list.focus(0);
    else if (event.key === "End") list.focus(Infinity);
    else if (event.key === "Enter") list.write(spot.at);
    else if (event.key === "Delete" || event.key === "Backspace") this.remove(spot);
    else if (event.key === "Escape" && this.chosen) this.choose(null);
    else return;
    event.preventDefault();
    if (event.key !== "Escape") event.stopPropagation();
  }
}

export default { render: renderCanvas };
