// What lies on a board beside its notes: sketches that can be drawn on, and pictures of the rest.
import { makeAdder } from "./adder.js";
import { MapDesk } from "./map_desk.js";
import { makeSketchForm, momentsToDraw, movedPoints } from "./sketch_form.js";
import { make } from "../shared/elements.js";
import { renderSketch } from "../sketch/sketch.js";

/** @type {Record<string, string>} */
export const FORM_NAMES = { sketch: "Sketch", map: "Map", model: "Model", picture: "Picture" };
export const SAFE_PICTURE = /^data:image\/(svg\+xml|png);base64,[A-Za-z0-9+/=]+$/;

/** What a sketch talks to: its grid, and its points, which lie on the board. */
class SketchOnBoard {
  /** @param {any} model the board's @param {any} thing */
  constructor(model, thing) {
    this.model = model;
    this.key = thing.key;
    /** @type {Record<string, any>} */
    this.state = { payload: thing.source };
    this.given = thing.source.points || [];
    /** @type {Map<() => void, string>} */
    this.calls = new Map();
  }

  /** @param {string} name */
  get(name) {
    if (name === "points") return (this.model.get("drawn") || {})[this.key] ?? this.given;
    return name === "alone" ? this.model.get("alone") : this.state[name];
  }

  /** @param {string} name @param {any} value */
  set(name, value) {
    if (name === "points") this.model.set("drawn", { ...this.model.get("drawn"), [this.key]: value });
    else this.state[name] = value;
  }

  save_changes() {
    this.model.save_changes();
  }

  /** @param {string} event @param {() => void} call */
  on(event, call) {
    if (event !== "change:points") return;
    this.model.on("change:drawn", call);
    this.calls.set(call, "change:drawn");
  }

  /** @param {string} event @param {() => void} call */
  off(event, call) {
    this.model.off("change:drawn", call);
    this.calls.delete(call);
  }
}

/** @param {any} thing */
const titleOf = (thing) => [FORM_NAMES[thing.form] || "Picture", thing.name].filter(Boolean).join(": ");

/** @param {any} thing whether its grid is one, so that it can be drawn on */
export function hasGrid(thing) {
  const { times, start, stop, low, high, points } = thing.source || {};
  const numbers = (/** @type {any} */ list) => Array.isArray(list) && list.every((n) => Number.isFinite(n));
  const pairs = Array.isArray(points) && points.every((point) => numbers(point) && point.length === 2);
  return thing.form === "sketch" && numbers(times) && times.length > 1 && pairs && start < stop && low < high;
}

/** The things of one layer. */
export class ThingList {
  /** @param {any} board @param {any} layer */
  constructor(board, layer) {
    this.board = board;
    this.layer = layer;
    this.element = make("div", { class: "cs-things" });
    /** @type {Map<string, {thing: any, figure: any, close: () => void}>} */
    this.shown = new Map();
    const { place, more } = makeAdder(this);
    this.more = more;
    this.element.append(place);
  }

  show() {
    const here = this.board.state.now.things.filter((/** @type {any} */ thing) => thing.layer === this.layer.key);
    const keys = new Set(here.map((/** @type {any} */ thing) => thing.key));
    for (const [key, { figure, close }] of this.shown) {
      if (keys.has(key)) continue;
      close();
      figure.remove();
      this.shown.delete(key);
    }
    for (const thing of here) this.put(thing);
  }

  /** @param {any} thing */
  put(thing) {
    const old = this.shown.get(thing.key);
    if (old && JSON.stringify(old.thing) === JSON.stringify(thing)) return;
    const figure = make("figure", { class: `cs-thing cs-form-${thing.form in FORM_NAMES ? thing.form : "picture"}` });
    const close = hasGrid(thing) ? this.putSketch(thing, figure) : this.putPicture(thing, figure);
    old?.close();
    if (old) old.figure.replaceWith(figure);
    else this.element.insertBefore(figure, this.element.querySelector(":scope > .cs-sketch-adder"));
    this.shown.set(thing.key, { thing, figure, close });
  }

  /** @param {any} thing @param {any} figure */
  putSketch(thing, figure) {
    const place = make("div", {});
    figure.append(make("p", { class: "cs-thing-title", dir: "auto" }, titleOf(thing)), place, make("div", { class: "cs-thing-tools" }, this.axes(thing, place), this.off(thing)));
    return renderSketch({ model: new SketchOnBoard(this.board.model, thing), el: place });
  }

