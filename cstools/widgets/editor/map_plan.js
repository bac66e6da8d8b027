// What stays the same while words move: how each link bows, away from its shortest loop.
// The numbers of cstools.plotting.layout.plan_of and Plan.sides.

/** @typedef {{cause: number, effect: number, around: number[], pair: boolean, bulge: number}} PlannedLink */

/**
 * @param {number} words how many there are
 * @param {[number, number][]} pairs cause and effect of every link between two words
 * @param {number[]} titles how wide the title of a loop is that goes straight back, or 0
 * @returns {PlannedLink[]}
 */
export function plannedLinks(words, pairs, titles) {
  /** @type {number[][]} */
  const after = Array.from({ length: words }, () => []);
  for (const [cause, effect] of pairs) after[cause].push(effect);
  const everybody = [...after.keys()];
  /** @type {Map<number, number>} */
  const twins = new Map();
  return pairs.map(([cause, effect], i) => {
    const loop = shortestRound(cause, effect, after);
    const pair = loop.length === 2;
    let bulge = loop.length ? usualBulge(loop.length) : 0.1;
    if (pair && titles[i]) bulge += 0.1;
    const twin = twins.get(cause * words + effect) || 0;
    twins.set(cause * words + effect, twin + 1);
    bulge *= [1, 2.2, -1][twin % 3];
    return { cause, effect, around: loop.length ? loop : everybody, pair, bulge };
  });
}

/** To which side a link bows when words stand at these places; 1 is to its left. @param {PlannedLink} link @param {import("./arcs.js").Point[]} places */
export function bowSide(link, places) {
  if (link.pair) return 1;
  const [start, stop] = [places[link.cause], places[link.effect]];
  let [x, y] = [0, 0];
  for (const word of link.around) {
    x += places[word].x;
    y += places[word].y;
  }
  const inX = x / link.around.length - (start.x + stop.x) / 2;
  const inY = y / link.around.length - (start.y + stop.y) / 2;
  return inY * (stop.x - start.x) - inX * (stop.y - start.y) < 0 ? -1 : 1;
}

/** The bow between neighbours on a circle through all words of a loop. @param {number} words */
function usualBulge(words) {
  return words === 2 ? 0.24 : Math.min(Math.max(Math.tan(Math.PI / 2 / words) / 2, 0.12), 0.24);
}

/** The words of the shortest loop through a link, or none. @param {number} cause @param {number} effect @param {number[][]} after */
function shortestRound(cause, effect, after) {
  const came = new Map([[effect, -1]]);
  for (const word of came.keys()) {
    if (word === cause) {
      const path = [];
      for (let at = word; at >= 0; at = Number(came.get(at))) path.push(at);
      return path.reverse();
    }
    for (const next of after[word]) if (!came.has(next)) came.set(next, word);
  }
  return [];
}
