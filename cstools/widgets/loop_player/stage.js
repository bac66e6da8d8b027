// The map on which a loop is told: the present link lit, and beside each word where it stands.
import { make, makeSvg, wantsStillness } from "../shared/elements.js";
import { makeMapView } from "../shared/map_view.js";

const BADGE_RADIUS = 11;
const LARGER = 1.6;
const TOO_HIGH = 1100; // of the map's own pixels: seen whole, its letters could no longer be read
const AROUND_LOOP = 60;

/**
 * @typedef {import("./story.js").StoryVariable} StageVariable
 * @typedef {import("./story.js").StoryBeat} StageBeat
 * @typedef {{size: number, mark: string, now?: boolean, held?: boolean}} Badge
 */

export class LoopStage {
  /**
   * @param {string} picture SVG from cstools.plotting.diagrams, where names are escaped
   * @param {StageVariable[]} variables
   * @param {(what: {loop?: string, variable?: string}) => void} pick what was clicked
   */
  constructor(picture, variables, pick) {
    this.variables = variables;
    this.view = makeMapView("The map");
    this.figure = make("figure", { class: "cs-player-map", tabindex: 0, role: "group", "aria-label": "The map" }, this.view.box, this.view.bar);
    this.view.place.innerHTML = picture;
    /** @type {any} */
    this.svg = this.figure.querySelector("svg");
    // Larger than in print, so that it can be read from the back of a room.
    this.svg.style.maxWidth = `${Math.round(LARGER * this.svg.viewBox.baseVal.width)}px`;
    this.whole = { box: this.svg.getAttribute("viewBox"), least: parseFloat(this.svg.style.minWidth) || 0, most: this.svg.style.maxWidth };
    this.high = this.svg.viewBox.baseVal.height;
    this.words = groupsBy(this.svg, "variable");
    this.links = /** @type {any[]} */ ([...this.svg.querySelectorAll("[data-from]")]);
    this.marks = groupsBy(this.svg, "loop");
    this.badges = makeSvg("g", { class: "cs-player-badges", "aria-hidden": "true" });
    this.dot = makeSvg("circle", { class: "cs-player-dot", r: 7, visibility: "hidden" });
    this.svg.append(this.badges, this.dot);
    this.svg.addEventListener("click", (/** @type {any} */ event) => {
      const near = event.target.closest("[data-loop], [data-variable]");
      if (near) pick(near.dataset.loop ? { loop: near.dataset.loop } : { variable: near.dataset.variable });
    });
  }

  /**
   * Show how far a story has come. @param {StageBeat[]} beats @param {number} step @param {string} loop its name
   */
  showStory(beats, step, loop) {
    const now = beats[step];
    const around = new Set(beats.slice(1).map((beat) => this.linkOf(beat)));
    const gone = new Set(beats.slice(1, step + 1).map((beat) => this.linkOf(beat)));
    const names = new Set(beats.map((beat) => beat.variable.key));
    for (const link of this.links) {
      link.classList.toggle("cs-away", !around.has(link));
      link.classList.toggle("cs-gone", gone.has(link));
      link.classList.toggle("cs-now", link === this.linkOf(now));
      link.classList.remove("cs-next");
    }
    for (const [key, word] of this.words) {
      word.classList.toggle("cs-away", !names.has(key));
      word.classList.toggle("cs-now", key === now.variable.key);
    }
    for (const [name, mark] of this.marks) mark.classList.toggle("cs-away", name !== loop);
    /** @type {Map<string, Badge>} */
    const badges = new Map();
    for (const beat of beats.slice(0, step + 1)) {
      const again = badges.has(beat.variable.key) && beat.direction === beats[0].direction;
      badges.set(beat.variable.key, { size: beat.direction, mark: beat.direction ? (again ? "again" : "") : "?", now: beat === now });
    }
    this.showBadges(badges);
    const told = [...around, ...[...names].map((key) => this.words.get(key)), this.marks.get(loop)];
    this.look(this.high > TOO_HIGH ? told.filter(Boolean) : []);
    this.bringIntoSight(now.variable.key);
  }

  /** Look closely at some parts of a large map; at none of them, see it whole. @param {any[]} parts */
  look(parts) {
    const boxes = parts.map((part) => part.getBBox()).filter(({ width, height }) => width || height);
    const [left, top] = [Math.min(...boxes.map(({ x }) => x)) - AROUND_LOOP, Math.min(...boxes.map(({ y }) => y)) - AROUND_LOOP];
    const wide = Math.max(...boxes.map(({ x, width }) => x + width)) + AROUND_LOOP - left;
    const high = Math.max(...boxes.map(({ y, height }) => y + height)) + AROUND_LOOP - top;
    const close = boxes.length > 0;
    const box = close ? [left, top, wide, high].map(Math.round).join(" ") : this.whole.box;
    if (this.svg.getAttribute("viewBox") === box) return;
    this.svg.setAttribute("viewBox", box);
    this.svg.style.maxWidth = close ? `${Math.round(LARGER * wide)}px` : this.whole.most;
    this.svg.dataset.least = String(close ? Math.round(0.62 * wide) : this.whole.least);
    this.view.fit();
  }

