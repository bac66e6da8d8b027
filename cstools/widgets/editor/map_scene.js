// A map as it stands on the page: boxes of words, arcs, heads, signs and strokes of delays.
// The look and the numbers are those of cstools.plotting.drawing.
import { arcAt, arcPoints, arcRadius, backFromHead, bowedArc, boxClearance, clippedArc, outwardFrom } from "./arcs.js";
import { brokenLines, setWidth } from "./map_names.js";
import { bowSide, plannedLinks } from "./map_plan.js";

export const LETTER_SIZE = 15;
export const LINE_HEIGHT = 18;
export const TITLE_SIZE = 12;
export const SIGN_REACH = 7;
const [WORD_ROOM, HEAD_LENGTH, SIGN_BACK, SIGN_OUT] = [5, 9, 15, 11];
const [RING_RADIUS, RING_FOOT] = [17, 7];
const POINTS_ON_ARC = 48;
const SIGN_PLACES = [[0, 1], [0, -1], [8, 1], [8, -1], [16, 1], [16, -1]];
const DELAY_PLACES = [0.5, 0.42, 0.58, 0.34, 0.66];

/**
 * @typedef {import("./arcs.js").Point} Point
 * @typedef {{left: number, right: number, top: number, bottom: number}} Bounds
 * @typedef {import("./arcs.js").Box & {lines: string[]}} WordBox
 * @typedef {{arc: import("./arcs.js").Arc, curve: Point[], bounds: Bounds, start: Point, stop: Point, radius: number,
 *   large: boolean, clockwise: boolean, head: Point[], sign: Point, delay: [Point, Point][]}} Wire
 */

export class MapScene {
  /** @param {import("./map_values.js").MapValues} map @param {import("./map_loops.js").MapLoop[]} marked */
  constructor(map, marked) {
    this.map = map;
    this.number = new Map(map.variables.map((variable, i) => [variable.name, i]));
    /** @type {WordBox[]} */
    this.boxes = map.variables.map((variable) => wordBox(variable.name, variable.x, variable.y));
    this.ends = map.links.map((link) => [Number(this.number.get(link.cause)), Number(this.number.get(link.effect))]);
    const joining = [...map.links.keys()].filter((i) => this.ends[i][0] !== this.ends[i][1]);
    const pairs = joining.map((i) => /** @type {[number, number]} */ (this.ends[i]));
    const planned = plannedLinks(this.boxes.length, pairs, this.titleWidths(pairs, marked));
    this.plans = new Map(joining.map((link, i) => [link, planned[i]]));
    this.sides = map.links.map((_, i) => this.side(i));
    /** @type {Wire[]} */
    this.wires = [];
    // Links of a word to itself last: they take the room that the others leave.
    this.order = [...joining, ...[...map.links.keys()].filter((i) => this.ends[i][0] === this.ends[i][1])];
    this.redraw(this.order);
  }

  /** @param {[number, number][]} pairs @param {import("./map_loops.js").MapLoop[]} marked */
  titleWidths(pairs, marked) {
    /** @type {Map<string, number>} */
    const wide = new Map();
    /** @param {number[]} words */
    const both = (words) => [...words].sort((a, b) => a - b).join(" ");
    for (const loop of marked) {
      if (loop.variables.length !== 2) continue;
      const ends = both(loop.variables.map((name) => Number(this.number.get(name))));
      wide.set(ends, Math.max(wide.get(ends) || 0, setWidth(loop.title) * TITLE_SIZE));
    }
    return pairs.map((pair) => wide.get(both(pair)) || 0);
  }

  /** @param {number} link */
  side(link) {
    const plan = this.plans.get(link);
    return plan ? bowSide(plan, this.boxes) : 1;
  }

  /** Move a word; return the links that look different now. @param {string} name @param {number} x @param {number} y */
  move(name, x, y) {
    const word = Number(this.number.get(name));
    Object.assign(this.boxes[word], { x, y });
    const changed = this.order.filter((link) => {
      const side = this.side(link);
      const turned = side !== this.sides[link];
      this.sides[link] = side;
      return turned || this.ends[link].includes(word);
    });
    this.redraw(changed);
    return changed;
  }

