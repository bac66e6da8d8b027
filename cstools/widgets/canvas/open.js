// Opening a kept board: all that can be read is read, and the rest is told. As cstools.widgets.canvas.board_read.
import { make } from "../shared/elements.js";
import { BOARD_VERSION } from "./keep.js";
import { FORM_NAMES, hasGrid, SAFE_PICTURE } from "./things.js";

const [LARGEST_FILE, MOST_SHOWN] = [20e6, 40];

/** @typedef {{board: {topic: string, notes: Record<string, string[]>, things: any[]}, unread: string[]}} OpenedBoard */

/**
 * Return what a kept file says, with a sentence for each thing that could not be read; or in a
 * lesson why nothing of it is opened.
 * @param {any} frame of the board that is open
 * @param {string} text
 * @returns {Partial<OpenedBoard> & {lesson?: string}}
 */
export function boardInText(frame, text) {
  try {
    return boardSaid(frame, JSON.parse(text));
  } catch (error) {
    if (error instanceof RangeError) return { lesson: "This file nests deeper than a board. Nothing was changed." };
    if (!(error instanceof SyntaxError)) throw error;
    return { lesson: "This file is no board, or was not saved whole. Nothing was changed." };
  }
}

/** @param {any} frame @param {any} said @returns {Partial<OpenedBoard> & {lesson?: string}} */
function boardSaid(frame, said) {
  if (!isRecord(said) || typeof said.kind !== "string") return { lesson: "This file is no board. Nothing was changed." };
  if (said.kind !== frame.kind) return { lesson: `This file holds another kind of board (${said.kind.slice(0, 20)}), and this is the ${frame.title.toLowerCase()}. Nothing was changed.` };
  /** @type {string[]} */
  const unread = [];
  versionTold(said.version, unread);
  const topic = textsIn(said.topic, "The topic", unread).join(" ");
  const notes = notesIn(frame, said.notes, unread);
  return { board: { topic, notes, things: thingsIn(frame, said.things, unread) }, unread };
}

/** @param {any} version @param {string[]} unread */
function versionTold(version, unread) {
  if (version === BOARD_VERSION) return;
  const newer = Number.isInteger(version) && version > BOARD_VERSION;
  unread.push(newer
    ? `It was written by a newer cstools (version ${version} of boards; this one knows ${BOARD_VERSION}). What is known here is read; to see the rest, update cstools.`
    : `Which version it is of is not clear (${version === undefined ? "it says none" : shortly(version)}). What could be understood is read.`);
}

/** The notes by layer. @param {any} frame @param {any} said @param {string[]} unread */
function notesIn(frame, said, unread) {
  /** @type {Record<string, string[]>} */
  const notes = Object.fromEntries(frame.layers.map((/** @type {any} */ layer) => [layer.key, []]));
  const [first] = frame.layers;
  if (!isRecord(said)) {
    notes[first.key] = textsIn(said, "The notes", unread);
    if (notes[first.key].length) unread.push(`Its notes are not sorted by layer: all of them stand on “${first.title}”.`);
    return notes;
  }
  for (const [name, texts] of Object.entries(said)) {
    const known = layerNamed(frame, name);
    const { key, title } = known || first;
    const found = textsIn(texts, known ? `“${title}”` : `“${name}”`, unread);
    notes[key] = [...notes[key], ...found];
    if (!known && found.length) unread.push(`A layer “${name}” is not known here: what it holds stands on “${title}”.`);
  }
  return notes;
}

/** All texts that a value holds, however it holds them. @param {any} said @param {string} where @param {string[]} unread @returns {string[]} */
function textsIn(said, where, unread) {
  if (said === null || said === undefined) return [];
  if (typeof said === "string") return said.trim() ? [said.trim()] : [];
  if (typeof said === "number") return [String(said)];
  if (Array.isArray(said)) return said.flatMap((one) => textsIn(one, where, unread));
  if (isRecord(said) && typeof said.text === "string") return textsIn(said.text, where, unread);
  unread.push(`${where}: this is no text, and is left out: ${shortly(said)}`);
  return [];
}

/** @param {any} frame @param {any} said @param {string[]} unread */
function thingsIn(frame, said, unread) {
  const rows = Array.isArray(said) ? said : [];
  if (said !== undefined && said !== null && !Array.isArray(said)) unread.push(`Its sketches, maps and models are not in a list, and are left out: ${shortly(said)}`);
  const mark = Date.now().toString(36);
  return rows.flatMap((row, at) => {
    const name = isRecord(row) && typeof row.name === "string" ? row.name.trim() : "";
    const called = isRecord(row) && isForm(row.form) && name ? `The ${row.form} “${name}”` : `Thing ${at + 1} beside the notes`;
    const trouble = thingTrouble(row);
    if (trouble) {
      unread.push(`${called} is left out: ${trouble}.`);
      return [];
    }
    const layer = layerNamed(frame, row.layer);
    if (!layer) unread.push(`${called} lies on a layer that is not known here: it is put on “${frame.layers[0].title}”.`);
    return [{ ...row, key: `${mark}-${at}`, layer: (layer || frame.layers[0]).key, name, sentence: typeof row.sentence === "string" ? row.sentence : "" }];
  });
}

/** Why a thing cannot lie on a board; an empty text when it can. @param {any} row */
function thingTrouble(row) {
  if (!isRecord(row) || !isForm(row.form)) return "it is no sketch, map, model or picture";
  if (row.form === "sketch" && hasGrid(row)) return "";
  if (typeof row.picture === "string" && SAFE_PICTURE.test(row.picture)) return "";
  if (row.form === "map" && Array.isArray(row.source?.variables) && Array.isArray(row.source?.links)) return "";
  return "its picture is no image";
}

/** @param {any} frame @param {any} name */
function layerNamed(frame, name) {
  const spelt = (/** @type {any} */ words) => String(words).trim().toLowerCase().replace(/[\s_]+/g, "_");
  return frame.layers.find((/** @type {any} */ { key, title }) => [key, spelt(title)].includes(spelt(name)));
}

/** @param {any} form */
function isForm(form) {
  return Object.keys(FORM_NAMES).includes(form);
}

/** @param {any} value */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as it stands in the file, the beginning of it. @param {any} value */
function shortly(value) {
  const whole = [...JSON.stringify(value)];
  return whole.length > MOST_SHOWN ? `${whole.slice(0, MOST_SHOWN).join("")}…` : whole.join("");
}

/**
 * Make the button that opens a kept file, and what the browser needs for it.
 * @param {any} model
 * @param {(board: OpenedBoard) => void} opened
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
    const { board, unread = [], lesson } = boardInText(model.get("frame"), await chosen.text());
    if (board) opened({ board, unread });
    else refused(lesson || "");
  });
  return { button, file };
}