  /** @param {any} thing @param {any} figure */
  putPicture(thing, figure) {
    const name = titleOf(thing);
    const told = String(thing.sentence || "");
    const safe = SAFE_PICTURE.test(thing.picture || "");
    const larger = make("button", { type: "button", class: "cs-larger", "aria-label": `Open larger: ${name}` });
    if (safe) larger.append(make("img", { src: thing.picture, alt: "" }));
    larger.append(make("span", { class: "cs-larger-mark", "aria-hidden": "true" }, "⤢"));
    larger.addEventListener("click", () => openLarger(this.board.root, name, told, thing.picture));
    const title = make("p", { class: "cs-thing-title", dir: "auto" }, name);
    const drawable = thing.form === "map" && Array.isArray(thing.source?.variables) && Array.isArray(thing.source?.links);
    const caption = told || (drawable && !thing.source.variables.length ? "Nothing is drawn on it yet." : "");
    figure.append(title, ...(safe ? [larger] : []), make("figcaption", { dir: "auto" }, caption), make("div", { class: "cs-thing-tools" }, ...(drawable ? [this.drawing(thing)] : []), this.off(thing)));
    return () => {};
  }

  /** The way to the map editor. @param {any} thing */
  drawing(thing) {
    const button = make("button", { type: "button", class: "cs-draw-on", "aria-label": `Draw on the map ${thing.name}` }, "Draw on it");
    button.addEventListener("click", () => this.drawMap(thing));
    return button;
  }

  /** Open a map in the editor. @param {any} thing */
  drawMap(thing) {
    const { desks } = this.board;
    const desk = desks.get(thing.key) || new MapDesk(this.board, thing);
    desks.set(thing.key, desk);
    desk.open(() => this.shown.get(thing.key)?.figure.querySelector(".cs-draw-on")?.focus());
  }

  /** The way to another span of time or other units. @param {any} thing @param {any} place under which it is asked */
  axes(thing, place) {
    const button = make("button", { type: "button", "aria-expanded": "false", class: "cs-axes" }, "Time and units");
    const { board } = this;
    button.addEventListener("click", () => {
      const leave = () => {
        form.remove();
        button.setAttribute("aria-expanded", "false");
        button.focus();
      };
      if (button.getAttribute("aria-expanded") === "true") return place.parentNode.querySelector(".cs-sketch-form button[type=button]").click();
      const take = (/** @type {any} */ grid) => {
        const drawn = (board.model.get("drawn") || {})[thing.key] ?? thing.source.points;
        const source = { ...thing.source, ...grid, begins: null, times: momentsToDraw(grid.start, grid.stop) };
        source.points = movedPoints(drawn, thing.source, source);
        leave();
        board.state.redraw(thing.key, { source }, source.points);
        board.say("The sketch keeps its shape; its numbers follow the new axes.");
        this.shown.get(thing.key)?.figure.querySelector(".cs-axes")?.focus();
      };
      const { form, begin } = makeSketchForm({ grid: thing.source, asksName: false, words: "Use these", take, leave });
      button.setAttribute("aria-expanded", "true");
      place.after(form);
      return begin();
    });
    return button;
  }

  /** @param {any} thing */
  off(thing) {
    const name = `${(FORM_NAMES[thing.form] || "Picture").toLowerCase()} ${thing.name || ""}`.trim();
    const button = make("button", { type: "button", "aria-label": `Take the ${name} off the board` }, "Take off");
    button.addEventListener("click", () => {
      this.board.state.takeOff(thing.key);
      this.board.lists[this.layer.key].adding.focus();
    });
    return button;
  }

  close() {
    for (const { close } of this.shown.values()) close();
  }
}

/**
 * Show a picture as large as the window lets it be; Escape closes it.
 * @param {HTMLElement} root @param {string} name @param {string} told @param {string} picture
 */
function openLarger(root, name, told, picture) {
  const before = /** @type {any} */ (document.activeElement);
  const close = make("button", { type: "button" }, "Close");
  const image = make("img", { src: picture, alt: told || name });
  const dialog = make("dialog", { class: "cs-large", "aria-label": name }, make("div", { class: "cs-large-head" }, make("p", { class: "cs-thing-title", dir: "auto" }, name), close), image, make("p", { dir: "auto" }, told));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") event.stopPropagation(); // the dialog's own, nobody else's
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    before?.focus?.();
  });
  root.append(dialog);
  dialog.showModal();
}
