// What can be done to a map in the editor, each by hand, by key and from the lists.
import { turnedLink } from "./details.js";
import { forcedPlaces } from "./map_force.js";
import { isPlural, shownSign } from "./map_said.js";
import { arrangedMap, changedLink, linkById, linkId, movedVariable, renamedVariable, variableNamed, withLink, withoutLink, withoutVariable, withVariable } from "./map_values.js";

export class EditorActs {
  /** @param {import("./editor.js").MapEditor} editor */
  constructor(editor) {
    this.editor = editor;
  }

  /** Name a new variable at a place; with `cause`, link that to it. @param {import("./arcs.js").Point} at @param {string} [cause] */
  addAt(at, cause = "") {
    const { editor } = this;
    const take = (/** @type {string} */ name) => {
      const there = cause ? variableNamed(editor.map, name) : undefined;
      return there ? this.tieTo(cause, there.name) : this.put(name, at, cause);
    };
    editor.naming.ask(at, "", take, () => editor.focusChosen());
  }

  /** Name a new variable where there is room in sight. */
  addHere() {
    this.addAt(this.freePlace());
  }

  /** Put a variable where there is room; say whether it could be. @param {string} name */
  addSomewhere(name) {
    return this.put(name, this.freePlace());
  }

  /** @param {string} name @param {import("./arcs.js").Point} at @param {string} [cause] */
  put(name, at, cause = "") {
    const { editor } = this;
    const make = () => {
      const map = withVariable(editor.map, name, at.x, at.y);
      const added = map.variables[map.variables.length - 1].name;
      return cause ? withLink(map, cause, added) : map;
    };
    if (!editor.try(make, `${name.trim()} is on the map`)) return false;
    const { variables, links } = editor.map;
    if (cause) this.askSign(links[links.length - 1]);
    else editor.choose(variables[variables.length - 1].name, "");
    return true;
  }

  /** A place in sight, as free as can be, near the middle. */
  freePlace() {
    const { paper } = this.editor;
    const { x, y, scale } = paper.view;
    const { width, height } = paper.size();
    const boxes = paper.scene ? paper.scene.boxes : [];
    let best = { x: x + width / scale / 2, y: y + height / scale / 2, room: -Infinity };
    for (const [across, down] of SPOTS) {
      const spot = { x: x + (width * across) / scale, y: y + (height * down) / scale };
      const room = Math.min(150, ...boxes.map((box) => Math.hypot((box.x - spot.x) / 1.6, box.y - spot.y)));
      if (room > best.room + 1) best = { ...spot, room };
    }
    return best;
  }

  /** @param {string} old @param {string} name */
  rename(old, name) {
    const { editor } = this;
    const chosen = editor.chosen.word === old;
    const place = editor.map.variables.findIndex((variable) => variable.name === old);
    const make = () => renamedVariable(editor.map, old, name);
    const done = editor.try(() => {
      const map = make();
      if (chosen) editor.chosen.word = map.variables[place].name;
      return map;
    }, `${old} is called ${name.trim()} now`);
    if (!done && chosen) editor.chosen.word = old;
    return done;
  }

  /** Rename on the paper. @param {string} [name] */
  renameHere(name = this.editor.chosen.word) {
    const { editor } = this;
    const box = editor.paper.boxOf(name);
    if (box) editor.naming.ask(box, name, (other) => this.rename(name, other), () => editor.focusChosen());
  }

  /** Enter or space on the paper. @param {any} target */
  entered(target) {
    const name = target.closest("[data-word]")?.dataset.word;
    if (!this.editor.map.variables.length) this.addHere();
    else if (name && this.editor.linking !== null) this.pressedWord(name);
    else if (name) this.renameHere(name);
    else this.editor.focusChosen();
  }

  /** @param {string} name */
  pressedWord(name) {
    const { editor } = this;
    if (editor.linking === "") this.startLinking(name);
    else if (editor.linking !== null) {
      this.tieByHand(editor.linking, name);
    } else {
      editor.choose(name, "");
      editor.focusChosen();
    }
  }

  /** The tool begins at the word that is chosen; where none is, it asks for both ends. */
  linkByTool() {
    const { editor } = this;
    const { word } = editor.chosen;
    if (editor.linking === null && !word) editor.choose("", "");
    this.startLinking(word);
  }

