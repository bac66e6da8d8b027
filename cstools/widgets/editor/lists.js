// Beside the paper: the loops as they are found, with their stories, and the gentle notes.
import { countSaid, labelled, pressButton, refill } from "./parts.js";
import { make } from "../shared/elements.js";
import { loopStory, loopNamed } from "./map_said.js";
import { linkId, titledLoop } from "./map_values.js";

const LOOPS_LISTED = 30;

export class EditorLists {
  /** @param {import("./editor.js").MapEditor} editor */
  constructor(editor) {
    this.editor = editor;
    this.loopPlace = make("section", { class: "cs-loops", "aria-label": "Loops" });
    this.notePlace = make("details", { class: "cs-notes" });
    this.notePlace.open = true;
    this.open = ""; // the loop that is told, by its variables and signs
  }

  /** @param {import("./map_loops.js").FoundLoops} found */
  showLoops({ loops, complete, reached }) {
    const shown = loops.slice(0, LOOPS_LISTED);
    const items = shown.map((loop) => this.loopItem(loop));
    const more = loops.length - shown.length;
    const missing = signsMissing(loops);
    const rest = [
      ...(missing ? [missing] : []),
      ...(loops.length ? ["Press a loop to read its story."] : []),
      ...(more > 0 ? [`… and ${more} longer ${more === 1 ? "loop" : "loops"}.`] : []),
      ...(complete ? [] : [`There are more: every loop of up to ${countSaid(reached, "link")} is here. In Python, loops(seconds=20) looks longer.`]),
    ];
    refill(
      this.loopPlace,
      make("h3", {}, loopsSaid(loops, complete)),
      ...(loops.length ? [make("ul", {}, ...items)] : [make("p", { class: "cs-note" }, "A loop appears here when links lead from a variable back to itself.")]),
      ...rest.map((words) => make("p", { class: "cs-note" }, words)),
    );
    this.light();
  }

  /** @param {import("./map_loops.js").MapLoop} loop */
  loopItem(loop) {
    const own = ownName(loop);
    const open = own === this.open;
    const kind = { R: "reinforcing", B: "balancing" }[loop.polarity] || "unknown";
    const way = make("span", { class: "cs-way" }, `${[...loop.variables, loop.variables[0]].join(" → ")}`);
    const head = make("button", { type: "button", class: "cs-loop-button", "aria-expanded": String(open), "data-keep": own }, make("b", { class: `cs-${kind}` }, loopNamed(loop)), way);
    head.addEventListener("click", () => this.tell(open ? "" : own));
    head.addEventListener("pointerenter", () => this.lightLoop(loop));
    head.addEventListener("focus", () => this.lightLoop(loop));
    for (const away of ["pointerleave", "blur"]) head.addEventListener(away, () => this.light());
    const row = make("div", { class: "cs-loop-row" }, head, pressButton(loop.title ? "Rename" : "Name it", () => this.askTitle(own), { "aria-label": `${loop.title ? "Rename" : "Name"} loop ${loop.name}`, "data-keep": `name ${own}` }));
    if (!open) return make("li", {}, row);
    const title = make("input", { type: "text", value: loop.title, autocomplete: "off", placeholder: "as it is called in your story" });
    const name = labelled("Its name", title, (value) => {
      const said = value.trim() ? `Loop ${loop.name} is called ${value.trim()}` : `Loop ${loop.name} has no name`;
      if (!this.editor.try(() => titledLoop(this.editor.map, loop.variables, value), said)) title.value = loop.title;
    }, `title ${own}`);
    return make("li", {}, row, make("p", { class: "cs-story" }, loopStory(loop)), name);
  }

  /** Tell one loop, or none. @param {string} own */
  tell(own) {
    this.open = own;
    this.showLoops(this.editor.found);
    const loop = this.told();
    if (loop) this.editor.announce(loopStory(loop));
  }

  /** Ask in the list how a loop is called. @param {string} own */
  askTitle(own) {
    if (this.open !== own) this.tell(own);
    this.loopPlace.querySelector("input[type=text]")?.focus();
  }

  /** Tell the loop of a mark on the paper. @param {string} name */
  tellNamed(name) {
    const loop = this.editor.found.loops.find((one) => one.name === name);
    if (loop) this.tell(ownName(loop));
    this.loopPlace.querySelector('[aria-expanded="true"]')?.scrollIntoView({ block: "nearest" });
  }

  told() {
    return this.editor.found.loops.find((loop) => ownName(loop) === this.open);
  }

  /** Light the loop that is told, or none. */
  light() {
    const loop = this.told();
    if (loop) this.lightLoop(loop);
    else this.editor.paper.light(new Set(), new Set(), "");
  }

  /** @param {import("./map_loops.js").MapLoop} loop */
  lightLoop(loop) {
    this.editor.paper.light(new Set(loop.variables), new Set(loop.links.map(linkId)), loop.name);
  }

  /** @param {{notes?: {about: string[], text: string}[], remark?: string}} said @param {string} why there are none, or an empty text */
  showNotes({ notes = [], remark = "" }, why) {
    const count = notes.length ? ` (${notes.length})` : "";
    const items = notes.map(({ about, text }) => {
      const go = about.length ? [pressButton("Show", () => this.editor.choose(about[0], ""), { "aria-label": `Show ${about[0]}` })] : [];
      return make("li", {}, make("span", {}, text), ...go);
    });
    const none = this.editor.map.variables.length && !why ? "Nothing to remark." : "";
    this.notePlace.hidden = !items.length && !none;
    refill(
      this.notePlace,
      make("summary", {}, `To think over${count}`),
      ...(items.length ? [make("ul", {}, ...items)] : [make("p", { class: "cs-note" }, none)]),
      ...(remark ? [make("p", { class: "cs-note" }, remark)] : []),
      ...(items.length && why ? [make("p", { class: "cs-note" }, why)] : []),
    );
  }
}

/** What a loop is known by while others come and go. @param {import("./map_loops.js").MapLoop} loop */
function ownName(loop) {
  return loop.links.map(linkId).join();
}

/** @param {import("./map_loops.js").MapLoop[]} loops @param {boolean} complete */
export function loopsSaid(loops, complete) {
  if (!loops.length) return complete ? "No loops yet" : "Loops";
  const count = (/** @type {string} */ kind) => loops.filter((loop) => loop.polarity === kind).length;
  const kinds = [[count("R"), "reinforcing"], [count("B"), "balancing"], [count("?"), "not known yet"]];
  const told = kinds.filter(([many]) => many).map(([many, kind]) => `${many} ${kind}`).join(", ");
  return `${complete ? "" : "More than "}${countSaid(loops.length, "loop")}: ${told}`;
}

/** Which signs keep loops from being named, in a sentence; empty where none does. @param {import("./map_loops.js").MapLoop[]} loops */
export function signsMissing(loops) {
  const open = new Set(loops.flatMap((loop) => loop.links.filter((link) => link.sign === "?").map((link) => `${link.cause} → ${link.effect}`)));
  if (!open.size) return "";
  const named = [...open].slice(0, 3).join(", ");
  const more = open.size > 3 ? `, and ${open.size - 3} more` : "";
  return `${open.size === 1 ? "One sign is" : `${open.size} signs are`} still missing: ${named}${more}.`;
}
