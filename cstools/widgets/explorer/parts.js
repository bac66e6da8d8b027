// The explorer's page: what stands where.
import { make } from "../shared/elements.js";
import { makeKeepTools } from "../shared/keep_tools.js";
import { makeLegend, makeMarks } from "../shared/legend.js";
import { makePictures } from "./loop_lights.js";
import { makeStrip } from "./loop_strip.js";
import { makeScenarios } from "./scenarios.js";
import { makeSlider } from "../shared/sliders.js";
import { spoken } from "../shared/speech.js";
import { makeTable } from "../shared/table.js";
import { makeTimeCursor } from "./time_cursor.js";
import { makeUndo } from "../shared/undo.js";

const BESIDE = 6; // more sliders than this stand under the plot, in columns
const AT_FIRST = 8; // of more than ten sliders, these are seen; the others wait behind a line

/** @param {HTMLElement} root @param {any} page @param {Set<string>} shown @param {any} doors */
export function buildExplorer(root, page, shown, doors) {
  const canvas = make("canvas", { role: "img" });
  const plot = make("div", { class: "cs-plot" }, canvas, makeMarks());
  const legend = makeLegend(page.columns, shown, doors.choose);
  const sentence = make("p", { class: "cs-sentence", role: "status", "aria-live": "polite" }, page.sentence);
  const note = make("p", { class: "cs-note cs-break", role: "status" });
  const nothing = make("p", { class: "cs-note cs-nothing", role: "status" }); // in the place of the curves
  const resetAll = make("button", { type: "button", class: "cs-reset cs-hidden" }, spoken("Reset all"));
  const undo = makeUndo(() => root.querySelector(".cs-reset:not(.cs-hidden), .cs-slider input[type=range], .cs-scenarios input, summary"));
  const strip = makeStrip();
  const pictures = makePictures(page.looks);
  const cursor = makeTimeCursor(doors.moment, doors.pin, pictures.quiet);
  const scenarios = makeScenarios(doors.scenarios);
  const table = makeTable(undo.tell);
  const { desk, sliders } = deskOf(page.parameters, doors.set, page.drawn || [], doors.tools.alone);
  const left = make("div", { class: "cs-left" }, legend.box, nothing, plot, strip.box, cursor.row, note);
  const head = make("div", { class: "cs-head" }, make("p", { class: "cs-title" }, page.title || page.name), resetAll);
  const right = make("div", { class: "cs-right" }, desk, sliders.size || page.drawn?.length ? scenarios.box : "");
  const column = make("div", { class: "cs-column" }, left, make("div", { class: "cs-words" }, sentence, undo.box));
  const bench = make("div", { class: "cs-bench" }, column, right);
  const foot = make("div", { class: "cs-foot" }, table.details, makeKeepTools(doors.tools));
  root.classList.toggle("cs-many", sliders.size > BESIDE);
  root.append(make("div", { class: "cs-body" }, head, bench, pictures.box, foot));
  return { canvas, plot, bench, legend, sentence, note, nothing, resetAll, undo, strip, pictures, cursor, scenarios, table, sliders };
}

/** @param {import("../shared/sliders.js").Parameter[]} parameters @param {(key: string, value: number) => void} set @param {string[]} drawn @param {boolean} alone */
function deskOf(parameters, set, drawn, alone) {
  /** @type {Map<string, import("../shared/sliders.js").Slider>} */
  const sliders = new Map();
  const desk = make("div", { class: "cs-desk" });
  const sliding = parameters.filter((p) => p.slider);
  const first = sliding.length > AT_FIRST + 2 ? AT_FIRST : sliding.length;
  const more = moreSliders(sliding.length - first);
  sliding.forEach((parameter, place) => {
    const slider = place < first ? makeSlider(parameter, set) : more.slider(parameter, set);
    sliders.set(parameter.key, slider);
    (place < first ? desk : more.desk).append(slider.row);
  });
  if (first < sliding.length) desk.append(more.details);
  const follows = (/** @type {string} */ name) => (alone ? spoken("“{name}” is as it was drawn when this page was saved.", { name }) : spoken("“{name}” follows what you draw on its sketch. Keep a path here, draw another, and see both.", { name }));
  for (const name of drawn) desk.prepend(make("p", { class: "cs-note cs-follows" }, follows(name)));
  if (!sliders.size && !drawn.length) desk.append(make("p", { class: "cs-note" }, spoken("No constant of this model has a range yet. Give one between=(low, high), and it gets a slider here.")));
  return { desk, sliders };
}

/** Make the place of the sliders that are not seen at first; its line says how many of them were moved. @param {number} count */
function moreSliders(count) {
  /** @type {Set<string>} */
  const moved = new Set();
  const summary = make("summary", {});
  const desk = make("div", { class: "cs-desk" });
  const details = make("details", { class: "cs-more" }, summary, desk);
  const tell = () => (summary.textContent = moved.size ? spoken("{count} more sliders, {moved} of them moved", { count, moved: moved.size }) : spoken("{count} more sliders", { count }));
  tell();
  /** @param {import("../shared/sliders.js").Parameter} parameter @param {(key: string, value: number) => void} set @returns {import("../shared/sliders.js").Slider} */
  const slider = (parameter, set) => {
    const note = (/** @type {number} */ value) => {
      if (value === parameter.value) moved.delete(parameter.key);
      else moved.add(parameter.key);
      tell();
    };
    const made = makeSlider(parameter, (key, value) => {
      note(value);
      set(key, value);
    });
    return {
      row: made.row,
      show: (value) => {
        note(value);
        made.show(value);
      },
    };
  };
  return { desk, details, slider };
}
