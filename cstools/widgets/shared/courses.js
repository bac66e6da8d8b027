// Courses: constants that follow points over time, and a run of the model with other points.

/**
 * @typedef {{key: string, table: string, mode: string, points: number[][]}} Course
 * @typedef {Record<string, number[][]>} Paths name of a variable → the points it follows
 */

/**
 * Return what a run is given so that some variables follow other points: no new code is needed.
 * @param {Course[]} courses of the model, as its page has them
 * @param {Record<string, any>} paths what is no list of points is left alone
 * @returns {Record<string, any[]>}
 */
export function tablesFor(courses, paths) {
  const drawn = courses.filter(({ key }) => isPath(paths[key]) && paths[key].length);
  return Object.fromEntries(drawn.map(({ key, table, mode }) => [table, [0, 1].map((side) => paths[key].map((/** @type {number[]} */ point) => point[side])).concat([mode])]));
}

/** @param {Record<string, any>} values @returns {Paths} */
export function pathsOf(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isPath(value)));
}

/** @param {Record<string, any>} values @returns {Record<string, number>} */
export function numbersOf(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isPath(value)));
}

/** @param {any} value */
function isPath(value) {
  return Array.isArray(value);
}