  /** Reckon some links anew. @param {number[]} links */
  redraw(links) {
    for (const link of links) {
      const arc = this.arc(link);
      const curve = arcPoints(arc, POINTS_ON_ARC);
      this.wires[link] = { ...this.wires[link], arc, curve, bounds: boundsOf(curve) };
    }
    for (const link of links) this.wires[link] = this.wire(link, links);
  }

  /** @param {number} link */
  arc(link) {
    const plan = this.plans.get(link);
    if (!plan) return this.ring(this.ends[link][0], link);
    const [start, stop] = [this.boxes[plan.cause], this.boxes[plan.effect]];
    const whole = bowedArc(start, stop, this.sides[link] * plan.bulge * (this.map.links[link].bow || 1));
    return clippedArc(whole, roomy(start, WORD_ROOM), roomy(stop, WORD_ROOM));
  }

  /** The link of a word to itself, on the side where there is most room. @param {number} word @param {number} link */
  ring(word, link) {
    const box = roomy(this.boxes[word], WORD_ROOM - 2);
    const aside = Math.max(box.w - 14, 0);
    const feet = [
      ...[0, aside, -aside].map((x) => ({ x, y: -box.h, ax: 1, ay: 0 })),
      ...[0, aside, -aside].map((x) => ({ x, y: box.h, ax: -1, ay: 0 })),
      { x: box.w, y: 0, ax: 0, ay: 1 },
      { x: -box.w, y: 0, ax: 0, ay: -1 },
    ];
    const bulge = Math.tan((Math.PI - Math.asin(RING_FOOT / RING_RADIUS)) / 2) / 2;
    const rings = feet.map(({ x, y, ax, ay }) => {
      const foot = { x: box.x + x, y: box.y + y };
      return bowedArc({ x: foot.x - RING_FOOT * ax, y: foot.y - RING_FOOT * ay }, { x: foot.x + RING_FOOT * ax, y: foot.y + RING_FOOT * ay }, bulge);
    });
    const others = this.boxes.filter((_, i) => i !== word);
    const rooms = rings.map(({ centre }) => {
      const room = Math.min(this.fromCurves(centre, link, 4 * RING_RADIUS), ...others.map((other) => boxClearance(other, centre)));
      return Math.round(10 * Math.min(room, 4 * RING_RADIUS)) / 10;
    });
    return rings[rooms.indexOf(Math.max(...rooms))];
  }

  /** What is drawn of one link; `fresh` are the links whose signs find their places now. @param {number} link @param {number[]} fresh @returns {Wire} */
  wire(link, fresh) {
    const { arc, curve, bounds } = this.wires[link];
    const tip = curve[curve.length - 1];
    const neck = backFromHead(arc, HEAD_LENGTH);
    const far = Math.max(Math.hypot(tip.x - neck.x, tip.y - neck.y), 1e-9);
    const side = { x: (-(tip.y - neck.y) / far) * 0.42 * HEAD_LENGTH, y: ((tip.x - neck.x) / far) * 0.42 * HEAD_LENGTH };
    const later = new Set(fresh.slice(fresh.indexOf(link)));
    const signs = this.wires.filter((wire, i) => !later.has(i) && wire.sign).map((wire) => wire.sign);
    const sign = this.signPlace(link, arc, signs);
    return {
      arc, curve, bounds, start: curve[0], stop: backFromHead(arc, HEAD_LENGTH - 2), radius: arcRadius(arc), clockwise: arc.half > 0,
      large: Math.abs(2 * arc.half) * (arc.end - arc.begin) > Math.PI,
      head: [tip, { x: neck.x + side.x, y: neck.y + side.y }, { x: neck.x - side.x, y: neck.y - side.y }],
      sign, delay: this.map.links[link].delayed ? this.strokes(link, arc, sign) : [],
    };
  }

