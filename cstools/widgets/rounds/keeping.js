// Taking a game along and bringing it back; at the end also its numbers and its picture.
import { download, make } from "../shared/elements.js";
import { fileName } from "../shared/exports.js";
import { copied } from "../shared/table.js";

/**
 * Make the folded row; `over` brings what would show players more than they may see before the end.
 * @param {{name: string, text: () => string, csv: () => string, picture: () => Promise<Blob | null>, open: (text: string) => boolean, kept: () => void, say: (words: string) => void}} door
 */
export function makeKeeping(door) {
  const told = make("p", { class: "cs-note cs-keep-told", "aria-hidden": "true" });
  const say = (/** @type {string} */ words) => {
    door.say(words);
    told.textContent = words;
  };
  const save = (/** @type {string} */ ending, /** @type {string | Blob} */ content, /** @type {string} */ kind) => {
    download(fileName(door.name, ending), content, kind);
    say(`${fileName(door.name, ending)} is in your downloads.`);
  };
  const button = (/** @type {string} */ words, /** @type {() => void} */ press) => {
    const made = make("button", { type: "button" }, words);
    made.addEventListener("click", press);
    return made;
  };
  const game = button("This game, to open again (JSON)", () => {
    save("json", door.text(), "application/json");
    door.kept();
  });
  const field = make("input", { type: "text", class: "cs-text cs-link-text", readonly: "", hidden: "", "aria-label": "What was copied" });
  const line = button("Copy this game for a notebook", async () => {
    field.value = `game='${door.text().replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
    field.hidden = false;
    const done = await copied(field.value);
    if (!done) field.select();
    say(done ? "Copied: paste it between the brackets of play_rounds(…)." : "This page may not copy by itself: the text is selected, so copy it with Ctrl+C.");
  });
  const numbers = button("The numbers, for a spreadsheet (CSV)", () => save("csv", door.csv(), "text/csv;charset=utf-8"));
  const picture = button("A picture (PNG)", async () => {
    const blob = await door.picture();
    if (blob) save("png", blob, "image/png");
    else say("This browser could not make the picture.");
  });
  const file = make("input", { type: "file", accept: ".json,application/json,text/plain", "aria-label": "Open a saved game" });
  file.addEventListener("change", async () => {
    const [chosen] = file.files || [];
    if (chosen) door.open(await chosen.text());
    file.value = "";
  });
  const opening = make("div", { class: "cs-opening" }, make("p", { class: "cs-subtitle" }, "Open a saved game"), file);
  const box = make("details", { class: "cs-fold" }, make("summary", {}, "Keep this game, open another"), make("div", { class: "cs-actions" }, game, line, numbers, picture), field, opening, told);
  const over = (/** @type {boolean} */ ended) => {
    numbers.hidden = !ended;
    picture.hidden = !ended;
  };
  return { box, over };
}
