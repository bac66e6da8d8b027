// The map editor: a causal loop diagram drawn by mouse, finger or keys, its loops found as one draws.
//
// The map is plain values; every edit gives a new map, which is a step of the history, is drawn,
// and is told to Python.
import { EditorActs } from "./acts.js";
import { EditorDetails } from "./details.js";
import { makeHelp } from "./help.js";
import { keyPressed } from "./keys.js";
import { EditorLists, loopsSaid, signsMissing } from "./lists.js";
import { EditorOutline } from "./outline.js";
import { countSaid, isWritten, pressButton } from "./parts.js";
import { EditorSync } from "./sync.js";
import { keepKeys, make, makeAnnouncer } from "../shared/elements.js";
import { watchPython } from "../shared/following.js";
import { askOnLeaving } from "../shared/leaving.js";
import { changedIn } from "./map_changed.js";
import { MapHistory } from "./map_history.js";
import { findLoops, markedLoops } from "./map_loops.js";
import { linkSaid } from "./map_said.js";
import { arrangedMap, linkById, mapIn, MapLesson, variableNamed } from "./map_values.js";
import { MapPaper } from "./map_paper.js";
import { NameBox } from "./name_box.js";
import { PaperHand } from "./paper_hand.js";

/** @param {{model: any, el: HTMLElement}} view */
export function renderEditor({ model, el }) {
  const root = make("section", { class: "cs-widget cs-editor", "aria-label": "Map editor" });
  el.append(root);
  const editor = new MapEditor(model, root);
  keepKeys(root);
  return () => editor.close();
}

export class MapEditor {
  /** @param {any} model @param {HTMLElement} root */
  constructor(model, root) {
    this.listId = `cs-editor-${Math.random().toString(36).slice(2)}-names`; // this module may be loaded once per part
    this.root = root;
    this.model = model;
    this.history = new MapHistory(mapIn(model.get("map")));
    /** @type {{word: string, link: string}} */
    this.chosen = { word: "", link: "" };
    this.held = false; // somebody presses or writes just now
    this.owed = false; // the panels are behind
    this.settle = () => this.letSettle();
    this.through = ""; // the variable whose links are gone through
    /** @type {string | null} */
    this.linking = null; // the cause of a link whose effect is to be chosen; "" before the cause
    /** @type {{links?: any, titles?: any, names: string}} what the loops were looked for in; a word that moves is no change */
    this.looked = { names: "" };
    this.inFile = this.map; // what somebody has downloaded, or opened
    /** @type {import("./map_loops.js").FoundLoops} */
    this.found = { loops: [], complete: true, reached: 0 };
    this.paper = new MapPaper();
    this.acts = new EditorActs(this);
    this.details = new EditorDetails(this);
    this.lists = new EditorLists(this);
    this.outline = new EditorOutline(this);
    this.naming = new NameBox(this.paper);
    this.announcer = makeAnnouncer();
    this.python = watchPython(model, "download the map (below: “The map as text”)");
    this.sync = new EditorSync(model, {
      taken: (map) => this.adopt(map),
      notes: () => this.showNotes(),
      arranged: ({ places, bows }) => this.arrange(arrangedMap(this.map, places, bows, false)),
      unanswered: () => this.acts.tidyHere("Python did not answer, so the page tidied up by itself. Undo takes it back."),
      trouble: (words) => this.tell(words),
      silent: (silent) => this.python.wait(silent),
    });
    this.build();
    this.listen();
    this.paper.onLook = () => this.showMore();
    this.refresh();
    this.paper.fit(false);
  }

  get map() {
    return this.history.map;
  }

