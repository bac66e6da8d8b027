// Every loop of a map, shortest first, within a budget: cstools.causal_loops.loops, in the page.
import { byLetters, nameKey } from "./map_names.js";

const MOST_LOOPS = 500;
const SEARCH_STEPS = 200_000;

/**
 * @typedef {{name: string, polarity: string, variables: string[], links: import("./map_values.js").MapLink[], title: string}} MapLoop
 * @typedef {{loops: MapLoop[], complete: boolean, reached: number}} FoundLoops
 */

/**
 * Find the loops of a map, named as Python names them: by length, then by the alphabet.
 *
 * A search that stops at its budget has found the first part of the whole list.
 * @param {import("./map_values.js").MapValues} map
 * @param {number} [most]
 * @param {number} [budget] in steps of the search, so that the same map always has the same loops
 * @returns {FoundLoops}
 */
export function findLoops(map, most = MOST_LOOPS, budget = SEARCH_STEPS) {
  const keys = map.variables.map((variable) => nameKey(variable.name));
  const ranked = [...keys.keys()].sort((a, b) => byLetters(keys[a], keys[b]));
  const rank = new Map(ranked.map((place, number) => [map.variables[place].name, number]));
  /** @type {Map<number, import("./map_values.js").MapLink[]>} */
  const between = new Map();
  const count = keys.length;
  for (const link of [...map.links].sort((a, b) => "+-?".indexOf(a.sign) - "+-?".indexOf(b.sign))) {
    const pair = Number(rank.get(link.cause)) * count + Number(rank.get(link.effect));
    between.set(pair, [...(between.get(pair) || []), link]);
  }
  const search = new LoopSearch(count, [...between.keys()], budget);
  /** @type {import("./map_values.js").MapLink[][]} */
  const ways = [];
  let full = false;
  for (const circuit of search.circuits()) {
    const sides = circuit.map((node, i) => between.get(node * count + circuit[(i + 1) % circuit.length]) || []);
    for (const way of everyChoice(sides)) {
      full = ways.length >= most;
      if (full) break;
      ways.push(way);
    }
    if (full) break;
  }
  const place = new Map(map.variables.map((variable, i) => [variable.name, i]));
  return { loops: namedLoops(ways, place, titlesByKeys(map.titles)), complete: search.complete && !full, reached: search.reached };
}

class LoopSearch {
  /** @param {number} count @param {number[]} pairs cause × count + effect @param {number} budget */
  constructor(count, pairs, budget) {
    this.after = Array.from({ length: count }, () => /** @type {number[]} */ ([]));
    this.before = Array.from({ length: count }, () => /** @type {number[]} */ ([]));
    for (const pair of [...pairs].sort((a, b) => a - b)) {
      this.after[Math.floor(pair / count)].push(pair % count);
      this.before[pair % count].push(Math.floor(pair / count));
    }
    this.left = budget;
    this.reached = 0;
    this.complete = false;
  }

  /** Circuits by length, each from its smallest node, in the order of the alphabet within a length. */
  *circuits() {
    let starts = this.after.map((_, start) => ({ start, back: this.wayBack(start) }));
    for (let length = 1; length <= this.after.length && starts.length; length += 1) {
      const longer = [];
      for (const one of starts) {
        this.cut = false;
        yield* this.walk(one.start, one.back, [one.start], new Set([one.start]), length - 1);
        if (this.left <= 0) return;
        if (this.cut) longer.push(one);
      }
      starts = longer;
      this.reached = length;
    }
    this.reached = this.after.length;
    this.complete = true;
  }

  /** How many links each larger node is away from a start, going back to it. @param {number} start */
  wayBack(start) {
    const back = new Map([[start, 0]]);
    for (const node of back.keys()) {
      for (const previous of this.before[node]) {
        if (previous > start && !back.has(previous)) back.set(previous, Number(back.get(node)) + 1);
      }
    }
    return back;
  }

  /**
   * @param {number} start @param {Map<number, number>} back @param {number[]} path
   * @param {Set<number>} visited @param {number} left links to walk before the one that closes
   * @returns {Generator<number[]>}
   */
  *walk(start, back, path, visited, left) {
    const node = path[path.length - 1];
    this.left -= this.after[node].length + 1;
    for (const next of this.after[node]) {
      if (this.left <= 0) return;
      if (next === start && left === 0) yield [...path];
      if (next <= start || visited.has(next)) continue;
      const far = back.get(next);
      if (far === undefined) continue;
      if (far > left) this.cut = true;
      else {
        path.push(next);
        visited.add(next);
        yield* this.walk(start, back, path, visited, left - 1);
        visited.delete(next);
        path.pop();
      }
    }
  }
}

/** Each choice of one of every side, the last side turning fastest. @template T @param {T[][]} sides @returns {Generator<T[]>} */
function* everyChoice(sides) {
  if (!sides.length) {
    yield [];
    return;
  }
  const [first, ...rest] = sides;
  for (const one of first) for (const others of everyChoice(rest)) yield [one, ...others];
}

/** @param {{title: string, variables: string[]}[]} titles */
function titlesByKeys(titles) {
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const { title, variables } of titles) found.set(fromFirst(variables.map(nameKey)).join("\n"), title);
  return found;
}

/** The same round, begun at what is first in the alphabet. @param {string[]} keys */
export function fromFirst(keys) {
  const first = [...keys].sort(byLetters)[0];
  const at = keys.indexOf(first);
  return [...keys.slice(at), ...keys.slice(0, at)];
}

/**
 * @param {import("./map_values.js").MapLink[][]} ways @param {Map<string, number>} place
 * @param {Map<string, string>} titles @returns {MapLoop[]}
 */
function namedLoops(ways, place, titles) {
  /** @type {Record<string, number>} */
  const counts = { R: 0, B: 0, "?": 0 };
  return ways.map((way) => {
    const signs = way.map((link) => link.sign);
    const odd = signs.filter((sign) => sign === "-").length % 2;
    const polarity = signs.includes("?") ? "?" : odd ? "B" : "R";
    counts[polarity] += 1;
    const variables = way.map((link) => link.cause);
    const title = titles.get(variables.map(nameKey).join("\n")) || "";
    const places = variables.map((name) => Number(place.get(name)));
    const first = places.indexOf(Math.min(...places));
    /** @template T @param {T[]} list */
    const turned = (list) => [...list.slice(first), ...list.slice(0, first)];
    return { name: `${polarity}${counts[polarity]}`, polarity, variables: turned(variables), links: turned(way), title };
  });
}

/** The loops that get a mark: those with a title, and each that adds a new link, twelve at most. @param {MapLoop[]} loops */
export function markedLoops(loops) {
  /** @type {Set<import("./map_values.js").MapLink>} */
  const covered = new Set();
  /** @type {MapLoop[]} */
  const chosen = [];
  for (const loop of loops) {
    if (!loop.title && (chosen.length >= 12 || loop.links.every((link) => covered.has(link)))) continue;
    chosen.push(loop);
    for (const link of loop.links) covered.add(link);
  }
  return chosen;
}
