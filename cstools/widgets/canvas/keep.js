// Keeping a board: a file that the learner asks for, and nothing else.
import { download } from "../shared/elements.js";

export const BOARD_VERSION = 1;

/** @param {any} model @param {any} now @returns {string} the board as a file, as Python writes it */
export function boardAsText(model, now) {
  const drawn = model.get("drawn") || {};
  const things = now.things.map((/** @type {any} */ { key, ...thing }) => {
    const points = drawn[key];
    if (thing.form === "map" && thing.source) delete (thing.source = { ...thing.source }).edit; // a count of the page's own
    return points ? { ...thing, source: { ...thing.source, points } } : thing;
  });
  const { kind } = model.get("frame");
  return `${JSON.stringify({ kind, version: BOARD_VERSION, topic: now.topic, notes: now.notes, things }, null, 1)}\n`;
}

/** @param {any} model @param {any} now offer the board as a file */
export function keepBoard(model, now) {
  const { kind } = model.get("frame");
  const about = now.topic.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 40);
  const name = about ? `${kind}-${about}.json` : `${kind}.json`;
  download(name, boardAsText(model, now), "application/json");
  return name;
}
