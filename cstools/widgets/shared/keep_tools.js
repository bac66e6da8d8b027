// Taking things out of an explorer and bringing them back: picture, data, settings, a link.
import { download, make } from "./elements.js";
import { fileName } from "./exports.js";
import { copied } from "./table.js";

/**
 * Make the folded row of exports.
 * @param {object} door
 * @param {string} door.name of the model
 * @param {boolean} door.alone whether no kernel is there
 * @param {() => Promise<Blob | null>} door.picture
 * @param {() => void} door.print asks the kernel for a picture for print
 * @param {() => string} door.csv
 * @param {() => string} door.settings as the JSON of a file
 * @param {() => string} door.link
 * @param {() => string} door.text of the state
 * @param {(text: string) => boolean} door.open takes over what was saved; false where it is nothing
 * @param {(words: string) => void} door.say
 */
export function makeKeepTools(door) {
  const { name, say } = door;
  const saved = (/** @type {string} */ ending) => {
    say(`${fileName(name, ending)} is in your downloads.`);
    return fileName(name, ending);
  };
  const picture = async () => {
    const blob = await door.picture();
    if (blob) download(saved("png"), blob, "image/png");
    else say("This browser could not make the picture.");
  };
  const copy = async (/** @type {string} */ text, /** @type {string} */ told) => {
    field.value = text;
    field.hidden = false;
    const done = await copied(text);
    if (!done) field.select();
    say(done ? told : "This page may not copy by itself: the text is selected, so copy it with Ctrl+C.");
  };
  /** @type {[string, string, () => void][]} */
  const actions = [
    ["Picture (PNG)", "The curves as a picture", picture],
    ["Data (CSV)", "The curves as numbers, for a spreadsheet", () => download(saved("csv"), door.csv(), "text/csv;charset=utf-8")],
    ["Settings (JSON)", "Sliders, chosen variables and scenarios, to open again", () => download(saved("json"), door.settings(), "application/json")],
    ["Copy link", "An address that opens this page with these settings", () => copy(door.link(), "The link is copied.")],
    ["Copy for Python", "The line that opens these settings in a notebook", () => copy(`model.explore(state="${door.text()}")`, "The line for Python is copied.")],
  ];
  if (!door.alone) actions.splice(1, 0, ["Print (SVG)", "The curves drawn for print", door.print]);
  const buttons = actions.map(([label, title, act]) => {
    const button = make("button", { type: "button", title }, label);
    button.addEventListener("click", act);
    return button;
  });
  const field = make("input", { type: "text", class: "cs-text cs-link-text", readonly: "", hidden: "", "aria-label": "What was copied" });
  const details = make("details", { class: "cs-fold" }, make("summary", {}, "Save, share, open"), make("div", { class: "cs-actions" }, ...buttons), field, opening(door));
  return details;
}

/** Make the place where saved settings come back: from a file, or pasted. @param {any} door */
function opening(door) {
  const file = make("input", { type: "file", accept: ".json,application/json,text/plain", "aria-label": "Open a file of settings" });
  const paste = make("textarea", { class: "cs-text", rows: 2, placeholder: "… or paste a link, the text of a state, or the JSON here", "aria-label": "Paste saved settings" });
  const open = make("button", { type: "button" }, "Open");
  const take = (/** @type {string} */ text) => {
    if (door.open(text)) paste.value = "";
    else door.say("These are no settings of an explorer: copy them again, from the first letter to the last.");
  };
  file.addEventListener("change", async () => {
    const [chosen] = file.files || [];
    if (chosen) take(await chosen.text());
    file.value = "";
  });
  open.addEventListener("click", () => take(paste.value));
  return make("div", { class: "cs-opening" }, make("p", { class: "cs-subtitle" }, "Open saved settings"), file, make("div", { class: "cs-paste" }, paste, open));
}
