// A diagram wider than the page: its edges show that there is more, a sentence says how to get there.
import { make, wantsGestures } from "./elements.js";

const LARGE = 0.75; // of a drawing's own size: small letters that can still be read

/**
 * Make the window in which a drawing is seen; `fit` is called after a drawing was put in `place`.
 * @param {string} label what the picture is
 */
export function makeMapView(label) {
  const place = make("div", { class: "cs-map-place" });
  const box = make("div", { class: "cs-map-view" }, place);
  const told = make("span", { role: "status" });
  const button = make("button", { type: "button" });
  const bar = make("figcaption", { class: "cs-map-bar", hidden: "" }, told, button);
  let whole = false;

  const fit = () => {
    const drawing = place.querySelector("svg");
    const room = place.clientWidth;
    if (!room) return; // behind the other picture
    const [wide, least] = drawing ? sizesOf(drawing) : [0, 0];
    const cut = least > room;
    if (drawing) drawing.style.minWidth = !cut ? "" : whole ? "0" : `${Math.round(LARGE * wide)}px`;
    bar.hidden = !cut;
    told.textContent = cut ? sentence(whole) : "";
    button.textContent = cut ? (whole ? "Larger" : "See all of it") : "";
    const scrolls = cut && !whole;
    for (const [name, value] of Object.entries({ tabindex: "0", role: "region", "aria-label": `${label}, which can be moved sideways` })) {
      if (scrolls) place.setAttribute(name, value);
      else place.removeAttribute(name);
    }
    edges();
  };
  const edges = () => {
    const rest = place.scrollWidth - place.clientWidth - place.scrollLeft;
    box.classList.toggle("cs-more-left", place.scrollLeft > 2);
    box.classList.toggle("cs-more-right", rest > 2);
  };
  button.addEventListener("click", () => {
    whole = !whole;
    fit();
  });
  place.addEventListener("scroll", edges, { passive: true });
  new ResizeObserver(fit).observe(place);
  return { box, place, bar, fit };
}

/** Return the width a drawing has by itself, and the least at which it can be read, as its author said. @param {any} drawing */
function sizesOf(drawing) {
  drawing.dataset.least ??= String(parseFloat(drawing.style.minWidth) || 0);
  const wide = drawing.viewBox.baseVal.width || parseFloat(drawing.getAttribute("width")) || 0;
  return [wide, Number(drawing.dataset.least)];
}

/** @param {boolean} whole */
function sentence(whole) {
  if (whole) return "The whole picture, in small letters.";
  return wantsGestures() ? "There is more of this picture: swipe it sideways." : "There is more of this picture: scroll it sideways, or click it and press the arrow keys.";
}
