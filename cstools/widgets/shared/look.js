// The colours and the type that curves are drawn with, as the theme has them.
import { readable } from "./elements.js";

/** Return the theme's colours and type, as they are now. @param {HTMLElement} root */
export function lookOf(root) {
  const css = getComputedStyle(root);
  const named = (/** @type {string} */ name) => css.getPropertyValue(name).trim();
  return {
    ink: named("--cs-ink"),
    quiet: named("--cs-quiet"),
    grid: named("--cs-grid"),
    paper: named("--cs-paper"),
    accent: named("--cs-accent"),
    warm: named("--cs-warm"),
    font: css.fontFamily,
    contrast: Number(named("--cs-contrast")),
    faint: Number(named("--cs-faint")),
  };
}

/** Return the colour and dash of every variable that was drawn so far. @param {any} page @param {Map<string, number>} places @param {any} look */
export function strokesFor({ palette, dashes }, places, look) {
  /** @type {Map<string, {color: string, dash: number[]}>} */
  const strokes = new Map();
  for (const [key, place] of places) {
    strokes.set(key, { color: readable(palette[place % palette.length], look.paper, look.contrast), dash: dashes[place % dashes.length] });
  }
  return strokes;
}
