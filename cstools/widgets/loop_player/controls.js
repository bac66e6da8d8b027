// What a loop player is worked with: choices, switches, and the buttons that step and play.
import { make, makeSvg } from "../shared/elements.js";

/**
 * Make a labelled list to choose from.
 * @param {string} label
 * @param {(value: string) => void} choose
 */
export function makePlayerChoice(label, choose) {
  const select = make("select");
  select.addEventListener("change", () => choose(select.value));
  const box = make("label", { class: "cs-player-choice" }, make("span", {}, label), select);
  let held = "";
  /** @param {{value: string, label: string, group?: string}[]} options @param {string} value */
  const show = (options, value) => {
    const wanted = JSON.stringify(options);
    if (wanted !== held) {
      held = wanted;
      select.replaceChildren(...optionGroups(options));
    }
    select.value = value;
  };
  return { box, select, show };
}

/** @param {{value: string, label: string, group?: string}[]} options @returns {any[]} */
function optionGroups(options) {
  /** @type {Map<string, any[]>} */
  const groups = new Map();
  for (const { value, label, group } of options) {
    const made = make("option", { value }, label);
    groups.set(group || "", [...(groups.get(group || "") || []), made]);
  }
  if (groups.size < 2) return [...groups.values()].flat();
  return [...groups].map(([label, made]) => make("optgroup", { label }, ...made));
}

/**
 * Make a row of buttons of which one is down.
 * @param {string} name what the row is about
 * @param {(value: string) => void} choose
 */
export function makePlayerSwitch(name, choose) {
  const row = make("div", { class: "cs-player-switch", role: "group", "aria-label": name });
  /** @param {{value: string, label: string}[]} options @param {string} value */
  const show = (options, value) => {
    while (row.children.length > options.length) row.lastElementChild?.remove();
    options.forEach((option, place) => {
      let button = /** @type {any} */ (row.children[place]);
      if (!button) {
        button = make("button", { type: "button" });
        button.addEventListener("click", () => choose(button.dataset.value));
        row.append(button);
      }
      button.dataset.value = option.value;
      if (button.textContent !== option.label) button.textContent = option.label;
      button.setAttribute("aria-pressed", String(option.value === value));
    });
  };
  return { row, show };
}

const PACES = [
  { value: "5", label: "slow" },
  { value: "3", label: "to talk over" },
  { value: "1.5", label: "brisk" },
];

// Drawn rather than written: not every machine has letters for them.
const ICONS = /** @type {Record<string, string>} */ ({
  start: "M2 2h2.5v10H2Z M12 2v10L5 7Z",
  back: "M11 1.5v11L3 7Z",
  play: "M3.5 1.5v11L12 7Z",
  pause: "M3 2h3v10H3Z M8 2h3v10H8Z",
  again: "M7 2.6a4.4 4.4 0 1 0 4.3 3.5l-1.6.4A2.8 2.8 0 1 1 7 4.2V6.4L11 3.3 7 .2Z",
  next: "M2 2v10l7-5Z M9.5 2H12v10H9.5Z",
});

/** @returns {{svg: any, show: (name: string) => void}} */
function playerIcon() {
  const path = makeSvg("path", { fill: "currentColor" });
  const svg = makeSvg("svg", { viewBox: "0 0 14 14", width: 13, height: 13, "aria-hidden": "true" });
  svg.append(path);
  return { svg, show: (name) => path.setAttribute("d", ICONS[name]) };
}

/**
 * Make the buttons that step through a story or a motion, and play it.
 * @param {{first: () => void, back: () => void, next: () => void, play: () => void}} does
 * @param {{value: string, label: string}[]} [paces] seconds a step, in words
 */
export function makePlayerTransport(does, paces = PACES) {
  const button = (/** @type {string} */ icon, /** @type {string} */ label, /** @type {() => void} */ act) => {
    const words = make("span", {}, label);
    const mark = playerIcon();
    mark.show(icon);
    const made = make("button", { type: "button" }, mark.svg, words);
    made.addEventListener("click", act);
    return { made, mark, words };
  };
  const first = button("start", "Start", does.first);
  const back = button("back", "Back", does.back);
  const play = button("play", "Play", does.play);
  const next = button("next", "Next", does.next);
  play.made.classList.add("cs-player-play");
  const pace = makePlayerChoice("Pace", () => {});
  pace.show(paces, paces[1].value);
  const bar = make("div", { class: "cs-player-transport", role: "group", "aria-label": "Step and play" }, first.made, back.made, play.made, next.made, pace.box);
  /** @param {number} step @param {number} last @param {boolean} playing */
  const show = (step, last, playing) => {
    // Said and not done: a button that is switched off loses the focus of whoever just pressed it.
    for (const one of [first, back]) one.made.setAttribute("aria-disabled", String(step <= 0));
    next.made.setAttribute("aria-disabled", String(step >= last));
    play.mark.show(playing ? "pause" : step >= last ? "again" : "play");
    play.words.textContent = playing ? "Pause" : step >= last ? "Again" : "Play";
  };
  return { bar, show, secondsABeat: () => Number(pace.select.value) };
}
