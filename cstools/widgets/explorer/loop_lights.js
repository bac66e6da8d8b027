// The diagrams lit by the scores of loops at one moment, and the words that say which loop rules.
import { make, makeSvg } from "../shared/elements.js";
import { makeMap, spelling } from "../shared/map.js";

/**
 * @typedef {{name: string, polarity: string, shares: number[]}} LitLoop
 * @typedef {{values: Record<string, number>, note: string, sentence: string, rows: number[], said: string[],
 *   ruling: string[][], links: [string, string, string][], loops: LitLoop[], others: number[][], ways: Record<string, string>}} Lit
 */

/**
 * Make the two pictures side by side; on a narrow page, one of them at a time.
 * @param {number[][]} looks width and opacity of a link, the faintest first
 */
export function makePictures(looks) {
  const loops = makeMap("Causal loop diagram", "cs-map-loops");
  const stocks = makeMap("Stock-flow diagram", "cs-map-stocks");
  const words = make("p", { class: "cs-ruling", role: "status", "aria-live": "polite" });
  const meaning = make("p", { class: "cs-note cs-meaning", hidden: "" });
  const tabs = make("div", { class: "cs-tabs", role: "group", "aria-label": "Which picture" });
  const box = make("div", { class: "cs-pictures", "data-picture": "loops" }, tabs, words, meaning, stocks.figure, loops.figure);
  for (const [picture, label] of [["loops", "Loops"], ["stocks", "Stocks and flows"]]) {
    const tab = make("button", { type: "button", "aria-pressed": String(picture === "loops") }, label);
    tab.addEventListener("click", () => {
      box.dataset.picture = picture;
      for (const other of tabs.children) other.setAttribute("aria-pressed", String(other === tab));
    });
    tabs.append(tab);
  }

  /** @type {[Lit, number | null] | null} what the pictures are lit by now */
  let shown = null;
  /** @type {string[]} the loops that are marked on the map */
  let marks = [];
  /** @param {any} pictures what the package drew, or nothing yet @param {string} meanwhile */
  const put = (pictures, meanwhile) => {
    const drawn = pictures.loops ? pictures : { loops: { svg: "", said: meanwhile }, stocks: { svg: "", said: meanwhile }, ways: {} };
    loops.put(drawn.loops.svg, drawn.ways, drawn.loops.said);
    stocks.put(drawn.stocks.svg, drawn.ways, drawn.stocks.said);
    marks = [...loops.figure.querySelectorAll("svg [data-loop]")].map((/** @type {any} */ mark) => mark.dataset.loop);
    meaning.textContent = meaningOf(marks, false);
    meaning.hidden = !marks.length;
    for (const [name, way] of Object.entries(drawn.ways)) loopTitle(loops.figure, name, way);
    dim(box, looks, null, null);
    shown = null;
  };
  /** @param {Lit | null} lit @param {number | null} moment @param {string} before said before everything else */
  const show = (lit, moment, before) => {
    /** @type {[Lit, number | null] | null} */
    const asked = lit && [lit, moment];
    if (!asked || !shown || asked[0] !== shown[0] || asked[1] !== shown[1]) {
      if (asked || shown) dim(box, looks, lit, moment); // a hand that drags has no time for more
      const unsure = unsureOf(lit);
      meaning.textContent = meaningOf(marks, marks.some((name) => unsure.has(name)));
      shown = asked;
    }
    const told = lit ? rulingWords(lit, moment) : "The loops of these settings are being scored …";
    words.classList.toggle("cs-stale", !lit);
    const all = [before, told].filter(Boolean).join(" ");
    if (words.textContent !== all) words.textContent = all;
  };
  const light = (/** @type {any} */ target) => [loops, stocks].forEach((map) => map.light(target));
  const quiet = (/** @type {boolean} */ still) => words.setAttribute("aria-live", still ? "off" : "polite");
  return { box, put, show, light, quiet };
}

