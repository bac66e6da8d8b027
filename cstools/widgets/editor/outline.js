// The map as lists to read and to fill in: all that the drawing can do, without the drawing.
import { LENS_SHORT } from "./details.js";
import { chooser, labelled, pressButton, refill } from "./parts.js";
import { download, make } from "../shared/elements.js";
import { mapJson, mapText } from "./map_text.js";
import { linkId } from "./map_values.js";

/** @type {[string, string][]} */
const SIGNS_SHORT = [["+", "+"], ["-", "−"], ["?", "?"]];

export class EditorOutline {
  /** @param {import("./editor.js").MapEditor} editor */
  constructor(editor) {
    this.editor = editor;
    this.place = make("details", { class: "cs-outline" }, make("summary", {}, "The map as a list"));
    this.body = make("div", { class: "cs-lists" });
    this.place.append(this.body);
    this.place.addEventListener("toggle", () => this.show());
    this.text = make("textarea", { readonly: "", rows: 8, "aria-label": "The map as text", spellcheck: "false" });
    this.textPlace = make("details", { class: "cs-as-text" }, make("summary", {}, "The map as text"), this.text, this.takeAway());
    this.textPlace.addEventListener("toggle", () => this.show());
  }

  show() {
    if (this.textPlace.open) this.text.value = mapText(this.editor.map);
    if (this.place.open) refill(this.body, this.variables(), this.links());
  }

  takeAway() {
    const { editor } = this;
    const name = () => (editor.map.name || "map").replace(/[^\p{L}\p{N}]+/gu, "-").toLowerCase();
    const give = (/** @type {string} */ ending, /** @type {string} */ text, /** @type {string} */ kind) => {
      download(`${name()}.${ending}`, text, kind);
      editor.inFile = editor.map;
    };
    const copy = pressButton("Copy", async () => {
      try {
        await navigator.clipboard.writeText(this.text.value);
        editor.tell("The text is copied.");
      } catch {
        this.text.select();
        editor.tell("The text is selected; copy it with Ctrl+C.");
      }
    });
    return make(
      "div", { class: "cs-row" }, copy,
      pressButton("Download text", () => give("txt", `${mapText(editor.map)}\n`, "text/plain")),
      pressButton("Download JSON", () => give("json", mapJson(editor.map), "application/json")),
      make("span", { class: "cs-note" }, "read_diagram(\"…\") in Python reads both."),
    );
  }

  variables() {
    const { editor } = this;
    const rows = editor.map.variables.map(({ name, lens }) => {
      const count = (/** @type {"cause" | "effect"} */ end) => String(editor.map.links.filter((link) => link[end] === name).length);
      const remove = pressButton("Delete", () => editor.acts.removeVariable(name), { "aria-label": `Delete ${name}`, "data-keep": `delete ${name}` });
      const choose = pressButton(name, () => editor.choose(name, ""), { class: "cs-plain", "data-keep": `choose ${name}` });
      return make("tr", {}, make("th", { scope: "row" }, choose), make("td", {}, LENS_SHORT[lens] ?? lens), make("td", {}, count("effect")), make("td", {}, count("cause")), make("td", {}, remove));
    });
    const fresh = make("input", { type: "text", autocomplete: "off" });
    const add = () => {
      const name = fresh.value;
      fresh.value = "";
      if (name.trim() && !editor.acts.addSomewhere(name)) fresh.value = name;
    };
    fresh.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.key === "Enter" && add());
    return make(
      "div", {},
      listTable("Variables", ["Name", "Belongs", "Links in", "Links out", ""], rows),
      make("div", { class: "cs-with-button" }, labelled("A new variable", fresh, undefined, "new variable"), pressButton("Add", add, { "aria-label": "Add the variable" })),
    );
  }

  links() {
    const { editor } = this;
    const rows = editor.map.links.map((link) => {
      const said = `${link.cause} → ${link.effect}`;
      const own = linkId(link);
      const sign = chooser(SIGNS_SHORT, link.sign, { "aria-label": `Sign of ${said}`, "data-keep": `sign ${link.cause} ${link.effect}` });
      sign.addEventListener("change", () => editor.acts.changeLink(link, { sign: sign.value }, `${said} is ${sign.value}`) || (sign.value = link.sign));
      const delayed = make("input", { type: "checkbox", "aria-label": `${said} takes a while`, "data-keep": `delay ${own}` });
      delayed.checked = link.delayed;
      delayed.addEventListener("change", () => editor.acts.changeLink(link, { delayed: delayed.checked }, `${said} ${delayed.checked ? "takes a while" : "is at once"}`));
      const choose = pressButton(said, () => editor.choose("", own), { class: "cs-plain", "data-keep": `choose ${own}` });
      const remove = pressButton("Delete", () => editor.acts.removeLink(link), { "aria-label": `Delete ${said}`, "data-keep": `delete ${own}` });
      return make("tr", {}, make("th", { scope: "row" }, choose), make("td", {}, sign), make("td", {}, make("label", { class: "cs-tick" }, delayed)), make("td", {}, remove));
    });
    const [from, to] = ["cause", "effect"].map(() => make("input", { type: "text", list: editor.listId, autocomplete: "off" }));
    const sign = chooser(SIGNS_SHORT, "?");
    const add = () => {
      const names = [from.value, to.value];
      if (!names.every((name) => name.trim())) return;
      from.value = to.value = "";
      if (!editor.acts.tieNamed(names[0], names[1], sign.value)) [from.value, to.value] = names;
    };
    to.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.key === "Enter" && add());
    return make(
      "div", {},
      listTable("Links", ["Link", "Sign", "Delayed", ""], rows),
      make("div", { class: "cs-with-button" }, labelled("From", from, undefined, "new cause"), labelled("To", to, undefined, "new effect"), labelled("Sign", sign, undefined, "new sign"), pressButton("Add", add, { "aria-label": "Add the link" })),
    );
  }
}

/** @param {string} caption @param {string[]} heads @param {any[]} rows */
function listTable(caption, heads, rows) {
  if (!rows.length) return make("p", { class: "cs-note" }, `${caption}: none yet.`);
  const head = make("tr", {}, ...heads.map((words) => (words ? make("th", { scope: "col" }, words) : make("td"))));
  return make("div", { class: "cs-scrolled", tabindex: 0, role: "region", "aria-label": caption }, make("table", {}, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...rows)));
}
