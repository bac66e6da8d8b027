// A text in paragraphs, with lists: an empty line between them, "- " before what is listed.
import { make } from "../shared/elements.js";

/** Return pieces as sentences, one after the other. @param {...(string | undefined)} pieces @returns {string} */
export function sentences(...pieces) {
  const said = pieces.map((piece) => (piece || "").trim()).filter(Boolean);
  return said.map((piece) => (/[.?!:…][”"')]*$/.test(piece) ? piece : `${piece}.`)).join(" ");
}

/** @param {string} text @returns {HTMLElement[]} */
export function paragraphs(text) {
  return text.split(/\n\s*\n/).filter((part) => part.trim()).map((part) => {
    const lines = part.split("\n").map((line) => line.trim()).filter(Boolean);
    const plain = lines.filter((line) => !line.startsWith("- "));
    const items = lines.filter((line) => line.startsWith("- ")).map((line) => make("li", {}, line.slice(2)));
    const words = plain.length ? [make("p", {}, plain.join(" "))] : [];
    return make("div", { class: "cs-stage-paragraph" }, ...words, ...(items.length ? [make("ul", {}, ...items)] : []));
  });
}
