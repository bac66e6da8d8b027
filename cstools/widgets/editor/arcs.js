// Arcs of circles between words: the numbers of cstools.plotting.arcs, one arc at a time.

const NEARLY_STRAIGHT = 0.008;
const TINY_LENGTH = 1e-9;

/**
 * @typedef {{x: number, y: number}} Point
 * @typedef {{x: number, y: number, w: number, h: number}} Box a middle, half a width and half a height
 * @typedef {{centre: Point, spoke: Point, half: number, begin: number, end: number}} Arc
 */

/**
 * The arc that stands off its chord by `bulge` × its length; above 0 is to the left on the way.
 * @param {Point} start @param {Point} stop @param {number} bulge @returns {Arc}
 */
export function bowedArc(start, stop, bulge) {
  const dx = stop.x - start.x;
  const dy = stop.y - start.y;
  const length = Math.max(Math.hypot(dx, dy), 1e-6);
  const bow = Math.abs(bulge) < NEARLY_STRAIGHT ? NEARLY_STRAIGHT : bulge;
  const half = 2 * Math.atan(2 * bow);
  const reach = (Math.sign(bow) * length) / (2 * Math.sin(Math.abs(half))) / length;
  const spoke = { x: dy * reach, y: -dx * reach };
  const deep = Math.cos(half);
  const centre = { x: (start.x + stop.x) / 2 - spoke.x * deep, y: (start.y + stop.y) / 2 - spoke.y * deep };
  return { centre, spoke, half, begin: 0, end: 1 };
}

/** The point at a fraction of the whole arc. @param {Arc} arc @param {number} fraction @returns {Point} */
export function arcAt(arc, fraction) {
  const turn = arc.half * (2 * fraction - 1);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return { x: arc.centre.x + arc.spoke.x * cos - arc.spoke.y * sin, y: arc.centre.y + arc.spoke.x * sin + arc.spoke.y * cos };
}

/** Points evenly spaced on the drawn part. @param {Arc} arc @param {number} count @returns {Point[]} */
export function arcPoints(arc, count) {
  return Array.from({ length: count }, (_, i) => arcAt(arc, arc.begin + ((arc.end - arc.begin) * i) / (count - 1)));
}

/** @param {Arc} arc */
export function arcRadius(arc) {
  return Math.hypot(arc.spoke.x, arc.spoke.y);
}

/** The point that lies a distance, along the arc, before its head. @param {Arc} arc @param {number} distance */
export function backFromHead(arc, distance) {
  const whole = 2 * Math.abs(arc.half) * arcRadius(arc);
  return arcAt(arc, arc.end - distance / Math.max(whole, TINY_LENGTH));
}

/** The unit vector from the centre of the circle through a point. @param {Arc} arc @param {Point} point @returns {Point} */
export function outwardFrom(arc, point) {
  const [dx, dy] = [point.x - arc.centre.x, point.y - arc.centre.y];
  const far = Math.max(Math.hypot(dx, dy), TINY_LENGTH);
  return { x: dx / far, y: dy / far };
}

/**
 * The arc without what lies under the boxes at its two ends, looked for between `fine` points.
 * @param {Arc} arc @param {Box} first @param {Box} last @param {number} [fine] @returns {Arc}
 */
export function clippedArc(arc, first, last, fine = 400) {
  let begin = firstOutside(arc, 1, first, fine);
  let end = 1 - firstOutside(arc, -1, last, fine);
  const middle = (begin + end) / 2;
  begin = Math.min(begin, middle);
  end = Math.max(end, middle);
  return { ...arc, begin, end };
}

/** @param {Arc} arc @param {1 | -1} way forwards from its start, or backwards from its stop @param {Box} box @param {number} fine */
function firstOutside(arc, way, box, fine) {
  const gap = 1 / (fine - 1);
  const [x, y] = [arc.centre.x - box.x, arc.centre.y - box.y];
  /** @param {number} i */
  const beyond = (i) => {
    const turn = way * arc.half * (2 * i * gap - 1);
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    return Math.max(Math.abs(x + arc.spoke.x * cos - arc.spoke.y * sin) - box.w, Math.abs(y + arc.spoke.x * sin + arc.spoke.y * cos) - box.h);
  };
  let before = 0;
  if (beyond(0) <= 0) {
    // The last point inside, counted from the word: an arc may graze a corner and come back.
    before = fine - 1;
    while (before > 0 && beyond(before) > 0) before -= 1;
  }
  before = Math.min(before, fine - 2);
  const [here, there] = [beyond(before), beyond(before + 1)];
  const part = there > here ? -here / Math.max(there - here, TINY_LENGTH) : 0;
  return before * gap + gap * Math.min(Math.max(part, 0), 1);
}

/** How far a point is from a box; 0 inside. @param {Box} box @param {Point} point */
export function boxClearance(box, point) {
  return Math.hypot(Math.max(Math.abs(point.x - box.x) - box.w, 0), Math.max(Math.abs(point.y - box.y) - box.h, 0));
}
