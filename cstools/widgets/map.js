// The causal loop diagram beside the curves: what is pointed at shows what it is linked with.
import { make } from "./elements.js";

/**
 * Put a drawn diagram on the page; `light(target)` shows the links of what was pointed at.
 * @param {string} drawing SVG from cstools.plotting.diagrams, where names are escaped
 * @param {Record<string, string[]>} loops the variables of each loop, in its direction
 */
export function makeMap(drawing, loops) {
  // Wide maps scroll on a narrow page, and what scrolls has to be reached with the keyboard.
  const figure = make("figure", { class: "cs-map", tabindex: 0, "aria-label": "Causal loop diagram" });
  figure.innerHTML = drawing || "";
  const svg = figure.querySelector("svg");
  const width = svg ? svg.viewBox.baseVal.width : 0;
  const pieces = [...figure.querySelectorAll("[data-variable], [data-from], [data-loop]")];

  /** @param {any} target an element in the diagram, a slider or a legend, or nothing */
  const light = (target) => {
    const near = target && target.closest && target.closest("[data-variable], [data-key], [data-from], [data-loop]");
    const lit = near ? litBy(near, pieces, loops) : new Set();
    figure.classList.toggle("cs-lit", lit.size > 0);
    for (const piece of pieces) piece.classList.toggle("cs-on", lit.has(piece));
  };
  return { figure, light, width };
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

/** Names are one name however they are spaced, as in cstools.names. @param {string | undefined} name */
function spelling(name) {
  return name === undefined ? undefined : name.trim().toLowerCase().replace(/[\s_]+/g, "_");
}