  /** Link two words that were pressed; one that is pressed twice is more likely a slip than a link. @param {string} cause @param {string} effect */
  tieByHand(cause, effect) {
    const { editor } = this;
    if (cause === effect) {
      const next = editor.linking === null ? "" : " Press another word for the effect, or Escape for no link.";
      editor.tell(`That is ${cause} again, so no link is made.${next} If ${cause} ${isPlural(cause) ? "act on themselves" : "acts on itself"}, choose it and write its name under “Acts on”.`);
      return;
    }
    if (editor.linking !== null) this.stopLinking();
    if (this.tieTo(cause, effect)) editor.focusChosen(); // there + and − are keys
  }

  /** Begin a link: the next word that is chosen is its effect, or its cause where none is said. @param {string} [cause] */
  startLinking(cause = this.editor.chosen.word) {
    const { editor } = this;
    if (editor.linking !== null && !(editor.linking === "" && cause)) {
      this.stopLinking();
      return;
    }
    if (cause) editor.choose(cause, "");
    editor.linking = cause;
    editor.linkButton.setAttribute("aria-pressed", "true");
    editor.paper.frame.classList.add("cs-linking");
    editor.tell(cause ? `What does ${cause} act on? Press it. Escape: no link.` : "Press the cause, then the effect. Escape: no link.");
  }

  stopLinking() {
    const { editor } = this;
    editor.linking = null;
    editor.linkButton.setAttribute("aria-pressed", "false");
    editor.paper.frame.classList.remove("cs-linking");
    editor.paper.showGhost("", null);
    editor.tell("");
  }

  /** Ask in the panel what the chosen variable acts on. */
  askLink() {
    if (this.editor.chosen.word) this.editor.details.askTarget();
    else this.editor.tell("Choose a variable first: Tab goes through them.");
  }

  /** Link to a variable, which is made if it is not there. @param {string} cause @param {string} wanted */
  tieTo(cause, wanted) {
    const { editor } = this;
    const there = variableNamed(editor.map, wanted);
    if (!there) {
      const box = editor.paper.boxOf(cause);
      return this.put(wanted, this.near(box || this.freePlace()), cause);
    }
    if (!editor.try(() => withLink(editor.map, cause, there.name), `${cause} acts on ${there.name}`)) return false;
    this.askSign(editor.map.links[editor.map.links.length - 1]);
    return true;
  }

  /** A new link is chosen, so that its sign can be said. @param {import("./map_values.js").MapLink} link */
  askSign(link) {
    const { editor } = this;
    const inPanel = editor.details.place.contains(document.activeElement);
    editor.choose("", linkId(link), link.cause);
    editor.askSign(`When ${link.cause} ${isPlural(link.cause) ? "rise" : "rises"}, ${isPlural(link.effect) ? "do" : "does"} ${link.effect} move the same way?`, linkId(link));
    if (inPanel) editor.details.askSign();
    else if (editor.paper.frame.contains(document.activeElement)) editor.focusChosen();
  }

  /** A link said by its two names; a name that is new is a new variable. @param {string} cause @param {string} effect @param {string} sign */
  tieNamed(cause, effect, sign) {
    const { editor } = this;
    return editor.try(() => {
      let { map } = editor;
      for (const name of [cause, effect]) {
        const at = this.freePlace();
        if (!variableNamed(map, name)) map = withVariable(map, name, at.x + (map === editor.map ? 0 : 60), at.y + (map === editor.map ? 0 : 60));
      }
      const ends = [cause, effect].map((name) => /** @type {any} */ (variableNamed(map, name)).name);
      return withLink(map, ends[0], ends[1], sign);
    }, `${cause.trim()} acts on ${effect.trim()}`);
  }

  /** A place beside another that no word takes. @param {import("./arcs.js").Point} at */
  near(at) {
    const boxes = this.editor.paper.scene ? this.editor.paper.scene.boxes : [];
    const spots = [0, 0.9, -0.9, 1.8, -1.8, 2.7, -2.7].map((turn) => ({ x: at.x + 170 * Math.cos(turn + 0.5), y: at.y + 110 * Math.sin(turn + 0.5) }));
    const rooms = spots.map((spot) => Math.min(100, ...boxes.map((box) => Math.hypot((box.x - spot.x) / 1.6, box.y - spot.y))));
    return spots[rooms.indexOf(Math.max(...rooms))];
  }

  /** @param {import("./map_values.js").MapLink} link @param {Partial<import("./map_values.js").MapLink>} change @param {string} said */
  changeLink(link, change, said) {
    const { editor } = this;
    const chosen = editor.chosen.link === linkId(link);
    return editor.try(() => {
      const map = changedLink(editor.map, link, change);
      if (chosen) editor.chosen.link = linkId({ ...link, ...change });
      return map;
    }, said);
  }

