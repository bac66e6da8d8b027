// Building the page: elements, and colours that can be told from their background.

/**
 * Make an element with attributes and children; an attribute of null is left out.
 * @param {string} tag
 * @param {Record<string, string | number | null>} [attributes]
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/**
 * Make an SVG element with attributes.
 * @param {string} tag
 * @param {Record<string, string | number>} [attributes]
 * @returns {any}
 */
export function makeSvg(tag, attributes = {}) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/**
 * Keep the keys that are pressed inside a widget from the page around it.
 *
 * JupyterLab listens for arrows, letters and Ctrl+Z on the document and would move between
 * cells, or delete one, while a learner moves a slider. Escape is let through: it is the way out.
 * @param {HTMLElement} root
 */
export function keepKeys(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") event.stopPropagation();
  });
}

/**
 * Make a place whose words are read out by a screen reader when they change, and not seen.
 * @returns {{element: any, say: (words: string) => void}}
 */
export function makeAnnouncer() {
  const element = make("p", { class: "cs-unseen", role: "status", "aria-live": "polite" });
  const say = (/** @type {string} */ words) => {
    if (element.textContent !== words) element.textContent = words;
  };
  return { element, say };
}

/** Whether whoever sits here has asked their machine for as little movement as possible. */
export function wantsStillness() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Whether whoever sits here touches the screen, so that words name gestures and not keys. */
export function wantsGestures() {
  return window.matchMedia("(pointer: coarse)").matches;
}

/**
 * Offer a text as a file to keep.
 * @param {string} name
 * @param {string | Blob} content
 * @param {string} [kind] its media type
 */
export function download(name, content, kind = "text/plain") {
  const blob = content instanceof Blob ? content : new Blob([content], { type: kind });
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/**
 * Call `change` when the page turns dark or light; return the function that stops it.
 * @param {() => void} change
 * @returns {() => void}
 */
export function onTheme(change) {
  const watcher = new MutationObserver(change);
  watcher.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", change);
  return () => {
    watcher.disconnect();
    system.removeEventListener("change", change);
  };
}

/**
 * Return the red, green and blue of a CSS colour, 0 to 255.
 * @param {string} color
 * @returns {number[]}
 */
function channels(color) {
  const context = document.createElement("canvas").getContext("2d");
  if (!context) return [0, 0, 0];
  context.fillStyle = color;
  const plain = String(context.fillStyle);
  if (plain.startsWith("#")) return [1, 3, 5].map((at) => parseInt(plain.slice(at, at + 2), 16));
  return (plain.match(/[\d.]+/g) || []).slice(0, 3).map(Number);
}

/** @param {number[]} color @returns {number} relative luminance as WCAG 2 defines it */
function luminance(color) {
  const [r, g, b] = color.map((c) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * Return `color`, moved towards white or black until it stands out from `paper` by `contrast`.
 * @param {string} color
 * @param {string} paper
 * @param {number} [contrast] 3 is what WCAG asks of graphics, 4.5 of text
 * @returns {string}
 */
export function readable(color, paper, contrast = 3) {
  const ground = luminance(channels(paper));
  const towards = ground > 0.18 ? 0 : 255;
  let now = channels(color);
  for (let round = 0; round < 24; round += 1) {
    const [low, high] = [ground, luminance(now)].sort((a, b) => a - b);
    if ((high + 0.05) / (low + 0.05) >= contrast) break;
    now = now.map((c) => c + (towards - c) * 0.1);
  }
  return `rgb(${now.map(Math.round).join(", ")})`;
}
