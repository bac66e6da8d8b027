// The curves as a table: for screen readers, for copying, for whoever trusts numbers more.
import { written } from "./axes.js";
import { make } from "./elements.js";
import { plainNumber } from "./exports.js";
import { spoken } from "./speech.js";

const MOST_TABLE_ROWS = 101;

/**
 * Make the table view; it is filled only while it is open, and `fill` may be called at any time.
 * @param {(words: string) => void} say
 */
export function makeTable(say) {
  const note = make("p", { class: "cs-note" });
  const copy = make("button", { type: "button" }, spoken("Copy all rows"));
  const place = make("div", { class: "cs-table", tabindex: 0, role: "region", "aria-label": spoken("Table of the run") });
  const details = make("details", { class: "cs-fold" }, make("summary", {}, spoken("Table")), note, copy, place);
  /** @type {{heads: string[], columns: ArrayLike<number>[]}} */
  let held = { heads: [], columns: [] };

  const show = () => {
    if (!details.open || !held.columns.length) return;
    const { heads, columns } = held;
    copy.hidden = columns.length < 2; // the times alone say nothing
    if (copy.hidden) {
      note.textContent = spoken("Nothing is ticked, so the table is empty: tick a name above the plot.");
      place.replaceChildren();
      return;
    }
    const rows = columns[0].length;
    const every = Math.ceil(rows / MOST_TABLE_ROWS);
    const chosen = Array.from({ length: rows }, (_, row) => row).filter((row) => row % every === 0 || row === rows - 1);
    note.textContent = every > 1 ? spoken("Every {every}{th} row of {count}; “Copy all rows” and the numbers for a spreadsheet hold every one.", { every, th: ending(every), count: rows.toLocaleString("en-GB") }) : "";
    const head = make("tr", {}, ...heads.map((name) => make("th", { scope: "col" }, name)));
    const body = chosen.map((row) => make("tr", {}, ...columns.map((column, at) => tableCell(column[row], at, heads[0]))));
    place.replaceChildren(make("table", {}, make("caption", { class: "cs-unseen" }, spoken("The run at the present settings")), make("thead", {}, head), make("tbody", {}, ...body)));
  };
  details.addEventListener("toggle", show);
  copy.addEventListener("click", async () => {
    const { heads, columns } = held;
    const lines = Array.from({ length: columns[0].length }, (_, row) => columns.map((column) => plainNumber(column[row])).join("\t"));
    say((await copied([heads.join("\t"), ...lines].join("\n"))) ? spoken("The table is copied; paste it into a spreadsheet.") : spoken("This page may not copy by itself. Select the table and copy it, or save the numbers for a spreadsheet, below."));
  });
  const fill = (/** @type {string[]} */ heads, /** @type {ArrayLike<number>[]} */ columns) => {
    held = { heads, columns };
    show();
  };
  return { details, fill };
}

/** @param {number} value @param {number} at @param {string} timeHead */
function tableCell(value, at, timeHead) {
  const words = at === 0 && timeHead.startsWith("time (year") ? written(value).replaceAll(",", "") : written(value);
  return at === 0 ? make("th", { scope: "row" }, words) : make("td", {}, words);
}

/** @param {number} count */
function ending(count) {
  const teen = count % 100 > 10 && count % 100 < 14;
  const endings = [spoken("th"), spoken("st"), spoken("nd"), spoken("rd")];
  return (teen ? "" : endings[count % 10]) || endings[0];
}

/** Put a text on the clipboard; say whether the page was allowed to. @param {string} text @returns {Promise<boolean>} */
export async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedByHand(text);
  }
}

/** What browsers did before they had a clipboard; pages from the disk still need it. @param {string} text */
function copiedByHand(text) {
  const box = make("textarea", { class: "cs-unseen", "aria-hidden": "true" });
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  box.value = text;
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  before?.focus();
  return done;
}
