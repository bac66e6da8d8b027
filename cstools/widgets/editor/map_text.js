// The map as text and as JSON, which cstools reads again: cstools.causal_loops.notation.
import { nameKey } from "./map_names.js";

/** @typedef {import("./map_values.js").MapValues} MapValues */

export const LENS_NAMES = ["self", "others", "world"];
const ARROWS = "[-–—]+>|=+>|[→⟶⇒⟹➔➜➝➞]";
const BACKWARDS = "<[-–—]+|<=+>?|[←↔⟷⟵⇐⇔⟸⟺]";
const MARKED = "\\s*(?:[“„«‘‚][^“”„«»‘’‚]*(?:[”“»’‘]\\s*)?|'[^']*'\\s*)$";
const NEEDS_QUOTES = new RegExp(
  `[:#,]|${ARROWS}|${BACKWARDS}|(?:\\s+[+\\-−–?]|\\s*[(\\[][+\\-−–?][)\\]])\\s*$|^\\s*(?:\\+|[(\\[]?[+\\-−–?][)\\]]?\\s)|^${MARKED}|^\\s*[•‣◦▪·*]\\s`,
);

/** The text that `CausalLoopDiagram(text)` reads. @param {MapValues} map */
export function mapText(map) {
  const met = new Set(map.links.flatMap((link) => [link.cause, link.effect]));
  const names = map.variables.map((variable) => variable.name);
  const lines = [];
  if (JSON.stringify([...met]) !== JSON.stringify(names)) lines.push(`variables: ${names.map(quotedName).join(", ")}`);
  for (const link of map.links) {
    const why = [link.reason, link.source ? `[source: ${link.source}]` : ""].filter(Boolean).join(" ");
    const marks = link.delayed ? `${link.sign} delayed` : link.sign;
    lines.push(`${quotedName(link.cause)} -> ${quotedName(link.effect)}: ${marks}${why ? `  # ${why}` : ""}`);
  }
  for (const lens of LENS_NAMES) {
    const seen = map.variables.filter((variable) => variable.lens === lens).map((variable) => quotedName(variable.name));
    if (seen.length) lines.push(`${lens}: ${seen.join(", ")}`);
  }
  for (const loop of closedTitles(map)) lines.push(`loop ${quotedName(loop.title)}: ${loop.variables.map(quotedName).join(", ")}`);
  return lines.join("\n");
}

/** The map as SD-JSON, which other programs and `read_diagram("map.json")` read. @param {MapValues} map */
export function mapJson(map) {
  const variables = map.variables.map(({ name, lens }) => ({ name, type: "variable", ...(lens ? { lens } : {}) }));
  const relationships = map.links.map((link) => {
    const why = [link.reason, link.source ? `[source: ${link.source}]` : ""].filter(Boolean).join(" ");
    return {
      from: link.cause, to: link.effect, polarity: link.sign === "?" ? "" : link.sign,
      ...(why ? { reasoning: why } : {}), ...(link.delayed ? { delayed: true } : {}),
    };
  });
  return `${JSON.stringify({ ...(map.name ? { name: map.name } : {}), variables, relationships }, null, 1)}\n`;
}

/** The names of loops that are closed now; the others wait for their link. @param {MapValues} map */
function closedTitles(map) {
  const joined = new Set(map.links.map((link) => `${nameKey(link.cause)}\n${nameKey(link.effect)}`));
  return map.titles.filter(({ variables }) => variables.every((name, i) => joined.has(`${nameKey(name)}\n${nameKey(variables[(i + 1) % variables.length])}`)));
}

/** @param {string} name */
function quotedName(name) {
  return NEEDS_QUOTES.test(name) ? `"${name}"` : name;
}
