// The rounds of a crowd, worked out in the page: what cstools/facets/others/listening.py and
// thresholds.py work out in Python. A test holds the two together, figures and words.

/**
 * @typedef {object} CrowdPage
 * @property {"listening" | "thresholds"} kind
 * @property {string} name
 * @property {number} people
 * @property {boolean} everybody whether each sees all others
 * @property {number[][]} hears
 * @property {number[][]} places
 * @property {number} size
 * @property {[number, number, boolean][]} links
 * @property {number[]} first
 * @property {[number, number]} between
 * @property {string} units
 * @property {number} horizon how many rounds the curve shows at least
 * @property {[number, number][][]} [weights]
 * @property {number[] | null} [influence]
 * @property {string} [tail]
 * @property {number} sketchStop
 */

/** What everybody has in each round: an opinion, or 1 for having joined. @param {CrowdPage} page @param {number[]} values @returns {number[][]} */
export function crowdRounds(page, values) {
  return page.kind === "listening" ? opinionsOver(page, values) : joinedOver(page, values);
}

/** @param {CrowdPage} page @param {number[]} first */
function opinionsOver(page, first) {
  const rows = [first];
  for (let round = 0; round < page.horizon; round += 1) {
    const before = rows[round];
    rows.push((page.weights || []).map((row) => row.reduce((sum, [who, weight]) => sum + weight * before[who], 0)));
  }
  return rows;
}

/** @param {CrowdPage} page @param {number[]} needs */
function joinedOver(page, needs) {
  const rows = [needs.map(() => 0)];
  for (;;) {
    const before = rows[rows.length - 1];
    const after = before.map((one, person) => (one || missingUntil(page, needs, person, before) <= 0 ? 1 : 0));
    if (after.every((one, person) => one === before[person])) return rows;
    rows.push(after);
  }
}

/** How many have joined. @param {number[]} row */
export function countJoined(row) {
  return row.reduce((sum, one) => sum + one, 0);
}

/** How much is missing until a person joins, in whole numbers; 0 or less is enough. @param {CrowdPage} page @param {number[]} needs @param {number} person @param {number[]} joined */
function missingUntil(page, needs, person, joined) {
  if (page.everybody) return needs[person] - countJoined(joined);
  const seen = page.hears[person];
  return needs[person] * Math.max(1, seen.length) - 100 * seen.reduce((sum, other) => sum + joined[other], 0);
}

/** Return an opinion or a share with at most two decimals; a half goes up. @param {number} value */
export function toldOpinion(value) {
  const rounded = Math.floor(value * 100 + 0.5 + 1e-7) / 100;
  const text = rounded.toFixed(2).replace(/\.?0+$/, "");
  return text.replace("-", "−");
}

/** @param {CrowdPage} page @param {number[][]} rows @param {number} round */
export function crowdSaid(page, rows, round) {
  const when = round === 0 ? "At first" : `After ${round} round${round === 1 ? "" : "s"}`;
  if (page.kind === "thresholds") {
    const count = countJoined(rows[round]);
    return round === 0 ? "At first nobody has joined." : `${when} ${count} of ${page.people} ${count === 1 ? "has" : "have"} joined.`;
  }
  const [low, high] = [Math.min(...rows[round]), Math.max(...rows[round])].map(toldOpinion);
  const unit = page.units ? ` ${page.units}` : "";
  return low === high ? `${when} all opinions are at about ${low}${unit}.` : `${when} the opinions lie between ${low} and ${high}${unit}.`;
}

/** @param {CrowdPage} page @param {number[]} values @param {number[][]} rows */
export function crowdOutlook(page, values, rows) {
  if (page.kind === "thresholds") return joiningEnds(page, values, rows[rows.length - 1]);
  const agreed = crowdAgreement(page, values);
  return agreed === null ? page.tail || "" : `If they go on, all come to ${toldOpinion(agreed)}${page.units ? ` ${page.units}` : ""}. ${page.tail}`;
}

/** What all would come to in the end; null where they do not agree. @param {CrowdPage} page @param {number[]} values */
export function crowdAgreement(page, values) {
  return page.influence ? page.influence.reduce((sum, share, person) => sum + share * values[person], 0) : null;
}

/** @param {CrowdPage} page @param {number[]} needs @param {number[]} joined */
function joiningEnds(page, needs, joined) {
  const count = countJoined(joined);
  if (count === page.people) return `In the end all ${page.people} join.`;
  const waiting = nextWaits(page, needs, joined);
  return count === 0 ? `In the end nobody joins: nobody goes first. ${waiting}` : `It stops at ${count} of ${page.people}. ${waiting}`;
}

/** What the person who is nearest to joining waits for. @param {CrowdPage} page @param {number[]} needs @param {number[]} joined */
function nextWaits(page, needs, joined) {
  const missing = needs.map((_, person) => (joined[person] ? Infinity : missingUntil(page, needs, person, joined)));
  const person = missing.indexOf(Math.min(...missing));
  const need = needs[person];
  if (page.everybody) return `The next one waits until ${need} ${need === 1 ? "has" : "have"} joined.`;
  const seen = page.hears[person];
  const share = seen.length ? Math.floor((100 * seen.reduce((sum, other) => sum + joined[other], 0)) / seen.length) : 0;
  return `The next one, person ${person + 1}, waits for ${need} % of those they see, and sees ${share} %.`;
}
