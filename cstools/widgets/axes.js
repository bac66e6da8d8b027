// Numbers on axes: round steps that a reader can count in, and one way of writing them.

/**
 * Return 1, 2 or 5 times a power of ten: the largest such number that is not above `size`.
 * @param {number} size
 * @returns {number}
 */
export function roundStep(size) {
  if (!(size > 0) || !Number.isFinite(size)) return 1;
  const power = 10 ** Math.floor(Math.log10(size) + 1e-9);
  const digit = size / power;
  return power * (digit >= 5 ? 5 : digit >= 2 ? 2 : 1);
}

/**
 * Return round numbers that cover `low` to `high`, about `most` of them, from end to end.
 * @param {number} low
 * @param {number} high
 * @param {number} most
 * @returns {number[]}
 */
export function ticksAround(low, high, most) {
  const span = high > low ? high - low : Math.abs(high) || 1;
  let step = roundStep(span / most);
  while (span / step > most) step = roundStep(step * 2.5);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  return Array.from({ length: last - first + 1 }, (_, i) => tidy((first + i) * step, step));
}

/**
 * Return round numbers inside `low` to `high`, about `most` of them.
 * @param {number} low
 * @param {number} high
 * @param {number} most
 * @returns {number[]}
 */
export function ticksWithin(low, high, most) {
  const slack = (high - low) * 1e-9;
  return ticksAround(low, high, most).filter((t) => t >= low - slack && t <= high + slack);
}

/**
 * Return `value` on a grid of `step`, without the dust of binary fractions.
 * @param {number} value
 * @param {number} step
 * @returns {number}
 */
export function tidy(value, step) {
  const onGrid = Math.round(value / step) * step;
  return Number(onGrid.toPrecision(12));
}

/**
 * Return how many decimals a number of this step needs.
 * @param {number} step
 * @returns {number}
 */
export function decimalsOf(step) {
  return Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}

/**
 * Write a number for reading: four figures, commas in thousands, a true minus sign.
 * @param {number} value
 * @param {number} [step] when given, all numbers of one axis get the same decimals
 * @returns {string}
 */
export function written(value, step) {
  if (!Number.isFinite(value)) return "no number";
  const large = Math.abs(value) >= 1e6;
  const small = value !== 0 && Math.abs(value) < 1e-4;
  if (small) return value.toExponential(2).replace("e-", "e−").replace("-", "−");
  /** @type {Intl.NumberFormatOptions} */
  let form = { maximumSignificantDigits: 4 };
  if (large) form = { maximumSignificantDigits: 4, notation: "compact" };
  else if (step) form = { minimumFractionDigits: decimalsOf(step), maximumFractionDigits: decimalsOf(step) };
  return value.toLocaleString("en-GB", form).replace("-", "−");
}