  /**
   * Show where every variable stands. @param {Map<string, Badge>} badges by key @param {string} pressed its key
   */
  showStands(badges, pressed) {
    for (const piece of [...this.links, ...this.words.values(), ...this.marks.values()]) piece.classList.remove("cs-away", "cs-gone", "cs-now", "cs-next");
    this.words.get(pressed)?.classList.add("cs-now");
    this.showBadges(badges);
    this.look([]);
  }

  /** @param {Map<string, Badge>} badges */
  showBadges(badges) {
    this.badges.replaceChildren();
    for (const { key, badge } of this.variables) {
      const shown = badges.get(key);
      if (!shown) continue;
      const group = makeSvg("g", { class: `cs-player-badge${shown.now ? " cs-now" : ""}${shown.held ? " cs-held" : ""}${shown.mark === "=" ? " cs-same" : ""}`, transform: `translate(${badge[0]} ${badge[1]})`, "data-badge": key, "data-way": badgeWay(shown) });
      group.append(makeSvg("circle", { r: BADGE_RADIUS }), ...badgeFace(shown));
      this.badges.append(group);
    }
  }

  /** Let the signal travel to the next beat, within `time` milliseconds. @param {StageBeat} beat @param {number} time */
  travel(beat, time) {
    const link = this.linkOf(beat);
    link?.classList.add("cs-next");
    const path = link?.querySelector("path.cs-arc");
    if (!path || wantsStillness()) return;
    const length = path.getTotalLength();
    const began = performance.now();
    const move = () => {
      const share = Math.min(1, (performance.now() - began) / time);
      const at = path.getPointAtLength(length * share);
      this.dot.setAttribute("cx", at.x);
      this.dot.setAttribute("cy", at.y);
      this.dot.setAttribute("visibility", "visible");
      if (share < 1) this.frame = requestAnimationFrame(move);
    };
    this.stay();
    this.frame = requestAnimationFrame(move);
  }

  /** No signal is on its way. */
  stay() {
    if (this.frame) cancelAnimationFrame(this.frame);
    this.dot.setAttribute("visibility", "hidden");
  }

  /** @param {StageBeat} beat @returns {any} */
  linkOf(beat) {
    if (!beat.link || !beat.from) return null;
    const { sign } = beat.link;
    const [from, to] = [beat.from.key, beat.variable.key];
    return this.links.find(({ dataset }) => dataset.from === from && dataset.to === to && dataset.sign === sign) || null;
  }

  /** On a narrow page the map scrolls: follow the story. @param {string} key */
  bringIntoSight(key) {
    const word = this.words.get(key);
    const { place } = this.view;
    if (!word || place.scrollWidth <= place.clientWidth) return;
    const box = word.getBoundingClientRect();
    const room = place.getBoundingClientRect();
    const apart = box.left + box.width / 2 - room.left - room.width / 2;
    place.scrollBy({ left: apart, behavior: wantsStillness() ? "instant" : "smooth" });
  }
}

/** @param {any} svg @param {string} name @returns {Map<string, any>} */
function groupsBy(svg, name) {
  const found = /** @type {any[]} */ ([...svg.querySelectorAll(`[data-${name}]`)]);
  return new Map(found.map((group) => [group.dataset[name], group]));
}

/** @param {Badge} badge */
function badgeWay({ size, mark }) {
  return size > 0 ? "up" : size < 0 ? "down" : mark || "?";
}

/** Draw a triangle for more or less, two for "even more", a letter for what is neither. @param {Badge} badge @returns {any[]} */
function badgeFace({ size, mark }) {
  if (!size) {
    const text = makeSvg("text", { y: 5, "font-size": 14, "font-weight": 700 });
    text.textContent = mark || "?";
    return [text];
  }
  const reach = 3 + 4 * Math.min(1, Math.abs(size));
  const tip = size > 0 ? -1 : 1;
  const triangle = (/** @type {number} */ y, /** @type {number} */ r) => makeSvg("path", { d: `M${-r} ${y - tip * r * 0.75}H${r}L0 ${y + tip * r * 0.85}Z` });
  return mark === "again" ? [triangle(-4, 4.4), triangle(4, 4.4)] : [triangle(0, reach)];
}