  tie() {
    const link = this.editor.chosen.link ? linkById(this.editor.map, this.editor.chosen.link) : undefined;
    if (!link) this.editor.tell("Choose a link first: ] goes through the links of a variable.");
    return link;
  }

  /** @param {string} sign */
  setSign(sign) {
    const link = this.tie();
    if (link && link.sign !== sign) this.changeLink(link, { sign }, `${link.cause} → ${link.effect} is ${shownSign(sign)}`);
  }

  toggleDelay() {
    const link = this.tie();
    if (link) this.changeLink(link, { delayed: !link.delayed }, `${link.cause} → ${link.effect} ${link.delayed ? "is at once" : "takes a while"}`);
  }

  turnRound() {
    const { editor } = this;
    const link = this.tie();
    if (!link) return;
    editor.try(() => {
      const map = turnedLink(editor.map, link);
      editor.chosen.link = linkId({ ...link, cause: link.effect, effect: link.cause });
      return map;
    }, `The arrow is reversed: ${link.effect} → ${link.cause}`);
  }

  /** Take away what is chosen. */
  remove() {
    const { word, link } = this.editor.chosen;
    const tie = link ? linkById(this.editor.map, link) : undefined;
    if (word) this.removeVariable(word);
    else if (tie) this.removeLink(tie);
  }

  /** @param {string} name */
  removeVariable(name) {
    const { editor } = this;
    const at = editor.map.variables.findIndex((variable) => variable.name === name);
    const wasHere = this.isHere();
    editor.edit(withoutVariable(editor.map, name), `${name} and its links are gone`, "; Undo brings them back");
    const next = editor.map.variables[Math.min(at, editor.map.variables.length - 1)];
    if (wasHere && next) {
      editor.choose(next.name, "");
      editor.focusChosen();
    }
  }

  /** @param {import("./map_values.js").MapLink} link */
  removeLink(link) {
    const { editor } = this;
    const wasHere = this.isHere();
    editor.edit(withoutLink(editor.map, link), `The link ${link.cause} → ${link.effect} is gone`, "; Undo brings it back");
    if (wasHere) {
      editor.choose(link.cause, "");
      editor.focusChosen();
    }
  }

  /** Whether the keyboard is on the paper or at what is chosen, and must not be lost. */
  isHere() {
    const { paper, details } = this.editor;
    return [paper.frame, details.place].some((place) => place.contains(document.activeElement));
  }

  /** @param {string} name @param {number} x @param {number} y */
  moveTo(name, x, y) {
    this.editor.edit(movedVariable(this.editor.map, name, x, y), `${name} is moved`);
  }

  /** Move a word a little, as an arrow key does again and again. @param {string} name @param {number} x @param {number} y */
  nudgeTo(name, x, y) {
    const { editor } = this;
    editor.paper.moveWord(name, x, y);
    editor.slide(movedVariable(editor.map, name, x, y), `${name} is moved`, `arrow ${name}`);
  }

  tidyUp() {
    const { editor } = this;
    if (!editor.map.variables.length) return;
    if (editor.sync.alone || editor.sync.silent) {
      this.tidyHere("");
      return;
    }
    editor.tell("Python looks for a good layout…");
    editor.sync.askLayout();
  }

  /** Tidy up in the page. @param {string} why */
  tidyHere(why) {
    const { editor } = this;
    if (!editor.map.variables.length) return;
    editor.arrange(arrangedMap(editor.map, forcedPlaces(editor.map), [], true));
    if (why) editor.tell(why);
  }

  /** Let go: of a name that is written, a link that is begun, what is chosen. Say whether there was something. */
  letGo() {
    const { editor } = this;
    if (editor.naming.open) editor.naming.close(true);
    else if (editor.linking !== null) this.stopLinking();
    else if (editor.chosen.word || editor.chosen.link) {
      const back = editor.through;
      editor.choose(back, "");
      if (back) editor.focusChosen();
      else if (editor.paper.frame.contains(document.activeElement)) editor.paper.svg.focus({ preventScroll: true });
    } else return false;
    return true;
  }
}

/** Places in sight, as shares of the width and height: the middle first, then around it. */
const SPOTS = [[0.5, 0.5], [0.5, 0.3], [0.5, 0.7], [0.3, 0.5], [0.7, 0.5], [0.3, 0.3], [0.7, 0.3], [0.3, 0.7], [0.7, 0.7], [0.5, 0.12], [0.5, 0.88], [0.14, 0.5], [0.86, 0.5], [0.14, 0.14], [0.86, 0.14], [0.14, 0.86], [0.86, 0.86]];
