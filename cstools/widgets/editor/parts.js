// Small pieces of which the editor's panels are made.
import { make } from "../shared/elements.js";

/** @param {string} words @param {() => void} act @param {Record<string, string | number | null>} [more] */
export function pressButton(words, act, more = {}) {
  const button = make("button", { type: "button", "data-keep": words, ...more }, words);
  button.addEventListener("click", act);
  return button;
}

/** A label over a field; `take` is called with what was entered. @param {string} label @param {any} field @param {(value: string) => void} [take] @param {string} [keep] */
export function labelled(label, field, take, keep = label) {
  field.setAttribute("data-keep", keep);
  if (take) {
    field.addEventListener("change", () => {
      take(field.value);
      if ("defaultValue" in field) field.defaultValue = field.value; // what is written there is taken
    });
  }
  return make("label", { class: "cs-field" }, make("span", {}, label), field);
}

/** @param {[string, string][]} choices value and words @param {string} value @param {Record<string, string>} [more] */
export function chooser(choices, value, more = {}) {
  const select = make("select", more, ...choices.map(([one, words]) => make("option", { value: one }, words)));
  select.value = value;
  return select;
}

/** A choice of one of a few that are all seen. @param {string} legend @param {[string, string, string][]} choices value, words, what it means @param {string} value @param {(value: string) => void} take @param {string} name */
export function radios(legend, choices, value, take, name) {
  const options = choices.map(([one, words, meaning]) => {
    const input = make("input", { type: "radio", name, value: one, "data-keep": `${name} ${one}` });
    input.checked = one === value;
    input.addEventListener("change", () => take(one));
    return make("label", { title: meaning || null }, input, make("span", {}, words));
  });
  return make("fieldset", { class: "cs-radios" }, make("legend", {}, legend), ...options);
}

/** Whether somebody has begun to write in a place, and has not come to the end. @param {any} place */
export function isWritten(place) {
  const active = /** @type {any} */ (document.activeElement);
  return place.contains(active) && active.matches("input[type=text], textarea") && active.value !== active.defaultValue;
}

/** Fill a place anew; who was tabbing in it still is, and who is writing in it is not disturbed. @param {any} place @param {...(Node | string)} pieces */
export function refill(place, ...pieces) {
  if (isWritten(place)) return;
  const active = /** @type {any} */ (document.activeElement);
  const keep = place.contains(active) ? active.dataset.keep : undefined;
  const at = keep !== undefined && typeof active.selectionStart === "number" ? active.selectionStart : null;
  place.replaceChildren(...pieces);
  if (keep === undefined) return;
  const all = [...place.querySelectorAll("[data-keep]")];
  const again = all.find((element) => element.dataset.keep === keep) || all[0];
  if (!again) return;
  again.focus({ preventScroll: true });
  if (at !== null && typeof again.selectionStart === "number") again.setSelectionRange(at, at);
}

/** @param {number} count @param {string} thing */
export function countSaid(count, thing) {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
