// What the parts of an explorer's page may ask of it, and nothing more.
import { csvText } from "../shared/exports.js";
import { saidMoment } from "../shared/said.js";
import { spoken } from "../shared/speech.js";
import { readState, stateAddress, stateText } from "./states.js";

/** @param {any} explorer */
export function doorsOf(explorer) {
  const { page, curves, model } = explorer;
  return {
    set: (/** @type {string} */ key, /** @type {number} */ value) => explorer.set(key, value),
    choose: (/** @type {string} */ key, /** @type {boolean} */ on) => explorer.choose(key, on),
    moment: (/** @type {number} */ moment) => saidMoment(curves.now.time[page.moments[moment]], page.timeUnits),
    pin: (/** @type {number | null} */ moment) => explorer.pin(moment),
    scenarios: {
      kept: () => new Map(model.get("scenarios")),
      keep: (/** @type {import("./scenarios.js").Kept} */ kept, /** @type {string} */ told) => explorer.keep([...kept], told),
      say: (/** @type {string} */ words) => explorer.parts.undo.tell(words),
      values: () => ({ ...explorer.told(), ...curves.paths }),
      suggested: () => explorer.suggested(),
      use: (/** @type {Record<string, any>} */ values, /** @type {string} */ name) => explorer.replace(explorer.ownOf(values), page.drawn?.length ? spoken("Sliders and drawing say “{name}”.", { name }) : spoken("The sliders say “{name}”.", { name })),
      redraw: () => curves.redraw(),
    },
    tools: {
      name: page.name,
      alone: explorer.alone,
      empty: () => curves.chosen().length === 0,
      picture: () => curves.picture(),
      print: () => explorer.ask({ what: "print", beside: curves.overlays().map((/** @type {any} */ overlay) => overlay.name) }),
      csv: () => csvText(curves.table().heads, curves.table().columns),
      settings: () => JSON.stringify(explorer.state(), null, 2),
      link: () => stateAddress(stateText(explorer.state())),
      text: () => stateText(explorer.state()),
      open: (/** @type {string} */ text) => explorer.open(readState(text)),
      say: (/** @type {string} */ words) => explorer.parts.undo.tell(words),
      told: () => explorer.parts.undo.told(),
    },
  };
}
