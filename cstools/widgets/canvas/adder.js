// The ways to a drawing on a board without a line of code: a sketch over time, a map of causes.
import { makeWritingBox } from "./editor.js";
import { FIRST_GRID, makeSketchForm, momentsToDraw } from "./sketch_form.js";
import { make } from "../shared/elements.js";

/**
 * Make the buttons of a layer. Where drawings are likely they stand there at once; elsewhere they
 * are shown by one button, which has its place beside "+ note".
 * @param {any} list the things of the layer
 * @returns {{place: any, more: any[]}}
 */
export function makeAdder(list) {
  const { layer } = list;
  const button = (/** @type {string} */ words, /** @type {string} */ name, /** @type {() => void} */ act) => {
    const made = make("button", { type: "button", class: "cs-note-add", "aria-label": `${name}: ${layer.title}` }, words);
    made.addEventListener("click", act);
    return made;
  };
  const sketch = button("+ sketch over time", "Add a sketch over time", () => ask(sketchForm(), sketch));
  const map = button("+ map", "Add a map of what acts on what", () => ask(mapBox(), map));
  const hint = make("p", { class: "cs-note cs-model-hint" }, `A model is put here from a notebook: board.put("${layer.key}", model)`);
  const more = button("+ drawing", "Add a drawing", () => {
    more.remove();
    place.hidden = false;
    sketch.focus();
  });
  const row = make("div", { class: "cs-adders" }, sketch, map, ...(layer.draws ? [] : [hint]));
  const place = make("div", { class: "cs-sketch-adder" }, row);
  place.hidden = !layer.draws;

  /** Ask in place of the buttons. @param {{element: any, begin: () => void}} question @param {any} asked */
  const ask = ({ element, begin }, asked) => {
    row.hidden = true;
    place.append(element);
    begin();
    back = () => {
      element.remove();
      row.hidden = false;
      asked.focus();
    };
  };
  /** @type {() => void} */
  let back = () => {};

  const sketchForm = () => {
    const take = (/** @type {any} */ grid) => {
      back();
      const source = { ...grid, times: momentsToDraw(grid.start, grid.stop), points: [] };
      const thing = { key: newKey(), layer: layer.key, form: "sketch", name: grid.label, sentence: "", source };
      list.board.state.put(thing);
      list.shown.get(thing.key)?.figure.querySelector(".cs-knob")?.focus();
    };
    const { form, begin } = makeSketchForm({ grid: FIRST_GRID, asksName: true, words: "Draw it", take, leave: () => back() });
    return { element: form, begin };
  };
  const mapBox = () => {
    const keep = (/** @type {string} */ text) => {
      back();
      const name = text.trim().replace(/\s+/g, " ");
      if (!name) return;
      const thing = { key: newKey(), layer: layer.key, form: "map", name, sentence: "", source: { name, variables: [], links: [], titles: [] } };
      list.board.state.put(thing);
      list.drawMap(thing);
    };
    const element = makeWritingBox({ text: "", label: "What is the map about?", hint: "What is the map about? For example: Tuesday's homework", keep, leave: () => back() });
    return { element, begin: () => element.begin() };
  };
  return { place, more: layer.draws ? [] : [more] };
}

const newKey = () => `s${Date.now().toString(36)}`;
