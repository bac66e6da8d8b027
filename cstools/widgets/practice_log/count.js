// How many of how many: added up from marks made by hand, said as a line of text, and read from one.

/** Marks of a practice log: a day is done, or not; a day without a mark says nothing. */
export const DAY_DONE = "done";
export const DAY_MISSED = "not done";
const MOST_DAYS = 9999;

/** What one more press makes of a day: done, then not done, then blank again. @param {string | undefined} mark */
export function nextMark(mark) {
  if (mark === undefined) return DAY_DONE;
  return mark === DAY_DONE ? DAY_MISSED : undefined;
}

/**
 * Add the marks to what was counted before.
 * @param {Record<string, string>} marks by day @param {{done: number, days: number}} before
 */
export function countedDays(marks, before) {
  const all = Object.values(marks);
  return { done: before.done + all.filter((mark) => mark === DAY_DONE).length, days: before.days + all.length };
}

/** @param {{done: number, days: number}} count */
export function daysSaid({ done, days }) {
  return `${done} of ${days} ${days === 1 ? "day" : "days"}`;
}

/** The line that a learner may take along. @param {string} practice @param {{done: number, days: number}} count */
export function countLine(practice, count) {
  return practice.trim() ? `${practice.trim()}: ${daysSaid(count)}` : daysSaid(count);
}

/**
 * Read such a line again; what cannot be one is answered with a sentence.
 * @param {string} text
 * @returns {{practice?: string, count?: {done: number, days: number}, lesson?: string}}
 */
export function countInLine(text) {
  const line = text.trim().replace(/\s+/g, " ");
  const found = line.match(/^(?:(.*):)? ?(\d+) ?(?:of|\/) ?(\d+)(?: days?)?\.?$/iu);
  const [done, days] = (found?.slice(2) || line.match(/(\d+) ?(?:of|\/) ?(\d+)/iu)?.slice(1) || []).map(Number);
  if (done > days) return { lesson: `${done} of ${days} cannot be: more days done than days. Write it like: 12 of 21 days` };
  if (!found) return { lesson: "There is no count in this line. Write it like: 12 of 21 days" };
  if (days > MOST_DAYS) return { lesson: `${days} days are more than this log counts. Write it like: 12 of 21 days` };
  return { practice: (found[1] || "").trim(), count: { done, days } };
}

/**
 * One more or less of the days counted by hand; there are never more done than days.
 * @param {{done: number, days: number}} before @param {"done" | "days"} which @param {number} by
 */
export function countedByHand(before, which, by) {
  const now = { ...before, [which]: Math.min(MOST_DAYS, Math.max(0, before[which] + by)) };
  if (which === "done") return { ...now, days: Math.max(now.days, now.done) };
  return { ...now, done: Math.min(now.done, now.days) };
}