  build() {
    this.undoButton = pressButton("Undo", () => this.undo());
    this.redoButton = pressButton("Redo", () => this.redo());
    this.linkButton = pressButton("Link", () => this.acts.linkByTool(), { "aria-pressed": "false" });
    this.help = makeHelp();
    this.help.hidden = true;
    const help = pressButton("Help", () => {
      this.help.hidden = !this.help.hidden;
      help.setAttribute("aria-expanded", String(!this.help.hidden));
    }, { "aria-expanded": "false" });
    const tools = make(
      "div", { class: "cs-tools", role: "toolbar", "aria-label": "Draw" },
      make("span", { class: "cs-group" }, pressButton("+ Variable", () => this.acts.addHere()), this.linkButton),
      make("span", { class: "cs-group" }, this.undoButton, this.redoButton),
      make("span", { class: "cs-group" }, pressButton("Tidy up", () => this.acts.tidyUp())),
      this.zoomTools(),
      help,
    );
    this.empty = make("div", { class: "cs-start" }, make("p", {}, "Double-click or double-tap here, or press n, to add the first variable."), make("p", {}, "Something that can go up and down: stress, trust, time to rest."));
    this.more = make("p", { class: "cs-more-of-it" }, "There is more of this map: drag the paper, or press “All of it”.");
    this.more.hidden = true;
    this.paper.frame.append(this.empty, this.more, this.naming.form);
    this.status = make("p", { class: "cs-status", role: "status" });
    this.signs = make("div", { class: "cs-row cs-ask-sign", role: "group", "aria-label": "The sign of the new link" });
    this.signs.hidden = true;
    this.names = make("datalist", { id: this.listId });
    this.titleLine = make("p", { class: "cs-title" });
    const skip = make("a", { href: "#", class: "cs-skip" }, "Skip the drawing");
    skip.addEventListener("click", (/** @type {Event} */ event) => {
      event.preventDefault();
      /** @type {any} */ (this.outline.place.firstChild).focus();
    });
    const side = make("div", { class: "cs-side" }, this.details.place, this.lists.loopPlace, this.lists.notePlace);
    const desk = make("div", { class: "cs-desk-of" }, make("div", { class: "cs-left-of" }, this.paper.frame, this.status, this.signs), side);
    this.root.append(make("div", { class: "cs-top" }, this.titleLine, tools), this.python.line, this.help, skip, desk, this.outline.place, this.outline.textPlace, this.names, this.announcer.element);
  }

  /** Farther, closer, all of it: one small group, so that a phone has room for the map. */
  zoomTools() {
    return make(
      "span", { class: "cs-group cs-zoom", role: "group", "aria-label": "How close" },
      pressButton("Zoom out", () => this.paper.zoom(1 / 1.25)), pressButton("Zoom in", () => this.paper.zoom(1.25)), pressButton("All of it", () => this.paper.fit(), { "aria-label": "Show all of it" }),
    );
  }

  /** A map that is too large to be read as a whole says that there is more. */
  showMore() {
    this.more.hidden = !this.paper.reading || !this.paper.outOfSight();
  }

