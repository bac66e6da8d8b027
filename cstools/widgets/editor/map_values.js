// A map as plain values, and what can be done to it: each edit gives a new map or says why not.
import { fromFirst } from "./map_loops.js";
import { nameKey, nameLabel, nameTrouble } from "./map_names.js";
import { shownSign } from "./map_said.js";

/**
 * @typedef {{name: string, lens: string, x: number, y: number, pinned: boolean}} MapVariable
 * @typedef {{cause: string, effect: string, sign: string, delayed: boolean, reason: string, source: string, bow: number}} MapLink
 * @typedef {{title: string, variables: string[]}} MapTitle
 * @typedef {{name: string, variables: MapVariable[], links: MapLink[], titles: MapTitle[]}} MapValues
 */

/** What cannot be done, in a sentence for whoever tried. */
export class MapLesson extends Error {}

/** What of a state is the map, without the numbers that page and kernel keep for themselves. @param {any} state @returns {MapValues} */
export function mapIn(state) {
  const { name = "", variables = [], links = [], titles = [] } = state || {};
  return { name, variables, links, titles };
}

/** What a link is known by. @param {MapLink} link */
export function linkId(link) {
  return JSON.stringify([link.cause, link.effect, link.sign]);
}

/** @param {MapValues} map @param {string} id */
export function linkById(map, id) {
  return map.links.find((link) => linkId(link) === id);
}

/** @param {MapValues} map @param {string} name */
export function variableNamed(map, name) {
  const key = nameKey(name);
  return map.variables.find((variable) => nameKey(variable.name) === key);
}

/** @param {MapValues} map @param {string} name @param {number} x @param {number} y @returns {MapValues} */
export function withVariable(map, name, x, y) {
  const shown = nameIfFree(map, name);
  const variable = { name: shown, lens: "", x: tenth(x), y: tenth(y), pinned: true };
  return { ...pinnedAll(map), variables: [...pinnedAll(map).variables, variable] };
}

/** @param {MapValues} map @param {string} old @param {string} name @returns {MapValues} */
export function renamedVariable(map, old, name) {
  const shown = nameIfFree(map, name, old);
  /** @param {string} one */
  const renamed = (one) => (one === old ? shown : one);
  return {
    ...map,
    variables: map.variables.map((variable) => ({ ...variable, name: renamed(variable.name) })),
    links: map.links.map((link) => ({ ...link, cause: renamed(link.cause), effect: renamed(link.effect) })),
    titles: map.titles.map((title) => ({ ...title, variables: title.variables.map(renamed) })),
  };
}

/** What a name becomes, if no other variable has it. @param {MapValues} map @param {string} name @param {string} [own] */
function nameIfFree(map, name, own) {
  const trouble = nameTrouble(name);
  if (trouble) throw new MapLesson(trouble);
  const taken = variableNamed(map, nameLabel(name));
  if (taken && taken.name !== own) throw new MapLesson(`“${taken.name}” is on the map already; one name is one variable.`);
  return nameLabel(name);
}

/** Move one word; from now on every word stays where it is seen. @param {MapValues} map @param {string} name @param {number} x @param {number} y @returns {MapValues} */
export function movedVariable(map, name, x, y) {
  const whole = pinnedAll(map);
  return { ...whole, variables: whole.variables.map((variable) => (variable.name === name ? { ...variable, x: tenth(x), y: tenth(y) } : variable)) };
}

/** @param {MapValues} map @param {string} name @param {string} lens @returns {MapValues} */
export function seenWith(map, name, lens) {
  return { ...map, variables: map.variables.map((variable) => (variable.name === name ? { ...variable, lens } : variable)) };
}

/** @param {MapValues} map @param {string} name @returns {MapValues} */
export function withoutVariable(map, name) {
  return {
    ...map,
    variables: map.variables.filter((variable) => variable.name !== name),
    links: map.links.filter((link) => link.cause !== name && link.effect !== name),
    titles: map.titles.filter((title) => !title.variables.includes(name)),
  };
}

/** Draw a link; one beside another takes the first sign that is free. @param {MapValues} map @param {string} cause @param {string} effect @param {string} [sign] @returns {MapValues} */
export function withLink(map, cause, effect, sign) {
  const there = map.links.filter((link) => link.cause === cause && link.effect === effect).map((link) => link.sign);
  const wanted = sign ? [sign] : there.length ? ["+", "-", "?"] : ["?"];
  const free = wanted.find((one) => !there.includes(one));
  if (!free) {
    const which = sign ? ` with the sign ${shownSign(sign)}` : " with every sign";
    throw new MapLesson(`There is a link ${cause} → ${effect}${which} already.`);
  }
  const link = { cause, effect, sign: free, delayed: false, reason: "", source: "", bow: 1 };
  return { ...map, links: [...map.links, link] };
}

/** Say something else of a link. @param {MapValues} map @param {MapLink} link @param {Partial<MapLink>} change @returns {MapValues} */
export function changedLink(map, link, change) {
  const changed = { ...link, ...change };
  const same = linkById(map, linkId(changed));
  if (same && linkId(same) !== linkId(link)) {
    throw new MapLesson(`There is a link ${changed.cause} → ${changed.effect} with the sign ${shownSign(changed.sign)} already.`);
  }
  return { ...map, links: map.links.map((one) => (linkId(one) === linkId(link) ? { ...one, ...change } : one)) };
}

/** @param {MapValues} map @param {MapLink} link @returns {MapValues} */
export function withoutLink(map, link) {
  return { ...map, links: map.links.filter((one) => linkId(one) !== linkId(link)) };
}

/** Give a loop a name, or take it away with an empty one. @param {MapValues} map @param {string[]} variables @param {string} title @returns {MapValues} */
export function titledLoop(map, variables, title) {
  const own = fromFirst(variables.map(nameKey)).join("\n");
  const others = map.titles.filter((one) => fromFirst(one.variables.map(nameKey)).join("\n") !== own);
  if (!title.trim()) return { ...map, titles: others };
  const trouble = nameTrouble(title);
  if (trouble) throw new MapLesson(trouble.replace("A variable's name", "The name of a loop"));
  return { ...map, titles: [...others, { title: nameLabel(title), variables }] };
}

/** Take the places and bows of a layout; `pinned` where nobody else could find them again. @param {MapValues} map @param {Record<string, number[]>} places @param {{cause: string, effect: string, sign: string, bow: number}[]} bows @param {boolean} pinned @returns {MapValues} */
export function arrangedMap(map, places, bows, pinned) {
  const bow = new Map(bows.map((one) => [JSON.stringify([one.cause, one.effect, one.sign]), one.bow]));
  return {
    ...map,
    variables: map.variables.map((variable) => {
      const at = places[variable.name];
      return at ? { ...variable, x: at[0], y: at[1], pinned } : variable;
    }),
    links: map.links.map((link) => ({ ...link, bow: bow.get(linkId(link)) ?? 1 })),
  };
}

/** @param {MapValues} map @returns {MapValues} */
function pinnedAll(map) {
  return { ...map, variables: map.variables.map((variable) => (variable.pinned ? variable : { ...variable, pinned: true })) };
}

/** @param {number} value */
function tenth(value) {
  return Math.round(value * 10) / 10;
}
