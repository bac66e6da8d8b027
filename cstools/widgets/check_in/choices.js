// Words to choose from, with a picture of what they are about: a figure, a sky, a line.
// Chosen is what is pressed; pressed again, it is taken back. Nothing is better than another.
import { make, makeSvg } from "../shared/elements.js";
import { makePrivateField } from "../shared/page_memory.js";
import { spoken } from "../shared/speech.js";

/**
 * Make the words of one step, and a field for a word of one's own.
 * @param {any} step @param {any[]} figure @param {import("../shared/page_memory.js").PageMemory} memory
 * @returns {{element: any, show: () => void, close: () => void}}
 */
export function makeChoices(step, figure, memory) {
  const chosen = () => memory.now.chosen[step.key] || [];
  const press = (/** @type {string} */ word) => {
    const before = chosen();
    const others = step.several ? before.filter((/** @type {string} */ other) => other !== word) : [];
    const now = before.includes(word) ? others : [...others, word];
    memory.change({ chosen: { ...memory.now.chosen, [step.key]: now } });
  };
  const words = step.options.map((/** @type {any} */ option) => makeWord(option, press));
  const spots = step.look === "figure" ? makeFigure(figure, step.options, press) : null;
  const field = makeOwnWords(step.key, spoken("or a word of your own"), memory);
  const groups = [true, false].map((onLine) => words.filter((/** @type {any} */ word) => word.option.on_line === onLine));
  const rows = groups.filter((group) => group.length).map((group) => make("div", { class: group[0].option.on_line ? "cs-attention-line" : "cs-word-row" }, ...group.map((/** @type {any} */ word) => word.button)));
  const choice = make("div", { class: "cs-words", role: "group", "aria-label": step.question }, ...rows);
  const element = make("div", { class: `cs-choices cs-look-${step.look}` }, ...(spots ? [spots.element] : []), make("div", { class: "cs-said" }, choice, field.element));
  const show = () => {
    const now = chosen();
    for (const { option, button } of words) button.setAttribute("aria-pressed", String(now.includes(option.word)));
    spots?.show(now);
    field.show();
  };
  show();
  return { element, show, close: () => {} };
}

/** @param {any} option @param {(word: string) => void} press */
function makeWord(option, press) {
  const button = make("button", { type: "button", class: "cs-word-chip", "aria-pressed": "false" });
  if (option.glyph) {
    const icon = makeSvg("svg", { viewBox: "0 0 32 32", width: 30, height: 30, "aria-hidden": "true" });
    icon.append(makeSvg("path", { d: option.glyph }));
    button.append(icon);
  }
  button.append(make("span", {}, option.word));
  button.addEventListener("click", () => press(option.word));
  return { option, button };
}

/** The figure is a way to point for hands and eyes; the words beside it say and do the same. @param {any[]} parts @param {any[]} options @param {(word: string) => void} press */
function makeFigure(parts, options, press) {
  const element = makeSvg("svg", { class: "cs-figure", viewBox: "0 0 120 232", "aria-hidden": "true" });
  for (const [path, width] of parts) element.append(makeSvg("path", { d: path, class: width ? "cs-limb" : "cs-trunk", "stroke-width": width }));
  /** @type {{word: string, group: any}[]} */
  const groups = [];
  for (const { word, spots } of options) {
    if (!spots.length) continue;
    const group = makeSvg("g", { class: "cs-spot" });
    for (const [x, y] of spots) group.append(makeSvg("circle", { class: "cs-reach", cx: x, cy: y, r: 12.5 }), makeSvg("circle", { class: "cs-dot", cx: x, cy: y, r: 7 }));
    group.addEventListener("click", () => press(word));
    element.append(group);
    groups.push({ word, group });
  }
  const show = (/** @type {string[]} */ chosen) => groups.forEach(({ word, group }) => group.classList.toggle("cs-noticed", chosen.includes(word)));
  return { element, show };
}

/**
 * Make a field for words of one's own, kept by the memory under a key.
 * @param {string} key @param {string} label @param {import("../shared/page_memory.js").PageMemory} memory
 */
export function makeOwnWords(key, label, memory) {
  const field = makePrivateField({});
  field.addEventListener("input", () => memory.change({ own: { ...memory.now.own, [key]: field.value } }));
  const element = make("label", { class: "cs-own-words" }, make("span", {}, label), field);
  const show = () => {
    const now = memory.now.own[key] || "";
    if (field.value !== now) field.value = now;
  };
  show();
  return { element, show, close: () => {} };
}
