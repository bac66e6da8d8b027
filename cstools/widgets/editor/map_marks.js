// Where R1 and B1 stand: inside their loop and out of the way, as cstools.plotting.loop_marks.
import { boxClearance } from "./arcs.js";
import { setWidth } from "./map_names.js";
import { SIGN_REACH, TITLE_SIZE } from "./map_scene.js";

export const MARK_RADIUS = 15;
const MARK_REACH = MARK_RADIUS + 2.5;
const [GAP, AMPLE, MARK_GRID, CLOSER] = [7, 16, 12, 7];
const [SQUARE, SQUARES_APART] = [48, 100_003];

/**
 * @typedef {import("./arcs.js").Point} Point
 * @typedef {{x: number, y: number, r: number}} Disc
 * @typedef {{loop: import("./map_loops.js").MapLoop, at: Point, clockwise: boolean, ringed: boolean}} LoopMark
 */

/**
 * Small loops choose first; each takes the place that costs least.
 * @param {import("./map_scene.js").MapScene} scene
 * @param {import("./map_loops.js").MapLoop[]} loops
 * @returns {LoopMark[]}
 */
export function placedMarks(scene, loops) {
  const outlines = loops.map((loop) => outlineOf(scene, loop));
  const areas = outlines.map(areaWithin);
  const taken = new TakenRoom(scene);
  /** @type {LoopMark[]} */
  const marks = [];
  /** @type {Point[][]} */
  const smaller = [];
  for (const i of [...loops.keys()].sort((a, b) => Math.abs(areas[a]) - Math.abs(areas[b]))) {
    const loop = loops[i];
    const ringed = loop.variables.length > 1;
    const at = ringed ? bestPlace(loop, outlines[i], taken, smaller) : meanOf(outlines[i]);
    if (ringed) smaller.push(outlines[i]);
    marks[i] = { loop, at, ringed, clockwise: areas[i] >= 0 };
    taken.add(marks[i]);
  }
  return marks;
}

/** A loop as one line of points: its arcs, joined through the words. @param {import("./map_scene.js").MapScene} scene @param {import("./map_loops.js").MapLoop} loop @returns {Point[]} */
function outlineOf(scene, loop) {
  return loop.links.flatMap((link) => {
    const place = scene.map.links.indexOf(link);
    const curve = scene.wires[place].curve.filter((_, i) => i % 2 === 0);
    const word = scene.boxes[scene.ends[place][0]];
    return link.cause === link.effect ? curve : [{ x: word.x, y: word.y }, ...curve];
  });
}

/** @param {Point[]} outline */
function areaWithin(outline) {
  let twice = 0;
  outline.forEach((point, i) => {
    const next = outline[(i + 1) % outline.length];
    twice += point.x * next.y - point.y * next.x;
  });
  return twice / 2;
}

/** @param {Point[]} points @returns {Point} */
function meanOf(points) {
  const [x, y] = [points.reduce((sum, p) => sum + p.x, 0), points.reduce((sum, p) => sum + p.y, 0)];
  return { x: x / points.length, y: y / points.length };
}

/** What stands on the page already: discs, and boxes of words and titles. */
class TakenRoom {
  /** @param {import("./map_scene.js").MapScene} scene */
  constructor(scene) {
    /** Discs by the squares of the page on which their middles lie. @type {Map<number, Disc[]>} */
    this.squares = new Map();
    /** @type {import("./arcs.js").Box[]} */
    this.boxes = [...scene.boxes];
    for (const wire of scene.wires) {
      wire.curve.forEach(({ x, y }, i) => i % 2 || this.put({ x, y, r: 0 }));
      this.put({ ...wire.sign, r: SIGN_REACH });
      for (const { x, y } of wire.delay.flat()) this.put({ x, y, r: 1 });
    }
  }

  /** @param {Disc} disc */
  put(disc) {
    const square = Math.floor(disc.x / SQUARE) * SQUARES_APART + Math.floor(disc.y / SQUARE);
    const there = this.squares.get(square);
    if (there) there.push(disc);
    else this.squares.set(square, [disc]);
  }

  /** @param {LoopMark} mark */
  add({ at, ringed, loop }) {
    this.put({ ...at, r: ringed ? MARK_REACH : 9 });
    if (loop.title) this.boxes.push(titleBox(loop.title, at));
  }

  /** Look at the discs around a box. @param {import("./arcs.js").Box} box @param {(disc: Disc) => void} look */
  near({ x, y, w, h }, look) {
    const [right, bottom] = [(x + w) / SQUARE, (y + h) / SQUARE];
    for (let across = Math.floor((x - w) / SQUARE); across <= right; across += 1) {
      for (let down = Math.floor((y - h) / SQUARE); down <= bottom; down += 1) {
        this.squares.get(across * SQUARES_APART + down)?.forEach(look);
      }
    }
  }