  /** A place near the head, outside the bow if it can be, that nothing else needs. @param {number} link @param {import("./arcs.js").Arc} arc @param {Point[]} signs */
  signPlace(link, arc, signs) {
    const places = SIGN_PLACES.map(([back, side]) => {
      const near = backFromHead(arc, SIGN_BACK + back);
      const out = outwardFrom(arc, near);
      return { x: near.x + side * SIGN_OUT * out.x, y: near.y + side * SIGN_OUT * out.y };
    });
    return leastCost(places, (place, i) => {
      let short = Math.max(SIGN_REACH + 2 - this.fromWords(place), 0);
      short += Math.max(SIGN_REACH + 4 - this.fromCurves(place, link), 0);
      short += 2 * Math.max(2 * SIGN_REACH + 2 - nearest(signs, place), 0);
      return short + 0.8 * i;
    });
  }

  /** Two short strokes across the arc, near its middle, where it is free. @param {number} link @param {import("./arcs.js").Arc} arc @param {Point} sign @returns {[Point, Point][]} */
  strokes(link, arc, sign) {
    const places = DELAY_PLACES.map((part) => arcAt(arc, arc.begin + (arc.end - arc.begin) * part));
    const middle = leastCost(places, (place, i) => {
      const fromSign = Math.hypot(place.x - sign.x, place.y - sign.y) - SIGN_REACH;
      return Math.max(14 - Math.min(this.fromCurves(place, link), this.fromWords(place), fromSign), 0) + i;
    });
    const out = outwardFrom(arc, middle);
    return [-2.8, 2.8].map((shift) => {
      const at = { x: middle.x - shift * out.y, y: middle.y + shift * out.x };
      return [{ x: at.x - 7 * out.x, y: at.y - 7 * out.y }, { x: at.x + 7 * out.x, y: at.y + 7 * out.y }];
    });
  }

  /** @param {Point} place */
  fromWords(place) {
    return Math.min(Infinity, ...this.boxes.map((box) => boxClearance(box, place)));
  }

  /** How far a place is from the nearest point of the other links; what is farther than `far` does not matter. @param {Point} place @param {number} link @param {number} [far] */
  fromCurves(place, link, far = 20) {
    let least = far;
    this.wires.forEach(({ bounds, curve }, i) => {
      const away = Math.max(bounds.left - place.x, place.x - bounds.right, bounds.top - place.y, place.y - bounds.bottom);
      if (i !== link && away < least) least = Math.min(least, nearest(curve, place));
    });
    return least;
  }

  /** The corners of everything that is drawn. */
  extent() {
    const points = this.boxes.flatMap((box) => [{ x: box.x - box.w, y: box.y - box.h }, { x: box.x + box.w, y: box.y + box.h }]);
    for (const wire of this.wires) points.push(...wire.curve.filter((_, i) => i % 6 === 0), ...around(wire.sign, SIGN_REACH + 1));
    return boundsOf(points);
  }
}

/** The box of a name that is centred at a place. @param {string} name @param {number} x @param {number} y @returns {WordBox} */
export function wordBox(name, x, y) {
  const lines = brokenLines(name);
  return { x, y, lines, w: (Math.max(...lines.map(setWidth)) * LETTER_SIZE) / 2, h: (lines.length * LINE_HEIGHT) / 2 };
}

/** @param {import("./arcs.js").Box} box @param {number} more */
function roomy(box, more) {
  return { x: box.x, y: box.y, w: box.w + more, h: box.h + more };
}

/** @param {Point[]} points @returns {Bounds} */
function boundsOf(points) {
  const [xs, ys] = [points.map((point) => point.x), points.map((point) => point.y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** @param {Point[]} points @param {Point} place */
function nearest(points, place) {
  let least = Infinity;
  for (const { x, y } of points) least = Math.min(least, (x - place.x) ** 2 + (y - place.y) ** 2);
  return Math.min(Math.sqrt(least), 1e6);
}

/** @param {Point} point @param {number} reach */
function around(point, reach) {
  return [{ x: point.x - reach, y: point.y - reach }, { x: point.x + reach, y: point.y + reach }];
}

/** The first of the cheapest, as the last bits of a processor decide nothing. @param {Point[]} places @param {(place: Point, i: number) => number} cost */
function leastCost(places, cost) {
  const costs = places.map((place, i) => Math.round(cost(place, i) * 1e6));
  return places[costs.indexOf(Math.min(...costs))];
}
