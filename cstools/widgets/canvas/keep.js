// Keeping a board and opening it again: a file that the learner asks for, and nothing else.
import { download, make } from "../shared/elements.js";

const BOARD_VERSION = 1;
const LARGEST_FILE = 20e6;

/** @param {any} model @param {any} now @returns {string} the board as a file, as Python writes it */
export function boardAsText(model, now) {
  const drawn = model.get("drawn") || {};
  const things = now.things.map((/** @type {any} */ { key, ...thing }) => {
    const points = drawn[key];
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

/**
 * Return what a kept file says, or in a sentence why it is not opened.
 * @param {any} model
 * @param {string} text
 * @returns {{board?: {topic: string, notes: Record<string, string[]>, things: any[]}, lesson?: string}}
 */
export function boardInText(model, text) {
  const { kind, title, layers } = model.get("frame");
  let said;
  try {
    said = JSON.parse(text);
  } catch {
    return { lesson: "This file is no board, or was not saved whole. Nothing was changed." };
  }
  if (!said || typeof said.kind !== "string" || !said.notes || typeof said.notes !== "object") return { lesson: "This file is no board. Nothing was changed." };
  if (said.kind !== kind) return { lesson: `This file holds another kind of board (${said.kind.slice(0, 20)}), and this is the ${title.toLowerCase()}. Nothing was changed.` };
  if (said.version !== BOARD_VERSION) return { lesson: "This board was kept by another version of cstools, which is not known here. Nothing was changed." };
  const keys = layers.map((/** @type {any} */ layer) => layer.key);
  const strange = Object.keys(said.notes).find((key) => !keys.includes(key));
  if (strange !== undefined) return { lesson: `This board has a layer that is not known here (${strange.slice(0, 20)}). Nothing was changed.` };
  const notes = Object.fromEntries(keys.map((/** @type {string} */ key) => [key, textsIn(said.notes[key])]));
  const rows = (Array.isArray(said.things) ? said.things : []).filter((/** @type {any} */ thing) => thing && keys.includes(thing.layer));
  const mark = Date.now().toString(36);
  const things = rows.map((/** @type {any} */ thing, /** @type {number} */ at) => ({ ...thing, key: `${mark}-${at}`, form: String(thing.form), name: String(thing.name ?? "") }));
  return { board: { topic: String(said.topic ?? ""), notes, things } };
}

/** @param {any} texts */
function textsIn(texts) {
  return (Array.isArray(texts) ? texts : []).filter((text) => typeof text === "string" && text.trim() !== "");
}

/**
 * Make the button that opens a kept file, and what the browser needs for it.
 * @param {any} model
 * @param {(board: any) => void} opened
 * @param {(lesson: string) => void} refused
 */
export function makeOpener(model, opened, refused) {
  const file = make("input", { type: "file", accept: ".json,application/json", hidden: "", "aria-label": "A board kept as a file" });
  const button = make("button", { type: "button" }, "Open…");
  button.addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    file.value = "";
    if (!chosen) return;
    if (chosen.size > LARGEST_FILE) {
      refused("This file is far larger than any board. Nothing was changed.");
      return;
    }
    const { board, lesson } = boardInText(model, await chosen.text());
    if (board) opened(board);
    else refused(lesson || "");
  });
  return { button, file };
}
