// What an undo brought back, so that the keyboard can go there.
import { linkId, variableNamed } from "./map_values.js";

/**
 * The word or the link in which two maps differ; neither where all of it does, as after tidying up.
 * @param {import("./map_values.js").MapValues} before @param {import("./map_values.js").MapValues} now
 * @returns {{word: string, link: string}}
 */
export function changedIn(before, now) {
  const said = (/** @type {any} */ { pinned, ...one }) => JSON.stringify(one); // a step pins every word
  const fresh = (/** @type {any[]} */ there, /** @type {any[]} */ here) => {
    const known = new Set(there.map(said));
    return here.filter((one) => !known.has(said(one)));
  };
  const words = fresh(before.variables, now.variables);
  const added = words.find(({ name }) => !variableNamed(before, name));
  const links = fresh(before.links, now.links);
  const [gone] = fresh(now.links, before.links);
  if (added) return { word: added.name, link: "" };
  if (words.length > 1) return { word: "", link: "" };
  if (links.length) return { word: "", link: linkId(links[0]) };
  if (words.length) return { word: words[0].name, link: "" };
  if (gone) return { word: variableNamed(now, gone.cause)?.name || "", link: "" };
  return { word: "", link: "" };
}
