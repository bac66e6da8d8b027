// The days of a week or a month as buttons in a row: done, not done, or nothing said.
import { make } from "../shared/elements.js";
import { DAY_DONE } from "./count.js";

const WEEK_LETTERS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

/** @param {Date} day @returns {string} the day as the log knows it, by the clock of this place */
export function dayKey(day) {
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** The whole day that lies some days on; hours play no part, so that summer time does not. @param {Date} day @param {number} by */
function daysOn(day, by) {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + by);
}

/**
 * Return the days of a week or of a month, and what they are called together.
 * @param {Date} today @param {"week" | "month"} span @param {number} back how many spans before this one
 */
export function daysShown(today, span, back) {
  if (span === "week") {
    const monday = daysOn(today, -((today.getDay() + 6) % 7) - 7 * back);
    const days = WEEK_LETTERS.map((_, at) => daysOn(monday, at));
    const [first, last] = [days[0], days[6]];
    const from = first.getMonth() === last.getMonth() ? String(first.getDate()) : shortDay(first);
    return { days, title: `${from} to ${shortDay(last)} ${last.getFullYear()}` };
  }
  const first = new Date(today.getFullYear(), today.getMonth() - back, 1);
  const length = new Date(first.getFullYear(), first.getMonth() + 1, 0).getDate();
  const days = Array.from({ length }, (_, at) => daysOn(first, at));
  return { days, title: first.toLocaleDateString("en-GB", { month: "long", year: "numeric" }) };
}

/** @param {Date} day */
function shortDay(day) {
  return day.toLocaleDateString("en-GB", { day: "numeric", month: "long" });
}

/** @param {Date} day */
export function longDay(day) {
  return day.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
}

/**
 * Make the field of days. Tab goes to one of them, the arrow keys to the others.
 * @param {(day: Date) => void} press
 */
export function makeDayField(press) {
  const letters = WEEK_LETTERS.map((letters) => make("span", { class: "cs-weekday", "aria-hidden": "true" }, letters));
  const element = make("div", { class: "cs-days", role: "group" });
  /** @type {{day: Date, button: any}[]} */
  let cells = [];

  /** @param {{days: Date[], title: string}} shown @param {Date} today */
  function lay(shown, today) {
    cells = shown.days.map((day) => cellOf(day, today));
    cells[0].button.style.gridColumnStart = String(((shown.days[0].getDay() + 6) % 7) + 1);
    element.setAttribute("aria-label", `Days, ${shown.title}`);
    element.replaceChildren(...letters, ...cells.map(({ button }) => button));
    rove((cells.find(({ day }) => dayKey(day) === dayKey(today)) || cells[0]).button);
  }

  /** @param {Date} day @param {Date} today */
  function cellOf(day, today) {
    const face = make("span", { class: "cs-mark", "aria-hidden": "true" });
    const number = make("span", { class: "cs-date", "aria-hidden": "true" }, String(day.getDate()));
    const button = make("button", { type: "button", class: "cs-day" }, number, face);
    if (dayKey(day) === dayKey(today)) button.setAttribute("aria-current", "date");
    button.disabled = day > today;
    button.addEventListener("click", () => press(day));
    button.addEventListener("focus", () => rove(button));
    button.addEventListener("keydown", move);
    return { day, button };
  }

  /** @param {any} one the button that Tab goes to */
  function rove(one) {
    for (const { button } of cells) button.tabIndex = button === one ? 0 : -1;
  }

  /** @param {KeyboardEvent} event */
  function move(event) {
    const open = cells.filter(({ button }) => !button.disabled).map(({ button }) => button);
    const at = open.indexOf(event.currentTarget);
    /** @type {Record<string, number>} */
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + 7, ArrowUp: at - 7, Home: 0, End: open.length - 1 };
    if (!(event.key in to)) return;
    event.preventDefault();
    open[to[event.key]]?.focus();
  }

  /** @param {Record<string, string>} marks */
  function show(marks) {
    for (const { day, button } of cells) {
      const mark = marks[dayKey(day)];
      button.classList.toggle("cs-day-done", mark === DAY_DONE);
      button.querySelector(".cs-mark").textContent = mark === undefined ? "" : mark === DAY_DONE ? "●" : "–";
      button.setAttribute("aria-label", `${longDay(day)}: ${mark ?? "no mark"}`);
    }
  }
  return { element, lay, show };
}
