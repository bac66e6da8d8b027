// A diagram under the curves: what is pointed at shows what it is linked with.
import { make } from "./elements.js";
import { makeMapView } from "./map_view.js";

/**
 * Make a place for a drawn diagram; `put` draws it, `light(target)` shows what belongs together.
 * @param {string} label what the picture is
 * @param {string} kind a class of its own
 */
export function makeMap(label, kind) {
  const view = makeMapView(label);
  const figure = make("figure", { class: `cs-map ${kind}`, "aria-label": label }, view.box, view.bar);
  /** @type {any[]} */
  let pieces = [];
  /** @type {Record<string, string[]>} */
  let loops = {};

  /**
   * @param {string} drawing SVG that the package drew, in which names are escaped
   * @param {Record<string, string[]>} ways the variables of each loop, in its direction
   * @param {string} instead what is said where there is no drawing
   */
  const put = (drawing, ways, instead) => {
    if (drawing) view.place.innerHTML = drawing;
    else view.place.replaceChildren(make("p", { class: "cs-note" }, instead));
    view.fit();
    pieces = [...figure.querySelectorAll("[data-variable], [data-from], [data-loop]")];
    loops = ways;
  };
  /** @param {any} target an element in the diagram, a slider or a legend, or nothing */
  const light = (target) => {
    const near = target && target.closest && target.closest("[data-variable], [data-key], [data-from], [data-loop]");
    const lit = near ? litBy(near, pieces, loops) : new Set();
    figure.classList.toggle("cs-lit", lit.size > 0);
    for (const piece of pieces) piece.classList.toggle("cs-on", lit.has(piece));
  };
  return { figure, put, light };
}

/** @param {any} element @param {any[]} pieces @param {Record<string, string[]>} loops @returns {Set<any>} */
function litBy(element, pieces, loops) {
  const { variable, key, from, to, loop } = element.dataset;
  const links = pieces.filter((piece) => piece.dataset.from !== undefined);
  const centre = spelling(variable ?? key);
  let chosen = links.filter((link) => [link.dataset.from, link.dataset.to].some((name) => spelling(name) === centre));
  if (from !== undefined) chosen = links.filter((link) => link.dataset.from === from && link.dataset.to === to);
  else if (loop !== undefined) {
    const around = (loops[loop] || []).map(spelling);
    chosen = links.filter((link) => {
      const at = around.indexOf(spelling(link.dataset.from));
      return at >= 0 && around[(at + 1) % around.length] === spelling(link.dataset.to);
    });
  }
  const names = new Set(chosen.flatMap((link) => [spelling(link.dataset.from), spelling(link.dataset.to)]));
  const ends = pieces.filter((piece) => names.has(spelling(piece.dataset.variable)));
  return new Set(chosen.length ? [...chosen, ...ends, element] : []);
}

/**
 * Names are one name however they are spaced, as in cstools.names.
 * @param {string | undefined} name
 * @returns {string | undefined}
 */
export function spelling(name) {
  return name === undefined ? undefined : name.trim().toLowerCase().replace(/[\s_]+/g, "_");
}