  listen() {
    this.root.addEventListener("keydown", (event) => {
      if (!keyPressed(this, event)) return;
      event.preventDefault();
      if (event.key === "Escape") event.stopPropagation();
    });
    this.root.addEventListener("focusin", (event) => {
      const name = /** @type {any} */ (event.target).closest?.("[data-word]")?.dataset.word;
      if (name && name !== this.chosen.word && this.linking === null) this.choose(name, "");
    });
    this.root.addEventListener("focusout", () => this.sync.flush());
    this.root.addEventListener("pointerdown", () => (this.held = true), true);
    this.root.addEventListener("change", () => {
      this.held = true;
      this.letSettle();
    }, true);
    for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, this.settle, true);
    this.hand = new PaperHand(this.paper, {
      word: (name) => this.acts.pressedWord(name),
      dragged: (name, at) => this.paper.moveWord(name, at.x, at.y),
      dropped: (name) => {
        const box = this.paper.boxOf(name);
        if (box) this.acts.moveTo(name, box.x, box.y);
      },
      twiceWord: (name) => this.linking === null && this.acts.renameHere(name),
      link: (id) => {
        this.choose("", id);
        this.focusChosen();
      },
      mark: (loop) => this.lists.tellNamed(loop),
      ground: () => {
        this.choose("", "");
        this.paper.svg.focus({ preventScroll: true });
      },
      twiceGround: (at) => this.acts.addAt(at),
      tied: (from, to, at) => (to ? this.acts.tieByHand(from, to) : this.acts.addAt(at, from)),
      handle: (from) => this.acts.startLinking(from),
      hover: (at) => this.linking && this.paper.showGhost(this.linking, at),
    });
    this.sizes = new ResizeObserver(() => this.paper.placed && this.paper.fit(this.paper.whole));
    this.sizes.observe(this.paper.frame);
    if (!this.model.get("onBoard")) this.stay = askOnLeaving(this.model, () => this.map !== this.inFile || this.naming.open || isWritten(this.details.place));
  }

  close() {
    clearTimeout(this.sliding);
    this.sync.close();
    this.python.close();
    this.sizes?.disconnect();
    this.stay?.();
    for (const end of ["pointerup", "pointercancel"]) document.removeEventListener(end, this.settle, true);
    this.root.remove();
  }

  /** Take one of many small steps, which are one step to be undone: all else waits until they end. @param {import("./map_values.js").MapValues} map @param {string} said @param {string} kind */
  slide(map, said, kind) {
    this.history.step(map, said, kind);
    this.sync.send(map, true);
    clearTimeout(this.sliding);
    this.sliding = setTimeout(() => this.refresh(), 200);
  }

  /** Take a step: another map, what was done in words, and what one can do about it. @param {import("./map_values.js").MapValues} map @param {string} said @param {string} [advice] */
  edit(map, said, advice = "") {
    const before = this.found.loops.length;
    this.history.step(map, said);
    this.refresh();
    this.sync.send(map, false);
    const now = this.found.loops.length;
    const loops = now === before ? "" : ` ${loopsSaid(this.found.loops, this.found.complete)}. ${signsMissing(this.found.loops)}`.trimEnd();
    this.tell("");
    this.announce(`${said}${advice}.${loops}`);
  }

  /** Take a step that may be refused, with the reason told; say whether it was taken. @param {() => import("./map_values.js").MapValues} make @param {string} said */
  try(make, said) {
    try {
      this.edit(make(), said);
      return true;
    } catch (error) {
      if (!(error instanceof MapLesson)) throw error;
      this.tell(error.message);
      return false;
    }
  }

  /** Draw the map as it is now; loops are looked for only when they can be others. */
  refresh() {
    clearTimeout(this.sliding);
    const { map, chosen } = this;
    if (chosen.word && !variableNamed(map, chosen.word)) chosen.word = "";
    if (chosen.link && !linkById(map, chosen.link)) chosen.link = "";
    if (this.asking && !linkById(map, this.asking)) this.tell("");
    const names = map.variables.map(({ name }) => name).join("\n");
    if (this.looked.links !== map.links || this.looked.titles !== map.titles || this.looked.names !== names) {
      this.looked = { links: map.links, titles: map.titles, names };
      this.found = findLoops(map);
      this.names.replaceChildren(...map.variables.map(({ name }) => make("option", { value: name })));
    }
    this.paper.draw(map, markedLoops(this.found.loops));
    this.paper.select(chosen.word, chosen.link);
    this.showPanels();
    this.empty.hidden = map.variables.length > 0;
    this.paper.svg.setAttribute("tabindex", map.variables.length ? "-1" : "0"); // words are stops of their own
    this.undoButton.disabled = !this.history.past.length;
    this.redoButton.disabled = !this.history.future.length;
    this.titleLine.textContent = map.name || "Causal loop diagram";
    this.paper.svg.setAttribute("aria-label", `The map: ${countSaid(map.variables.length, "variable")}, ${countSaid(map.links.length, "link")}, ${loopsSaid(this.found.loops, this.found.complete).toLowerCase()}`);
  }

  /** Make the panels anew, but never under a hand that is on them: its click would hit nothing. */
  showPanels() {
    this.owed = this.held;
    if (this.held) return;
    this.details.show();
    this.lists.showLoops(this.found);
    this.outline.show();
    this.showNotes();
  }

  /** Hold the panels still until this moment is over. */
  letSettle() {
    setTimeout(() => {
      this.held = false;
      if (this.owed) this.showPanels();
    });
  }

  showNotes() {
    const stale = this.sync.alone && this.history.past.length > 0;
    this.lists.showNotes(this.model.get("notes") || {}, stale ? "These notes are about the map as it was saved. New ones come when you draw it in a notebook." : "");
  }

  /** The map changed in Python, or in another view: a step like any other. @param {import("./map_values.js").MapValues} map */
  adopt(map) {
    this.history.step(map, "A change from Python");
    this.refresh();
    this.announce("The map was changed outside this page.");
  }

  /** @param {string} word @param {string} link @param {string} [through] */
  choose(word, link, through = "") {
    const same = this.chosen.word === word && this.chosen.link === link;
    const active = /** @type {any} */ (document.activeElement);
    if (!same && isWritten(this.details.place)) active.blur(); // what was written there is taken first
    this.chosen = { word, link };
    this.through = through;
    this.paper.select(word, link);
    if (!same && this.asking) this.tell(""); // the question was about another thing
    if (!same) this.details.show();
    const tie = link ? linkById(this.map, link) : undefined;
    if (tie && !same) this.announce(linkSaid(tie));
  }

  /** Put the keyboard where the choice is. */
  focusChosen() {
    const { word, link } = this.chosen;
    const element = word ? this.paper.wordOf.get(word) : this.paper.linkAt.find((group) => group.dataset.link === link);
    element?.focus({ preventScroll: true });
  }

  /** @param {string} words shown under the paper */
  tell(words) {
    this.asking = "";
    this.signs.hidden = true;
    this.status.textContent = words;
  }

  /** Ask for the sign of a new link, with an answer to press for each. @param {string} words @param {string} link */
  askSign(words, link) {
    this.tell(words);
    this.asking = link;
    const answer = (/** @type {string} */ said, /** @type {string} */ sign) => pressButton(said, () => {
      this.tell("");
      if (sign) this.acts.setSign(sign);
      this.focusChosen();
    });
    this.signs.replaceChildren(answer("+ same way", "+"), answer("− opposite way", "-"), answer("? not sure yet", ""));
    this.signs.hidden = false;
  }

  /** @param {string} words */
  announce(words) {
    this.announcer.say(words);
  }

  undo() {
    this.turned(() => this.history.undo(), "Undone");
  }

  redo() {
    this.turned(() => this.history.redo(), "Done again");
  }

  /** @param {() => string} turn @param {string} how */
  turned(turn, how) {
    const [before, here] = [this.map, this.acts.isHere()];
    const active = /** @type {any} */ (document.activeElement);
    const held = this.root.contains(active);
    const said = turn();
    if (!said) return this.announce("Nothing more there.");
    this.refresh();
    this.sync.send(this.map, false);
    const isLost = held && (active.disabled || !this.root.contains(document.activeElement));
    if (here || isLost) this.goTo(changedIn(before, this.map));
    return this.announce(`${how}: ${said}.`);
  }

  /** Go to a word or a link, to what is chosen where there is none, to the paper at last. @param {{word: string, link: string}} spot */
  goTo({ word, link }) {
    if (word || link) this.choose(word, link);
    if (this.chosen.word || this.chosen.link) this.focusChosen();
    else this.paper.svg.focus({ preventScroll: true });
  }

  /** Take a new layout and look at all of it. @param {import("./map_values.js").MapValues} map */
  arrange(map) {
    this.edit(map, "The map is tidied up");
    this.paper.fit();
  }
}

export default { render: renderEditor };
