// A map on the stage: as large as its place allows, and no paper kept empty for what comes later.
import { make } from "../shared/elements.js";
import { makeMapView } from "../shared/map_view.js";

const LARGEST_MAP = 2.4; // times its own size
const AROUND = 16; // of the map's own pixels, left free on every side
const ZOOMING = 600; // milliseconds from one view of the map to the next

/** On a narrow stage it can be moved sideways, or seen whole. @param {string} svg @param {string} label */
export function makeStageMap(svg, label) {
  const view = makeMapView(label);
  const figure = make("figure", { class: "cs-stage-map", tabindex: 0, role: "group" }, view.box, view.bar);
  /** @type {number[] | null} what is seen of the map, as a viewBox says it */
  let seen = null;
  const draw = (/** @type {string} */ drawing, /** @type {string} */ name, closely = false) => {
    view.place.innerHTML = drawing; // the package drew it, and escaped the names in it
    figure.setAttribute("aria-label", name);
    const map = view.place.querySelector("svg");
    const before = seen;
    seen = map && closely ? closeView(map) : null;
    if (seen) map.setAttribute("viewBox", seen.join(" "));
    fitStageMap(map);
    view.fit();
    if (!seen) return;
    bringIntoSight(view.place, map);
    if (before && before.join(" ") !== seen.join(" ")) zoom(map, before, seen);
  };
  draw(svg, label);
  return { figure, draw };
}

/** Let a map fill the place it has, within reason. @param {any} svg */
function fitStageMap(svg) {
  if (!svg) return;
  const [wide, high] = [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height];
  svg.removeAttribute("height");
  svg.setAttribute("style", `width:100%;height:100%;min-width:${0.62 * wide}px;max-width:${LARGEST_MAP * wide}px;max-height:${LARGEST_MAP * high}px`);
}

/** Return the view that holds what is drawn and no more; nothing while the map is not on the page. @param {any} svg */
function closeView(svg) {
  const { x, y, width, height } = svg.getBBox();
  return width && height ? [x - AROUND, y - AROUND, width + 2 * AROUND, height + 2 * AROUND].map(Math.round) : null;
}

/** Move a map that is wider than its place so that what is told, which is not faint, is in the middle. @param {HTMLElement} place @param {any} svg */
function bringIntoSight(place, svg) {
  const told = [...svg.querySelectorAll(":scope > g:not([opacity])")].map((part) => part.getBoundingClientRect());
  if (!told.length) return;
  const middle = (Math.min(...told.map(({ left }) => left)) + Math.max(...told.map(({ right }) => right))) / 2;
  const { left, width } = place.getBoundingClientRect();
  place.scrollLeft += middle - (left + width / 2);
}

/** Go from one view of a map to the next, so that eyes can follow. @param {any} svg @param {number[]} from @param {number[]} to */
function zoom(svg, from, to) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const began = performance.now();
  const step = (/** @type {number} */ now) => {
    const gone = Math.min(1, Math.max(0, (now - began) / ZOOMING));
    const eased = gone * gone * (3 - 2 * gone);
    svg.setAttribute("viewBox", to.map((end, at) => (from[at] + eased * (end - from[at])).toFixed(1)).join(" "));
    if (gone < 1 && svg.isConnected) requestAnimationFrame(step);
  };
  step(began);
}