/** The loops that are neither R nor B throughout a run, whatever the map calls them. @param {Lit | null} lit */
function unsureOf(lit) {
  return new Set((lit?.loops || []).filter(({ polarity }) => polarity === "U" || polarity === "?").map(({ name }) => name));
}

/** Say what the names of loops mean, and what it is to dominate. @param {string[]} names of the loops that are marked @param {boolean} changing whether one of them is grey in this run */
function meaningOf(names, changing) {
  const open = names.some((name) => name.startsWith("?")) ? " ?: a loop of which the map cannot say which." : "";
  const unsure = changing ? `${open} Grey: in this run it does now the one, now the other, or nobody can tell.` : open;
  return `R: a loop that feeds itself. B: a loop that holds itself back.${unsure} Loops dominate while they bring about more than half of what changes; a percentage is a loop’s part in that.`;
}

/** @param {Lit} lit @param {number | null} moment */
function rulingWords(lit, moment) {
  if (!lit.rows.length) return lit.note;
  if (moment === null) return lit.sentence;
  const ways = lit.ruling[moment].filter((name) => lit.ways[name] && lit.ways[name] !== name).map((name) => `${name}: ${lit.ways[name]}.`);
  return [lit.said[moment], ...ways.slice(0, 3)].join(" ");
}

/** Light links and loops as they are at a moment; without one, leave them as they were drawn. @param {HTMLElement} box @param {number[][]} looks @param {Lit | null} lit @param {number | null} moment */
function dim(box, looks, lit, moment) {
  const on = lit !== null && moment !== null && lit.rows.length > 0;
  box.classList.toggle("cs-scored", on);
  const levels = new Map((on ? lit.links : []).map(([from, to, digits]) => [`${spelling(from)} → ${spelling(to)}`, parseInt(digits[moment || 0], 36)]));
  for (const link of box.querySelectorAll("svg [data-from]")) {
    const { from, to } = /** @type {SVGElement} */ (link).dataset;
    const level = levels.get(`${spelling(from)} → ${spelling(to)}`);
    const look = on && level !== undefined ? looks[level] : null;
    const faint = on && !look ? String(looks[0][1]) : "";
    /** @type {SVGElement} */ (link).style.opacity = look ? String(look[1]) : faint;
    for (const arc of link.querySelectorAll("path.cs-arc, path.cs-line")) /** @type {SVGElement} */ (arc).style.strokeWidth = look ? String(look[0]) : "";
  }
  const shares = new Map((on ? lit.loops : []).map((loop) => [loop.name, Math.abs(loop.shares[moment || 0])]));
  const unsure = unsureOf(lit);
  const ruling = new Set(on ? lit.ruling[moment || 0] : []);
  for (const mark of box.querySelectorAll("svg [data-loop]")) {
    const name = /** @type {SVGElement} */ (mark).dataset.loop || "";
    const share = shares.get(name);
    const under = mark.querySelectorAll("text")[1];
    if (under) under.textContent = on && share !== undefined ? `${share}%` : "";
    mark.classList.toggle("cs-rules", ruling.has(name));
    mark.classList.toggle("cs-unsure", unsure.has(name));
    // Only the ring fades: words have to be read.
    for (const ring of mark.querySelectorAll("path")) ring.style.opacity = on ? String(0.15 + 0.85 * Math.min(1, (share || 0) / 40)) : "";
  }
}

/** Say the way of a loop when its mark is pointed at. @param {HTMLElement} figure @param {string} name @param {string[]} way */
function loopTitle(figure, name, way) {
  for (const mark of figure.querySelectorAll("svg [data-loop]")) {
    if (/** @type {SVGElement} */ (mark).dataset.loop !== name) continue;
    const title = makeSvg("title");
    title.textContent = `${name}: ${[...way, way[0]].join(" → ")}`;
    mark.prepend(title);
  }
}
