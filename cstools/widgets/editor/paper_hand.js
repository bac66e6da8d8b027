// What a hand does on the paper: a mouse, a pen or fingers, as plain gestures.

const [TWICE_WITHIN, NEAR_ENOUGH, A_MOVE] = [400, 26, 4];

/**
 * @typedef {object} HandSays
 * @property {(name: string) => void} word a word was pressed
 * @property {(name: string, at: import("./arcs.js").Point) => void} dragged a word is being moved
 * @property {(name: string) => void} dropped
 * @property {(name: string) => void} twiceWord
 * @property {(id: string) => void} link
 * @property {(loop: string) => void} mark
 * @property {(at: import("./arcs.js").Point, event: PointerEvent) => void} ground
 * @property {(at: import("./arcs.js").Point) => void} twiceGround
 * @property {(from: string, to: string, at: import("./arcs.js").Point) => void} tied a link was pulled from word to word, or to none
 * @property {(from: string) => void} handle the dot was pressed, not pulled
 * @property {(at: import("./arcs.js").Point) => void} hover
 */

export class PaperHand {
  /** @param {import("./map_paper.js").MapPaper} paper @param {HandSays} says */
  constructor(paper, says) {
    this.paper = paper;
    this.says = says;
    /** @type {Map<number, import("./arcs.js").Point>} */
    this.fingers = new Map();
    /** @type {{kind: string, name: string, from: import("./arcs.js").Point, offset: import("./arcs.js").Point, moved: boolean} | null} */
    this.act = null;
    this.last = { time: 0, x: 0, y: 0, what: "" };
    const { svg } = paper;
    svg.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => this.down(event));
    svg.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, (/** @type {PointerEvent} */ event) => this.up(event));
    svg.addEventListener("wheel", (/** @type {WheelEvent} */ event) => this.wheel(event), { passive: false });
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (event.button > 0) return;
    const at = { x: event.clientX, y: event.clientY };
    this.fingers.set(event.pointerId, at);
    if (this.fingers.size > 1) {
      this.release();
      return;
    }
    const target = /** @type {any} */ (event.target);
    const { word, link, loop } = this.under(target);
    const here = this.paper.toWorld(at);
    const handle = target.closest("[data-handle]");
    const kind = handle ? "handle" : word ? "word" : link ? "link" : loop ? "mark" : "ground";
    const name = handle ? this.paper.handleAt || "" : word || link || loop;
    const box = word ? this.paper.boxOf(word) : null;
    const offset = box ? { x: box.x - here.x, y: box.y - here.y } : { x: 0, y: 0 };
    this.act = { kind, name, from: at, offset, moved: false };
    this.paper.svg.setPointerCapture(event.pointerId);
    if (kind === "word") this.says.word(name);
    if (kind === "link") this.says.link(name);
    if (kind === "mark") this.says.mark(name);
    if (kind === "ground") this.says.ground(here, event);
    if (kind !== "ground") event.preventDefault();
  }

  /** @param {any} target */
  under(target) {
    const found = (/** @type {string} */ what) => target.closest?.(`[data-${what}]`)?.dataset[what] ?? "";
    return { word: found("word"), link: found("link"), loop: found("loop") };
  }

  /** @param {PointerEvent} event */
  move(event) {
    const at = { x: event.clientX, y: event.clientY };
    const before = this.fingers.get(event.pointerId);
    if (!before) {
      this.says.hover(this.paper.toWorld(at));
      return;
    }
    if (this.fingers.size === 2) this.pinch(event.pointerId, at);
    this.fingers.set(event.pointerId, at);
    const { act } = this;
    if (!act) return;
    if (!act.moved && Math.hypot(at.x - act.from.x, at.y - act.from.y) < A_MOVE) return;
    act.moved = true;
    const here = this.paper.toWorld(at);
    if (act.kind === "word") this.says.dragged(act.name, { x: here.x + act.offset.x, y: here.y + act.offset.y });
    if (act.kind === "handle") this.paper.showGhost(act.name, here);
    if (act.kind === "ground") this.paper.pan(at.x - before.x, at.y - before.y);
  }

  /** Two fingers move and stretch the paper. @param {number} id @param {import("./arcs.js").Point} at */
  pinch(id, at) {
    const other = [...this.fingers].find(([finger]) => finger !== id)?.[1];
    const before = this.fingers.get(id);
    if (!other || !before) return;
    const far = (/** @type {import("./arcs.js").Point} */ point) => Math.max(Math.hypot(point.x - other.x, point.y - other.y), 1);
    this.paper.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
    this.paper.zoom(far(at) / far(before), { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
  }

  /** @param {PointerEvent} event */
  up(event) {
    this.fingers.delete(event.pointerId);
    const { act } = this;
    if (!act || this.fingers.size) return;
    const at = { x: event.clientX, y: event.clientY };
    const cancelled = event.type === "pointercancel";
    this.act = null;
    if (act.kind === "word" && act.moved) this.says.dropped(act.name);
    else if (act.kind === "handle" && !cancelled) this.letGo(act.name, act.moved, at);
    else if (!act.moved && !cancelled) this.twice(act, at, event.timeStamp);
    this.paper.showGhost("", null);
  }

  /** @param {string} from @param {boolean} pulled @param {import("./arcs.js").Point} at */
  letGo(from, pulled, at) {
    const under = document.elementsFromPoint(at.x, at.y).map((element) => this.under(element).word);
    if (pulled) this.says.tied(from, under.find(Boolean) || "", this.paper.toWorld(at));
    else this.says.handle(from);
  }

  /** @param {{kind: string, name: string}} act @param {import("./arcs.js").Point} at @param {number} time */
  twice(act, at, time) {
    const { last } = this;
    const what = `${act.kind} ${act.name}`;
    const again = last.what === what && time - last.time < TWICE_WITHIN && Math.hypot(at.x - last.x, at.y - last.y) < NEAR_ENOUGH;
    this.last = again ? { time: 0, x: 0, y: 0, what: "" } : { time, ...at, what };
    if (!again) return;
    if (act.kind === "word") this.says.twiceWord(act.name);
    if (act.kind === "ground") this.says.twiceGround(this.paper.toWorld(at));
  }

  /** A second finger came: what the first one did is at its end. */
  release() {
    const { act } = this;
    this.act = null;
    this.paper.showGhost("", null);
    if (act && act.kind === "word" && act.moved) this.says.dropped(act.name);
  }

  /** A wheel alone scrolls the page; with Ctrl, which is also a pinch on a touchpad, it zooms. @param {WheelEvent} event */
  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.paper.zoom(Math.exp(-event.deltaY / 240), { x: event.clientX, y: event.clientY });
  }
}
