// A map on a board, drawn on in the map editor: a desk over the board, whose way back stays while the page does.
import { countSaid } from "../editor/parts.js";
import { loopsSaid } from "../editor/lists.js";
import { MapEditor } from "../editor/editor.js";
import { forcedPlaces } from "../editor/map_force.js";
import { mapPicture } from "../editor/map_picture.js";
import { arrangedMap, mapIn } from "../editor/map_values.js";
import { keepKeys, make } from "../shared/elements.js";

/** What the editor talks to: one map, which lies on the board. */
class MapOnBoard {
  /** @param {any} board @param {string} key */
  constructor(board, key) {
    this.board = board;
    this.key = key;
    /** @type {Set<() => void>} */
    this.calls = new Set();
  }

  /** @param {string} name */
  get(name) {
    if (name === "map") return placedMap(this.board.state.newest.get(this.key).source);
    return name === "alone" || name === "onBoard" ? true : undefined;
  }

  /** The board tells Python, which draws the map anew. @param {string} name @param {any} value */
  set(name, value) {
    if (name !== "map") return;
    const { edit = 0 } = this.board.state.newest.get(this.key).source;
    this.board.state.redraw(this.key, { source: { ...mapIn(value), edit: edit + 1 } });
  }

  save_changes() {}

  /** @param {string} event @param {() => void} call */
  on(event, call) {
    if (event === "change:map") this.calls.add(call);
  }

  /** @param {string} event @param {() => void} call */
  off(event, call) {
    this.calls.delete(call);
  }
}

export class MapDesk {
  /** @param {any} board @param {any} thing a map that lies on it */
  constructor(board, thing) {
    this.board = board;
    this.key = thing.key;
    this.model = new MapOnBoard(board, thing.key);
    this.place = make("section", { class: "cs-widget cs-editor", "aria-label": "Map editor" });
    const done = make("button", { type: "button", class: "cs-done" }, "Done");
    const title = make("p", { class: "cs-thing-title", dir: "auto" }, `Map: ${thing.name}`);
    this.dialog = make("dialog", { class: "cs-large cs-map-desk", "aria-label": `Draw the map ${thing.name}` }, make("div", { class: "cs-large-head" }, title, done), this.place);
    done.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.leave());
    this.dialog.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && event.stopPropagation());
  }

  /** @param {() => void} after where the keyboard goes when the desk is left */
  open(after) {
    this.after = after;
    this.before = this.board.state.newest.get(this.key);
    this.board.root.append(this.dialog);
    this.dialog.showModal();
    if (this.editor) return;
    this.editor = new MapEditor(this.model, this.place);
    keepKeys(this.place);
  }

  /** What was drawn is on the board; where Python has not drawn its picture yet, the page's own stands for it. */
  leave() {
    const { editor, board } = this;
    if (!editor) return;
    editor.sync.flush();
    const now = board.state.newest.get(this.key);
    if (now.source !== this.before.source && now.picture === this.before.picture) {
      const { variables, links } = now.source;
      const { loops, complete } = editor.found;
      const sentence = `Causal loop diagram “${now.name}”: ${countSaid(variables.length, "variable")}, ${countSaid(links.length, "link")}. ${loopsSaid(loops, complete)}.`;
      board.state.redraw(this.key, { picture: mapPicture(editor.paper), sentence });
    }
    this.dialog.remove();
    this.after?.();
  }

  /** The map may have changed elsewhere. */
  follow() {
    if (this.board.state.newest.has(this.key)) for (const call of this.model.calls) call();
  }

  close() {
    this.editor?.close();
    this.dialog.remove();
  }
}

/** The map with a place for every word. @param {any} source */
function placedMap(source) {
  const map = mapIn(source);
  const links = map.links.map((link) => ({ ...link, bow: link.bow ?? 1 }));
  const variables = map.variables.map((variable) => ({ ...variable, lens: variable.lens || "", pinned: variable.pinned ?? Number.isFinite(variable.x) }));
  const whole = { ...map, links, variables };
  if (variables.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))) return whole;
  return arrangedMap(whole, forcedPlaces(whole), [], false);
}
