// One slider for each constant that has a range: drag, type, use the keys, put it back.
import { roundStep, tidy, written } from "./axes.js";
import { make } from "./elements.js";
import { spoken } from "./speech.js";

/**
 * @typedef {{key: string, label: string, value: number, low: number, high: number,
 *   units: string, doc: string, slider: boolean, beyond?: string, step?: number | null}} Parameter `beyond` says that the value lies outside its range; `step` is its own, where it has one
 * @typedef {{row: HTMLElement, show: (value: number) => void}} Slider
 */

/**
 * Make the row of one parameter; `changed(key, value)` is called at every movement.
 * @param {Parameter} parameter
 * @param {(key: string, value: number) => void} changed
 * @returns {Slider}
 */
export function makeSlider(parameter, changed) {
  const { key, label, units, low, high } = parameter;
  const step = parameter.step || roundStep(high / 100 - low / 100); // the span of huge ends is no number
  const named = units ? `${label} (${units})` : label;
  const range = make("input", { type: "range", min: low, max: high, step: "any", "aria-label": named });
  const box = make("input", { type: "number", min: low, max: high, step: "any", inputmode: "decimal", "aria-label": spoken("{name}, typed", { name: named }) });
  const back = make("button", { type: "button", class: "cs-back", title: spoken("Back to the start") }, "↺");
  back.setAttribute("aria-label", spoken("Reset {name} to {amount}", { name: label, amount: withUnits(parameter.value, units) }));
  const name = make("p", { class: "cs-name" }, label);
  if (units) name.append(" ", make("span", { class: "cs-units" }, units));
  const track = make("div", { class: "cs-track" }, range, make("span", { class: "cs-home", "aria-hidden": "true" }));
  const ends = make("div", { class: "cs-ends", "aria-hidden": "true" }, make("span", {}, written(low)), make("span", {}, written(high)));
  const row = make("div", { class: "cs-slider", "data-key": key }, name, make("div", { class: "cs-line" }, make("div", {}, track, ends), box, back));
  if (parameter.doc) row.append(make("p", { class: "cs-doc" }, parameter.doc));
  if (parameter.beyond) row.append(make("p", { class: "cs-doc" }, parameter.beyond));
  const told = make("p", { class: "cs-doc cs-ended", role: "status" });
  row.append(told);
  track.style.setProperty("--home", String(share(parameter.value, low, high)));

  const clamp = (/** @type {number} */ value) => Math.min(high, Math.max(low, value));
  const show = (/** @type {number} */ value) => {
    range.value = String(value);
    if (document.activeElement !== box) box.value = String(value);
    range.setAttribute("aria-valuetext", withUnits(value, units));
    track.style.setProperty("--share", String(share(value, low, high)));
    back.classList.toggle("cs-hidden", value === parameter.value);
    told.textContent = "";
  };
  const move = (/** @type {number} */ value) => {
    show(value);
    changed(key, value);
  };
  range.addEventListener("input", () => move(snapped(Number(range.value), parameter, step)));
  range.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const next = keyed(event.key, Number(range.value), parameter, step);
    if (next === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(clamp(next));
  });
  box.addEventListener("change", () => {
    const typed = box.value === "" ? NaN : Number(box.value);
    const near = parameter.step ? tidy(typed, step) : typed;
    const value = Number.isFinite(typed) ? clamp(near) : Number(range.value);
    box.value = String(value);
    move(value);
    if (Number.isNaN(typed)) told.textContent = spoken("That was no number, so nothing has changed.");
    else if (value !== near) told.textContent = spoken("{number} lies beyond this slider, which ends at {end}.", { number: written(typed), end: written(value) });
  });
  back.addEventListener("click", () => {
    box.value = String(parameter.value);
    move(parameter.value);
    range.focus(); // the button hides, and focus must not fall back to the top of the page
  });
  show(parameter.value);
  return { row, show };
}

/** @param {number} value @param {string} units */
function withUnits(value, units) {
  return units ? `${written(value)} ${units}` : written(value);
}

/** @param {number} value @param {number} low @param {number} high */
function share(value, low, high) {
  return high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5;
}

/**
 * Return the value a dragged slider stands for: on a round step, except at its ends and its start.
 * @param {number} value
 * @param {Parameter} parameter
 * @param {number} step
 */
function snapped(value, parameter, step) {
  if (Math.abs(value - parameter.value) < step / 2) return parameter.value;
  if (value <= parameter.low || value >= parameter.high) return value;
  return Math.min(parameter.high, Math.max(parameter.low, tidy(value, step)));
}

/**
 * Return where a key takes the slider, or null for a key that is not the slider's.
 * @param {string} key
 * @param {number} value
 * @param {Parameter} parameter
 * @param {number} step
 * @returns {number | null}
 */
function keyed(key, value, parameter, step) {
  const far = step * 10;
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return tidy(value + step, step);
    case "ArrowLeft":
    case "ArrowDown":
      return tidy(value - step, step);
    case "PageUp":
      return tidy(value + far, step);
    case "PageDown":
      return tidy(value - far, step);
    case "Home":
      return parameter.low;
    case "End":
      return parameter.high;
    default:
      return null;
  }
}