  /** How much room a mark with its title has at a place, below 0 is none; more than is ample does not matter. @param {string} title @param {Point} place */
  roomAt(title, place) {
    const own = title ? titleBox(title, place) : null;
    const reach = MARK_REACH + AMPLE + MARK_REACH;
    let room = AMPLE;
    this.near({ ...place, w: reach, h: reach }, (disc) => {
      room = Math.min(room, Math.sqrt((disc.x - place.x) ** 2 + (disc.y - place.y) ** 2) - disc.r - MARK_REACH);
    });
    if (own) this.near({ ...own, w: own.w + reach, h: own.h + reach }, (disc) => {
      room = Math.min(room, beyondBox(own, disc.x, disc.y, 0, 0) - disc.r);
    });
    for (const box of this.boxes) {
      const far = Math.max(Math.abs(box.x - place.x) - box.w, Math.abs(box.y - place.y) - box.h);
      if (far < reach) room = Math.min(room, boxClearance(box, place) - MARK_REACH);
      if (own) room = Math.min(room, beyondBox(own, box.x, box.y, box.w, box.h));
    }
    return room;
  }
}

/** @param {string} title @param {Point} at @returns {import("./arcs.js").Box} */
function titleBox(title, at) {
  return { x: at.x, y: at.y + MARK_RADIUS + 0.68 * TITLE_SIZE + 2, w: (setWidth(title) * TITLE_SIZE) / 2, h: TITLE_SIZE / 2 };
}

/** @param {import("./arcs.js").Box} box @param {number} x @param {number} y @param {number} w @param {number} h */
function beyondBox(box, x, y, w, h) {
  const [overX, overY] = [Math.abs(box.x - x) - box.w - w, Math.abs(box.y - y) - box.h - h];
  const outside = Math.hypot(Math.max(overX, 0), Math.max(overY, 0));
  return outside > 0 ? outside : Math.max(overX, overY);
}

/** The best of a grid of places in a loop, then of a closer one round the best. @param {import("./map_loops.js").MapLoop} loop @param {Point[]} outline @param {TakenRoom} taken @param {Point[][]} smaller @returns {Point} */
function bestPlace(loop, outline, taken, smaller) {
  const [xs, ys] = [outline.map((p) => p.x), outline.map((p) => p.y)];
  const low = { x: Math.min(...xs), y: Math.min(...ys) };
  const size = { x: Math.max(...xs) - low.x, y: Math.max(...ys) - low.y };
  const whole = [meanOf(outline), ...gridOf(low, size, MARK_GRID)];
  const inside = whole.filter((place) => isInside(place, outline));
  const places = inside.length ? inside : whole;
  const alone = places.filter((place) => !smaller.some((other) => isInside(place, other)));
  const middle = meanOf(alone.length ? alone : places);
  /** @param {Point} place */
  const cost = (place) => {
    const room = taken.roomAt(loop.title, place);
    let sum = 6 * Math.max(GAP - room, 0) + (60 * Math.max(-room, 0)) / GAP + 0.8 * Math.max(AMPLE - room, 0);
    for (const other of smaller) if (isInside(place, other)) sum += 45;
    if (!isInside(place, outline)) sum += 120;
    return sum + 0.35 * Math.hypot(place.x - middle.x, place.y - middle.y);
  };
  const first = cheapest([middle, ...places], cost);
  const step = { x: size.x / MARK_GRID, y: size.y / MARK_GRID };
  const corner = { x: first.x - step.x, y: first.y - step.y };
  return cheapest([first, ...gridOf(corner, { x: 2 * step.x, y: 2 * step.y }, CLOSER)], cost);
}

/** @param {Point[]} places @param {(place: Point) => number} cost */
function cheapest(places, cost) {
  const costs = places.map(cost);
  return places[costs.indexOf(Math.min(...costs))];
}

/** @param {Point} low @param {Point} size @param {number} count */
function gridOf(low, size, count) {
  const parts = Array.from({ length: count }, (_, i) => (i + 1) / (count + 1));
  return parts.flatMap((down) => parts.map((across) => ({ x: low.x + across * size.x, y: low.y + down * size.y })));
}

/** Whether a point lies inside a closed line: a ray to the right crosses it an odd number of times. @param {Point} point @param {Point[]} outline */
function isInside(point, outline) {
  let inside = false;
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i, i += 1) {
    const [a, b] = [outline[i], outline[j]];
    if (a.y > point.y !== b.y > point.y && point.x < a.x + ((b.x - a.x) / (b.y - a.y)) * (point.y - a.y)) inside = !inside;
  }
  return inside;
}
