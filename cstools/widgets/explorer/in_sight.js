// The curves stay in sight while what moves them is reached for.
//
// Where the plot and its controls are higher than the window, the plot sticks to the top while the
// controls pass under it, and shrinks to what leaves room for them. Its place in the page keeps its
// size, so that nothing jumps: only what is drawn in it gets lower, from the top down.
import { leastHeight } from "../shared/chart.js";

const SHARE = 0.36; // of the window's height, for the plot while it sticks
const MOST = 0.45; // what more panels may take
const LOW_WINDOW = 500; // a phone on its side: even the whole plot may take no more than this share
const LOW_SHARE = 0.6;
const ROOMY = 1.3; // of the least height of the panels

/** @typedef {{height: number, tight: number}} Room */

export class InSight {
  /** @param {HTMLElement} root @param {HTMLElement} plot @param {HTMLElement} bench what holds the plot and the controls */
  constructor(root, plot, bench) {
    this.root = root;
    this.plot = plot;
    this.bench = bench;
    /** @type {[number, number]} the height in full, and how many panels it holds */
    this.whole = [0, 0];
    this.least = 0; // the height while it sticks; 0 where it does not
    this.windowHeight = Infinity;
    this.hidden = 0; // how much of the plot's place is above the window
  }

  /** Return how high the curves are drawn now, in a place that keeps its whole height. @param {number} usual @param {number} panels @returns {Room} */
  room(usual, panels) {
    const low = this.windowHeight < LOW_WINDOW;
    const full = low ? Math.round(Math.min(usual, Math.max(LOW_SHARE * this.windowHeight, ROOMY * leastHeight(panels)))) : usual;
    if (full !== this.whole[0] || panels !== this.whole[1]) {
      this.whole = [full, panels];
      this.plot.style.height = this.plot.style.minHeight = `${full}px`;
      this.measure();
    }
    const height = Math.max(this.least || full, full - this.hidden);
    return { height, tight: height < full ? (full - height) / (full - this.least) : 0 };
  }

  /** Find out whether the plot has to stick, and how high it may be then. */
  measure() {
    const [full, panels] = this.whole;
    this.scroller = scrollerOf(this.root);
    const high = this.scroller ? this.scroller.clientHeight : document.documentElement.clientHeight;
    const needed = Math.min(leastHeight(panels), MOST * high);
    const fits = panels > 0 && this.bench.offsetHeight > high && leastHeight(1) <= MOST * high;
    this.windowHeight = high;
    this.least = fits ? Math.round(Math.min(full, Math.max(SHARE * high, needed))) : 0;
    this.root.classList.toggle("cs-sticks", this.least > 0);
    this.root.style.setProperty("--cs-over", `${full - this.least}px`);
    this.root.style.setProperty("--cs-least", `${this.least}px`);
    this.moved();
  }

  /** Say whether the plot has another height since the page was scrolled. */
  moved() {
    const top = this.scroller ? this.scroller.getBoundingClientRect().top + this.scroller.clientTop : 0;
    const above = this.least ? Math.round(top - this.plot.getBoundingClientRect().top) : 0;
    const hidden = Math.max(0, Math.min(this.whole[0] - this.least, above));
    const changed = hidden !== this.hidden;
    this.hidden = hidden;
    this.root.classList.toggle("cs-stuck", hidden > 0);
    return changed;
  }
}

/** Return what an element is scrolled in, or null for the window itself. @param {HTMLElement} element @returns {HTMLElement | null} */
function scrollerOf(element) {
  const { body, documentElement } = document;
  const scrolls = (/** @type {HTMLElement} */ own) => !["visible", "clip"].includes(getComputedStyle(own).overflowY);
  for (let own = element.parentElement; own && own !== documentElement; own = own.parentElement) {
    // What the body says of scrolling is said of the window, unless the root says something itself.
    if (scrolls(own) && (own !== body || scrolls(documentElement))) return own;
  }
  return null;
}
