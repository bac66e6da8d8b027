// The map drawn as SVG: words, links and marks as elements that are changed, not drawn anew.
import { make, makeSvg } from "../shared/elements.js";
import { placedMarks, MARK_RADIUS } from "./map_marks.js";
import { linkSaid } from "./map_said.js";
import { LETTER_SIZE, LINE_HEIGHT, MapScene, SIGN_REACH, TITLE_SIZE } from "./map_scene.js";
import { linkId } from "./map_values.js";

const [SMALLEST_SCALE, LARGEST_SCALE, SMALLEST_FIT, MARGIN_ROUND] = [0.2, 3, 0.04, 14];
const [MANY_WORDS, LEAST_LEGIBLE, TO_READ] = [100, 0.4, 0.75];

/** @typedef {import("./arcs.js").Point} Point */

/** @param {Point} point */
const spot = ({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`;

export class MapPaper {
  constructor() {
    this.svg = makeSvg("svg", { class: "cs-drawing", role: "group", "aria-label": "The map" });
    this.world = makeSvg("g");
    this.ties = makeSvg("g");
    this.rounds = makeSvg("g", { "aria-hidden": "true" });
    this.names = makeSvg("g");
    this.handle = handleDot();
    this.ghost = makeSvg("path", { class: "cs-ghost", "aria-hidden": "true" });
    this.world.append(this.rounds, this.ties, this.ghost, this.names, this.handle);
    this.svg.append(this.world);
    this.frame = make("div", { class: "cs-sheet" }, this.svg);
    this.view = { x: 0, y: 0, scale: 1 };
    /** @type {(() => void) | undefined} called when another part of the map is seen */
    this.onLook = undefined;
    this.fitted = true;
    this.whole = false; // whether all of it was asked for, however small
    this.reading = false; // whether it was too large for that, and is read from its busiest word
    this.placed = true; // whether the paper chose the view itself, and may choose anew for another size
    /** @type {Map<string, any>} */
    this.wordOf = new Map();
    /** @type {any[]} */
    this.linkAt = [];
    /** @type {import("./map_marks.js").LoopMark[]} */
    this.marks = [];
  }

  /** Draw another map. @param {import("./map_values.js").MapValues} map @param {import("./map_loops.js").MapLoop[]} marked */
  draw(map, marked) {
    this.scene = new MapScene(map, marked);
    this.marked = marked;
    const counts = map.variables.map(({ name }) => this.countLinks(map, name));
    this.drawWords(map, counts);
    this.linkAt = keptChildren(this.ties, map.links.length, () => makeSvg("g", { class: "cs-tie", tabindex: -1, role: "button" }));
    map.links.forEach((link, i) => {
      const said = linkSaid(link) + (link.reason ? `, because ${link.reason}` : "");
      setAll(this.linkAt[i], { "data-link": linkId(link), "aria-label": said });
      this.drawLink(i);
    });
    this.drawMarks();
    if (this.fitted && this.outOfSight()) this.fit();
  }

  /** @param {import("./map_values.js").MapValues} map @param {string} name */
  countLinks(map, name) {
    const [out, into] = [map.links.filter((link) => link.cause === name).length, map.links.filter((link) => link.effect === name).length];
    return `${name}, ${out} out, ${into} in`;
  }

  /** @param {import("./map_values.js").MapValues} map @param {string[]} labels */
  drawWords(map, labels) {
    const groups = keptChildren(this.names, map.variables.length, () => {
      const group = makeSvg("g", { class: "cs-word", tabindex: 0, role: "button" });
      group.append(makeSvg("rect", { class: "cs-reach", rx: 7 }), makeSvg("text"));
      return group;
    });
    this.wordOf.clear();
    map.variables.forEach((variable, i) => {
      const group = groups[i];
      this.wordOf.set(variable.name, group);
      setAll(group, { "data-word": variable.name, "aria-label": labels[i], "data-lens": variable.lens });
      this.drawWord(variable.name);
    });
  }

  /** @param {string} name */
  drawWord(name) {
    const box = this.boxOf(name);
    const group = this.wordOf.get(name);
    if (!box || !group) return;
    group.setAttribute("transform", `translate(${box.x.toFixed(2)} ${box.y.toFixed(2)})`);
    const [rect, text] = group.children;
    const [wide, high] = [Math.max(box.w + 8, 17), Math.max(box.h + 5, 15)];
    setAll(rect, { x: -wide, y: -high, width: 2 * wide, height: 2 * high });
    const said = box.lines.join("\n");
    if (group.said === said) return;
    group.said = said;
    text.replaceChildren(...box.lines.map((line, i) => {
      const piece = makeSvg("tspan", { x: 0, y: (-(box.lines.length - 1) / 2 + i) * LINE_HEIGHT + 0.35 * LETTER_SIZE });
      piece.textContent = line;
      return piece;
    }));
  }

  /** @param {string} name */
  boxOf(name) {
    const { scene } = this;
    return scene ? scene.boxes[scene.number.get(name) ?? -1] : undefined;
  }

  /** @param {number} i */
  drawLink(i) {
    if (!this.scene) return;
    const wire = this.scene.wires[i];
    const { sign } = this.scene.map.links[i];
    const [r, large, way] = [wire.radius.toFixed(1), Number(wire.large), Number(wire.clockwise)];
    const body = `M${spot(wire.start)}A${r} ${r} 0 ${large} ${way} `;
    const group = this.linkAt[i];
    if (!group.firstChild) {
      group.append(makeSvg("path", { class: "cs-reach" }), makeSvg("path", { class: "cs-arc" }), makeSvg("path", { class: "cs-arc cs-strokes" }), makeSvg("path", { class: "cs-head-of" }), makeSvg("path"));
    }
    const [reach, arc, strokes, head, mark] = group.children;
    reach.setAttribute("d", body + spot(wire.head[0]));
    arc.setAttribute("d", body + spot(wire.stop));
    strokes.setAttribute("d", wire.delay.map(([a, b]) => `M${spot(a)}L${spot(b)}`).join(""));
    head.setAttribute("d", `M${wire.head.map(spot).join("L")}Z`);
    setAll(mark, { class: sign === "-" ? "cs-sign-disc" : "cs-sign-lines", d: signPath(sign, wire.sign) });
  }

  drawMarks() {
    if (!this.scene) return;
    this.marks = placedMarks(this.scene, this.marked || []);
    this.rounds.replaceChildren(...this.marks.map(markElement));
  }

  /** Move a word, and only what hangs on it. @param {string} name @param {number} x @param {number} y */
  moveWord(name, x, y) {
    const box = this.boxOf(name);
    if (!this.scene || !box) return;
    const [dx, dy] = [x - box.x, y - box.y];
    for (const i of this.scene.move(name, x, y)) this.drawLink(i);
    this.drawWord(name);
    this.marks.forEach((mark, i) => {
      const { variables } = mark.loop;
      if (!variables.includes(name)) return; // it goes along for now, and finds its place later
      mark.at = { x: mark.at.x + dx / variables.length, y: mark.at.y + dy / variables.length };
      this.rounds.children[i].setAttribute("transform", `translate(${spot(mark.at)})`);
    });
    if (this.handleAt === name) this.showHandle(name);
  }

  /** Show the dot from which a link is drawn, beside a word, or nowhere. @param {string} name */
  showHandle(name) {
    const box = this.boxOf(name);
    this.handleAt = box ? name : "";
    this.handle.style.display = box ? "" : "none";
    if (box) this.handle.setAttribute("transform", `translate(${(box.x + box.w + 22).toFixed(1)} ${box.y.toFixed(1)})`);
  }

  /** A line from a word to where the pointer is, or none. @param {string} name @param {Point | null} to */
  showGhost(name, to) {
    const box = this.boxOf(name);
    this.ghost.setAttribute("d", box && to ? `M${spot(box)}L${spot(to)}` : "");
  }

  /** Light some words, links and marks. @param {Set<string>} words @param {Set<string>} links @param {string} loop */
  light(words, links, loop) {
    this.svg.classList.toggle("cs-some-lit", words.size + links.size > 0);
    for (const [name, group] of this.wordOf) group.classList.toggle("cs-lit", words.has(name));
    for (const group of this.linkAt) group.classList.toggle("cs-lit", links.has(group.dataset.link));
    for (const group of this.rounds.children) group.classList.toggle("cs-lit", group.dataset.loop === loop);
  }

  /** @param {string} word @param {string} link */
  select(word, link) {
    for (const [name, group] of this.wordOf) {
      group.classList.toggle("cs-chosen", name === word);
      group.setAttribute("aria-pressed", String(name === word));
    }
    for (const group of this.linkAt) {
      group.classList.toggle("cs-chosen", group.dataset.link === link);
      group.setAttribute("aria-pressed", String(group.dataset.link === link));
    }
    this.showHandle(word);
  }

  size() {
    return { width: this.svg.clientWidth || 600, height: this.svg.clientHeight || 400 };
  }

  /** Show the whole map, as small as need be: no word is off the paper. Unless that was asked for, one of very many words, none of which could be read, is begun at its busiest word. @param {boolean} [asked] */
  fit(asked = true) {
    this.fitted = this.placed = true;
    this.whole = asked;
    this.reading = false;
    if (!this.scene || !this.scene.boxes.length) return this.look(0, 0, 1);
    const { left, top, right, bottom } = this.scene.extent();
    const { width, height } = this.size();
    const across = (width - 2 * MARGIN_ROUND) / (right - left);
    const scale = Math.max(Math.min(across, (height - 2 * MARGIN_ROUND) / (bottom - top), 1.15), SMALLEST_FIT);
    if (!asked && scale < LEAST_LEGIBLE && this.scene.boxes.length > MANY_WORDS) return this.lookAtBusiest();
    return this.look((left + right) / 2 - width / 2 / scale, (top + bottom) / 2 - height / 2 / scale, scale);
  }

  /** Look at the word with most links, so near that it can be read. */
  lookAtBusiest() {
    if (!this.scene) return;
    this.fitted = false;
    this.reading = true;
    const { links, variables } = this.scene.map;
    const counts = new Map(variables.map(({ name }) => [name, 0]));
    for (const { cause, effect } of links) for (const end of [cause, effect]) counts.set(end, (counts.get(end) || 0) + 1);
    const [busiest] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best));
    const { x, y } = this.boxOf(busiest) || { x: 0, y: 0 };
    const { width, height } = this.size();
    this.look(x - width / 2 / TO_READ, y - height / 2 / TO_READ, TO_READ);
  }

  outOfSight() {
    if (!this.scene || !this.scene.boxes.length) return true;
    const { left, top, right, bottom } = this.scene.extent();
    const { width, height } = this.size();
    const { x, y, scale } = this.view;
    return left < x || top < y || right > x + width / scale || bottom > y + height / scale;
  }

  /** Look at the page from a corner, at a scale. @param {number} x @param {number} y @param {number} scale */
  look(x, y, scale) {
    this.view = { x, y, scale };
    this.svg.classList.toggle("cs-whole", this.fitted); // a finger on the ground scrolls the page then
    this.onLook?.();
    this.world.setAttribute("transform", `scale(${scale.toFixed(4)}) translate(${(-x).toFixed(2)} ${(-y).toFixed(2)})`);
  }

  /** Look closer or from farther away; the point under the pointer stays. @param {number} times @param {Point} [at] in the window */
  zoom(times, at) {
    const { width, height } = this.size();
    const box = this.svg.getBoundingClientRect();
    const still = at || { x: box.left + width / 2, y: box.top + height / 2 };
    const there = this.toWorld(still);
    const scale = Math.min(Math.max(this.view.scale * times, SMALLEST_SCALE), LARGEST_SCALE);
    this.fitted = this.placed = false;
    this.look(there.x - (still.x - box.left) / scale, there.y - (still.y - box.top) / scale, scale);
  }

  /** @param {number} dx @param {number} dy in pixels of the window */
  pan(dx, dy) {
    this.fitted = this.placed = false;
    this.look(this.view.x - dx / this.view.scale, this.view.y - dy / this.view.scale, this.view.scale);
  }

  /** Where on the map a point of the window is. @param {Point} point @returns {Point} */
  toWorld({ x, y }) {
    const box = this.svg.getBoundingClientRect();
    return { x: (x - box.left) / this.view.scale + this.view.x, y: (y - box.top) / this.view.scale + this.view.y };
  }

  /** Where in the frame a point of the map is. @param {Point} point @returns {Point} */
  toFrame({ x, y }) {
    return { x: (x - this.view.x) * this.view.scale, y: (y - this.view.y) * this.view.scale };
  }
}

/** As many children as are needed; those that are there stay. @param {any} parent @param {number} count @param {() => any} makeOne @returns {any[]} */
function keptChildren(parent, count, makeOne) {
  while (parent.children.length > count) parent.lastChild.remove();
  while (parent.children.length < count) parent.append(makeOne());
  return [...parent.children];
}

/** @param {any} element @param {Record<string, string | number>} attributes */
function setAll(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
  }
}

/** @param {string} sign @param {Point} at */
function signPath(sign, { x, y }) {
  const place = (/** @type {number} */ dx, /** @type {number} */ dy) => `${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`;
  if (sign === "+") return `M${place(-5, 0)}h10M${place(0, -5)}v10`;
  if (sign === "?") return `M${place(-3, -3)}c0-2.4 1.6-3.4 3.1-3.4c1.9 0 3.2 1.2 3.2 2.9c0 2.5-3 2.6-3 5.3M${place(0.2, 5.2)}v1.2`;
  // A disc with the bar cut out of it: a minus alone is easily lost beside an arc.
  return `M${place(-SIGN_REACH, 0)}a${SIGN_REACH} ${SIGN_REACH} 0 1 1 ${2 * SIGN_REACH} 0a${SIGN_REACH} ${SIGN_REACH} 0 1 1 ${-2 * SIGN_REACH} 0ZM${place(-4, -1)}h8v2h-8Z`;
}

/** @param {import("./map_marks.js").LoopMark} mark */
function markElement({ loop, at, clockwise, ringed }) {
  const kind = { R: "reinforcing", B: "balancing" }[loop.polarity] || "unknown";
  const group = makeSvg("g", { class: `cs-round cs-${kind}`, "data-loop": loop.name, transform: `translate(${spot(at)})` });
  if (ringed) {
    const turn = clockwise ? 1 : -1;
    const [first, last] = [38, 322].map((angle) => {
      const radians = (turn * angle * Math.PI) / 180;
      return { x: MARK_RADIUS * Math.sin(radians), y: -MARK_RADIUS * Math.cos(radians) };
    });
    const unit = { x: last.x / MARK_RADIUS, y: last.y / MARK_RADIUS };
    const ahead = { x: -turn * unit.y, y: turn * unit.x };
    const head = [[6.5 * ahead.x, 6.5 * ahead.y], [3.8 * unit.x, 3.8 * unit.y], [-3.8 * unit.x, -3.8 * unit.y]];
    const corners = head.map(([x, y]) => spot({ x: last.x + x, y: last.y + y })).join("L");
    group.append(makeSvg("path", { class: "cs-round-line", d: `M${spot(first)}A${MARK_RADIUS} ${MARK_RADIUS} 0 1 ${Number(clockwise)} ${spot(last)}` }));
    group.append(makeSvg("path", { class: "cs-head-of", d: `M${corners}Z` }));
  }
  group.append(makeSvg("circle", { class: "cs-reach", r: 18 }));
  const name = makeSvg("text", { y: 4.5, "font-size": loop.name.length < 3 ? 13 : 11, "font-weight": 700 });
  name.textContent = loop.name;
  group.append(name);
  if (loop.title) {
    const title = makeSvg("text", { y: MARK_RADIUS + TITLE_SIZE + 2, "font-size": TITLE_SIZE, "font-style": "italic" });
    title.textContent = loop.title;
    group.append(title);
  }
  return group;
}

function handleDot() {
  const group = makeSvg("g", { class: "cs-handle", "data-handle": "", "aria-hidden": "true" });
  group.append(makeSvg("circle", { class: "cs-reach", r: 16 }), makeSvg("circle", { class: "cs-dot", r: 10 }), makeSvg("path", { d: "M-5 0h8M0-3.5L3.8 0L0 3.5" }));
  const told = makeSvg("title");
  told.textContent = "Drag to what it acts on";
  group.append(told);
  return group;
}
