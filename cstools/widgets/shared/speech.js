// The words of a page in the language that its notebook speaks. Python hands them over, by the
// English ones that are written in these files where they are spoken: there they are found for translation.

/** @type {Record<string, string>} */
let pageWords = {};

/** Speak the language of a part from here on; each widget is a module of its own. @param {any} model */
export function speakAs(model) {
  pageWords = model.get("payload").words || {};
}

/**
 * Return a message in the language of the page; `places` are what it names in braces.
 * @param {string} message
 * @param {Record<string, string | number>} [places]
 * @returns {string}
 */
export function spoken(message, places = {}) {
  const said = pageWords[message] || message;
  return said.replace(/\{(\w+)\}/g, (whole, name) => (name in places ? String(places[name]) : whole));
}
