// What can be said of the variable or link that is chosen.
import { chooser, labelled, pressButton, radios, refill } from "./parts.js";
import { make } from "../shared/elements.js";
import { shownSign, twoWayTest } from "./map_said.js";
import { changedLink, linkById, linkId, seenWith, variableNamed } from "./map_values.js";

/** @type {[string, string][]} */
const LENS_CHOICES = [["", "not said"], ["self", "to myself: body, mind, heart"], ["others", "to us: between people"], ["world", "to the wider world"]];
/** @type {Record<string, string>} */
export const LENS_SHORT = { "": "", self: "to myself", others: "to us", world: "to the wider world" };
/** @type {[string, string, string][]} */
const SIGN_CHOICES = [
  ["+", "+ same way", "Both move the same way"],
  ["-", "− opposite", "They move opposite ways"],
  ["?", "? open", "It cannot be said yet"],
];
/** @type {[string, string, string][]} */
const ANSWER_CHOICES = [["yes", "yes", ""], ["no", "no", ""], ["", "not sure", ""]];
/** @type {Record<string, boolean | null>} */
const MEANT = { yes: true, no: false, "": null };

export class EditorDetails {
  /** @param {import("./editor.js").MapEditor} editor */
  constructor(editor) {
    this.editor = editor;
    this.place = make("section", { class: "cs-details", "aria-label": "What is chosen" });
    /** @type {{of: string, more: string, less: string}} */
    this.answers = { of: "", more: "", less: "" };
  }

  show() {
    const { word, link } = this.editor.chosen;
    const variable = word ? variableNamed(this.editor.map, word) : undefined;
    const tie = link ? linkById(this.editor.map, link) : undefined;
    if (variable) refill(this.place, ...this.ofVariable(variable));
    else if (tie) refill(this.place, ...this.ofLink(tie));
    else refill(this.place, this.nothing());
  }

  nothing() {
    const some = this.editor.map.variables.length;
    const words = some
      ? "Choose a variable or a link to say more about it. Double-click or double-tap the paper for a new variable."
      : "Name what goes up and down in your story: stress, sleep, trust. Then link what acts on what.";
    return make("p", { class: "cs-note" }, words);
  }

  /** @param {import("./map_values.js").MapVariable} variable */
  ofVariable({ name, lens }) {
    const { editor } = this;
    const rename = make("input", { type: "text", value: name, autocomplete: "off" });
    const seen = chooser(LENS_CHOICES, lens);
    const target = make("input", { type: "text", list: editor.listId, autocomplete: "off", placeholder: "a variable, or a new one" });
    const tie = () => {
      const wanted = target.value.trim();
      target.value = "";
      if (wanted && !editor.acts.tieTo(editor.chosen.word, wanted)) target.value = wanted;
    };
    target.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.key === "Enter" && tie());
    return [
      make("h3", {}, name),
      labelled("Name", rename, (value) => editor.acts.rename(editor.chosen.word, value) || (rename.value = name)),
      labelled("Where does it belong?", seen, (value) => editor.edit(seenWith(editor.map, editor.chosen.word, value), value ? `${editor.chosen.word} belongs ${LENS_SHORT[value]}` : `Where ${editor.chosen.word} belongs is not said`)),
      make("div", { class: "cs-with-button" }, labelled("Acts on", target, undefined, "Acts on"), pressButton("Link", tie)),
      make("div", { class: "cs-row" }, pressButton("Delete variable", () => editor.acts.remove())),
    ];
  }

  /** @param {import("./map_values.js").MapLink} link */
  ofLink(link) {
    const { editor } = this;
    /** @param {Partial<import("./map_values.js").MapLink>} change @param {string} said */
    const change = (change, said) => editor.acts.changeLink(linkById(editor.map, editor.chosen.link) || link, change, said);
    const delayed = make("input", { type: "checkbox", "data-keep": "delayed" });
    delayed.checked = link.delayed;
    delayed.addEventListener("change", () => editor.acts.toggleDelay());
    const reason = make("textarea", { rows: 2 }, link.reason);
    const source = make("input", { type: "text", value: link.source, autocomplete: "off" });
    const tidied = (/** @type {string} */ text) => text.split(/\s+/).filter(Boolean).join(" ");
    return [
      make("h3", {}, `${link.cause} → ${link.effect}`),
      radios("The sign", SIGN_CHOICES, link.sign, (sign) => editor.acts.setSign(sign), `${editor.listId}-sign`),
      make("label", { class: "cs-check" }, delayed, make("span", {}, "‖ it takes a while")),
      this.test(link),
      this.why(link, labelled("Because", reason, (value) => change({ reason: tidied(value) }, "The reason is written down")), labelled("Source", source, (value) => change({ source: tidied(value).replaceAll("[", "(").replaceAll("]", ")") }, "The source is written down"))),
      make("div", { class: "cs-row" }, pressButton("Reverse the arrow", () => editor.acts.turnRound()), pressButton("Delete link", () => editor.acts.remove())),
    ];
  }

  /** Reason and source, folded while there are none. @param {import("./map_values.js").MapLink} link @param {...any} fields */
  why(link, ...fields) {
    const open = make("details", { class: "cs-test" }, make("summary", {}, "Reason and source"), ...fields);
    open.open = Boolean(this.whyOpen || link.reason || link.source);
    open.addEventListener("toggle", () => (this.whyOpen = open.open));
    return open;
  }

  /** The two-way test; the answers are thoughts, kept only while the link is chosen. @param {import("./map_values.js").MapLink} link */
  test(link) {
    const { editor, answers } = this;
    const id = linkId(link);
    if (answers.of !== id) Object.assign(answers, { of: id, more: "none", less: "none" });
    const signs = editor.map.links.filter((one) => one.cause === link.cause && one.effect === link.effect);
    const test = twoWayTest(link.cause, link.effect, signs.length === 1 ? link.sign : "?");
    const verdict = make("p", { class: "cs-verdict", role: "status" });
    const told = () => {
      const both = answers.more in MEANT && answers.less in MEANT;
      verdict.textContent = both ? test.verdict(MEANT[answers.more], MEANT[answers.less]) : "";
      const holds = both && MEANT[answers.more] && MEANT[answers.less] && link.sign === "?";
      write.hidden = !holds;
    };
    const write = pressButton(`Write ${shownSign(test.sign)} on the map`, () => editor.acts.setSign(test.sign));
    /** @param {"more" | "less"} which */
    const ask = (which) => radios(test[which], ANSWER_CHOICES, answers[which], (value) => {
      answers[which] = value;
      told();
    }, `${editor.listId}-${which}`);
    const open = make("details", { class: "cs-test" }, make("summary", {}, "Test the sign both ways"), ask("more"), ask("less"), verdict, write);
    open.open = Boolean(this.testOpen);
    open.addEventListener("toggle", () => (this.testOpen = open.open));
    told();
    return open;
  }

  /** Go to the signs of the link. */
  askSign() {
    this.place.querySelector("input[type=radio]:checked")?.focus();
  }

  /** Go to the field in which the target of a link is named. */
  askTarget() {
    this.place.querySelector('[data-keep="Acts on"]')?.focus();
  }
}

/** The same link the other way. @param {import("./map_values.js").MapValues} map @param {import("./map_values.js").MapLink} link */
export function turnedLink(map, link) {
  return changedLink(map, link, { cause: link.effect, effect: link.cause });
}

