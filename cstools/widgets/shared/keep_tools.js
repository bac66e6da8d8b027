// Taking things out of an explorer and bringing them back: picture, data, settings, a link.
import { download, make, wantsGestures } from "./elements.js";
import { fileName } from "./exports.js";
import { spoken } from "./speech.js";
import { copied } from "./table.js";

/**
 * Make the folded row of exports.
 * @param {object} door
 * @param {string} door.name of the model
 * @param {boolean} door.alone whether no kernel is there
 * @param {() => boolean} door.empty whether nothing is drawn, so that there is nothing to save
 * @param {() => Promise<Blob | null>} door.picture
 * @param {() => void} door.print asks the kernel for a picture for print
 * @param {() => string} door.csv
 * @param {() => string} door.settings as the JSON of a file
 * @param {() => string} door.link
 * @param {() => string} door.text of the state
 * @param {(text: string) => boolean} door.open takes over what was saved; false where it is nothing
 * @param {(words: string) => void} door.say reads words out
 * @param {() => string} door.told what was read out last
 */
export function makeKeepTools(door) {
  const { name } = door;
  // The voice speaks elsewhere on the page; whoever looks has to see it here.
  const told = make("p", { class: "cs-note cs-keep-told", "aria-hidden": "true" });
  const say = (/** @type {string} */ words) => {
    door.say(words);
    told.textContent = words;
  };
  const saved = (/** @type {string} */ ending) => {
    say(spoken("{file} is in your downloads.", { file: fileName(name, ending) }));
    return fileName(name, ending);
  };
  const picture = async () => {
    const blob = await door.picture();
    if (blob) download(saved("png"), blob, "image/png");
    else say(spoken("This browser could not make the picture."));
  };
  const byHand = () => (wantsGestures() ? spoken("This page may not copy by itself: the text is selected, so hold a finger on it and choose Copy.") : spoken("This page may not copy by itself: the text is selected, so copy it with Ctrl+C."));
  const copy = async (/** @type {string} */ text, /** @type {string} */ told) => {
    field.value = text;
    field.hidden = false;
    const done = await copied(text);
    if (!done) field.select();
    say(done ? told : byHand());
  };
  const drawn = (/** @type {() => void} */ act) => () => (door.empty() ? say(spoken("Nothing is ticked, so there is nothing to save: tick a name above the plot first.")) : act());
  /** @type {[string, string, () => void][]} */
  const actions = [
    [spoken("A picture (PNG)"), spoken("The curves as a picture, for a page or a message"), drawn(picture)],
    [spoken("The numbers, for a spreadsheet (CSV)"), spoken("A row for each time, a column for each curve"), drawn(() => download(saved("csv"), door.csv(), "text/csv;charset=utf-8"))],
    [spoken("These settings, to open again (JSON)"), spoken("Sliders, chosen curves and scenarios, as a file"), () => download(saved("json"), door.settings(), "application/json")],
    [spoken("Copy a link to these settings"), spoken("Who opens it finds the sliders where they are now"), () => copy(door.link(), spoken("The link is copied; paste it into a message."))],
    [spoken("Copy these settings for a notebook"), spoken("The line of Python that opens them in a cell"), () => copy(`model.explore(state="${door.text()}")`, spoken("The line is copied; paste it into a cell of the notebook."))],
  ];
  if (!door.alone) actions.splice(1, 0, [spoken("A picture for print (SVG)"), spoken("The curves with sharp lines at every size"), drawn(door.print)]);
  const buttons = actions.map(([label, title, act]) => {
    const button = make("button", { type: "button", title }, label);
    button.addEventListener("click", act);
    return button;
  });
  const field = make("input", { type: "text", class: "cs-text cs-link-text", readonly: "", hidden: "", "aria-label": spoken("What was copied") });
  const details = make("details", { class: "cs-fold" }, make("summary", {}, spoken("Save, share, open")), make("div", { class: "cs-actions" }, ...buttons), field, opening({ ...door, say }, () => (told.textContent = door.told())), told);
  return details;
}

/** Make the place where saved settings come back: from a file, or pasted. @param {any} door @param {() => void} opened */
function opening(door, opened) {
  const file = make("input", { type: "file", accept: ".json,application/json,text/plain", "aria-label": spoken("Open a file of settings") });
  const paste = make("textarea", { class: "cs-text", rows: 2, placeholder: spoken("… or paste here what was copied: a link, or the line for a notebook"), "aria-label": spoken("Paste saved settings") });
  const open = make("button", { type: "button" }, spoken("Open"));
  const take = (/** @type {string} */ text) => {
    if (door.open(text)) {
      paste.value = "";
      opened();
    } else door.say(spoken("These are no saved settings: copy them again, from the first letter to the last."));
  };
  file.addEventListener("change", async () => {
    const [chosen] = file.files || [];
    if (chosen) take(await chosen.text());
    file.value = "";
  });
  open.addEventListener("click", () => take(paste.value));
  return make("div", { class: "cs-opening" }, make("p", { class: "cs-subtitle" }, spoken("Open saved settings")), file, make("div", { class: "cs-paste" }, paste, open));
}
