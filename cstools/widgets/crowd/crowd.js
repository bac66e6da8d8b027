// A crowd that moves: its people, a curve beside them, and one person to look at and to change.
//
// The rounds are worked out here, so that a change by hand is seen at once and needs no kernel.
import { keepKeys, make, makeAnnouncer, onTheme, wantsGestures } from "../shared/elements.js";
import { makeUndo } from "../shared/undo.js";
import { makePlayerTransport } from "../loop_player/controls.js";
import { CrowdCurve } from "./curve.js";
import { CrowdPeople } from "./people.js";
import { CrowdPerson } from "./person.js";
import { crowdOutlook, crowdRounds, crowdSaid } from "./rounds.js";

const CROWD_PACES = [
  { value: "2", label: "slow" },
  { value: "0.7", label: "to watch" },
  { value: "0.15", label: "quick" },
];
const CROWD_SHARED = ["values", "round", "chosen", "sketched"];
const ROUNDS_A_KEY = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity });
const NOT_YET_TOLD = "What comes next? Press Play, or Next for a single round.";
const TELL_AFTER_CROWD = 250; // milliseconds of rest before the kernel is told of a slider

/** @param {{model: any, el: HTMLElement}} view */
export function renderCrowd({ model, el }) {
  const crowd = new CrowdView(model);
  el.append(crowd.root);
  crowd.draw();
  return () => crowd.close();
}

class CrowdView {
  /** @param {any} model */
  constructor(model) {
    this.model = model;
    /** @type {import("./rounds.js").CrowdPage} */
    this.page = model.get("payload");
    this.playing = false;
    this.seen = 0; // the last round that somebody has looked at: what comes after it is not told
    this.values = [...model.get("values")];
    this.rows = crowdRounds(this.page, this.values);
    this.announcer = makeAnnouncer();
    this.people = new CrowdPeople(this.page, (person) => this.choose(person === this.chosen ? 0 : person));
    this.person = new CrowdPerson(this.page, { choose: (person) => this.choose(person), change: (person, value) => this.change(person, value) });
    this.transport = makePlayerTransport({ first: () => this.go(-Infinity), back: () => this.go(-1), next: () => this.go(1), play: () => this.toggle() }, CROWD_PACES);
    this.said = make("p", { class: "cs-player-said" });
    this.outlook = make("p", { class: "cs-player-beside" });
    this.slider = make("input", { type: "range", min: 0, step: 1, "aria-label": "Round" });
    this.moment = make("span", { class: "cs-moment" });
    this.back = make("button", { type: "button" }, "Put everybody back");
    this.undo = makeUndo(() => this.back);
    this.root = make("section", { class: "cs-widget cs-player cs-crowd", "aria-label": this.page.name });
    this.curve = new CrowdCurve(this.page, this.root);
    this.build();
    this.stopTheme = onTheme(() => this.draw());
    this.onChange = () => this.take();
    for (const name of CROWD_SHARED) model.on(`change:${name}`, this.onChange);
    this.root.addEventListener("keydown", (/** @type {any} */ event) => this.key(event));
  }

  build() {
    const { page } = this;
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value) - this.round));
    this.back.addEventListener("click", () => this.putBack());
    const gestures = wantsGestures() ? "Tap a person to look at them." : "Keys: ← and → go from round to round, Space plays and pauses, Home and End go to the ends.";
    this.root.append(
      make("p", { class: "cs-player-title" }, page.name),
      make(
        "div", { class: "cs-crowd-body" }, this.people.figure,
        make(
          "div", { class: "cs-crowd-desk" },
          make("div", { class: "cs-player-status" }, this.said, this.outlook),
          this.transport.bar,
          make("div", { class: "cs-time cs-crowd-time" }, this.slider, this.moment),
          this.curve.figure,
        ),
        make("div", { class: "cs-crowd-one" }, this.person.box, make("div", { class: "cs-crowd-back-row" }, this.back, this.undo.box)),
      ),
      make("p", { class: "cs-note" }, `A model, not people: what they begin with is made up. ${gestures}`),
      this.announcer.element,
    );
    keepKeys(this.root);
  }

  get last() {
    return this.rows.length - 1;
  }

  get round() {
    return Math.min(this.model.get("round"), this.last);
  }

  get chosen() {
    return this.model.get("chosen");
  }

  /** @param {Record<string, any>} changes */
  store(changes) {
    this.set(changes);
    this.model.save_changes();
  }

  /** Change the state for this page; Python is told of it later. @param {Record<string, any>} changes */
  set(changes) {
    this.storing = true;
    for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    this.storing = false;
  }

  /** Python or another view has changed something. */
  take() {
    if (this.storing) return;
    const values = this.model.get("values");
    if (!values.every((/** @type {number} */ value, /** @type {number} */ person) => value === this.values[person])) {
      this.undo.drop();
      this.begin([...values]);
    }
    if (this.playing && this.model.get("round") !== this.expected) this.pause();
    this.draw();
  }

  /** @param {number[]} values */
  begin(values) {
    this.values = values;
    this.rows = crowdRounds(this.page, values);
  }

  draw(moving = false) {
    const { page, rows, round, values, chosen, last } = this;
    const said = crowdSaid(page, rows, round);
    this.seen = Math.min(last, Math.max(this.seen, round));
    const outlook = this.seen < last ? NOT_YET_TOLD : crowdOutlook(page, values, rows);
    if (this.said.textContent !== said) this.said.textContent = said;
    if (this.outlook.textContent !== outlook) this.outlook.textContent = outlook;
    this.people.say(`${page.name}. ${said}`);
    this.people.show(rows[round], rows[Math.max(0, round - 1)], values, chosen, moving);
    this.curve.show({ rows, round, seen: this.seen, values, chosen, sketched: this.model.get("sketched") }, `${said} ${outlook}`);
    this.person.show(chosen, values, rows, round);
    this.transport.show(round, last, this.playing);
    this.slider.max = String(Math.max(1, last));
    this.slider.value = String(round);
    this.slider.disabled = last < 1;
    this.slider.setAttribute("aria-valuetext", said);
    this.slider.style.setProperty("--share", String(last ? round / last : 0));
    this.moment.textContent = `round ${round} of ${last}`;
    const moved = values.some((value, person) => value !== page.first[person]);
    this.back.setAttribute("aria-disabled", String(!moved));
    this.root.dataset.round = String(round);
  }

  /** @param {number} rounds */
  go(rounds) {
    this.pause();
    const next = Math.max(0, Math.min(this.last, this.round + rounds));
    if (next !== this.round) this.store({ round: next });
    this.draw(Math.abs(rounds) === 1);
    this.announcer.say(this.said.textContent);
  }

  toggle() {
    if (this.playing) {
      this.pause();
      this.draw();
      this.announcer.say(this.said.textContent);
      return;
    }
    if (this.round >= this.last) this.store({ round: 0 });
    this.playing = true;
    this.expected = this.round;
    this.draw();
    this.carryOn();
  }

  carryOn() {
    this.timer = setTimeout(() => {
      this.expected = Math.min(this.last, this.round + 1);
      this.set({ round: this.expected });
      if (this.expected >= this.last) this.pause();
      this.draw(true);
      if (this.playing) this.carryOn();
      else this.announcer.say(`${this.said.textContent} ${this.outlook.textContent}`);
    }, 1000 * this.transport.secondsABeat());
  }

  /** Python is told where the play came to rest, and not of every round: it may be slower. */
  pause() {
    clearTimeout(this.timer);
    if (this.playing) this.model.save_changes();
    this.playing = false;
  }

  /** @param {number} person */
  choose(person) {
    this.store({ chosen: person });
    this.draw();
    this.announcer.say(this.chosen ? `Person ${this.chosen}. ${this.person.told.textContent}` : "Nobody is chosen.");
  }

  /** A slider moved. @param {number} person @param {number} value */
  change(person, value) {
    const wanted = this.page.kind === "thresholds" ? Math.round(value) : value;
    const values = this.values.map((old, at) => (at === person - 1 ? wanted : old));
    this.pause();
    this.undo.tell("");
    this.replace(values, TELL_AFTER_CROWD);
  }

  /** Begin again with other values, at the end of their story. @param {number[]} values @param {number} wait */
  replace(values, wait) {
    this.begin(values);
    this.set({ values, round: this.last });
    this.draw();
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      this.model.save_changes();
      this.announcer.say(`${this.said.textContent} ${this.outlook.textContent}`);
    }, wait);
  }

  putBack() {
    if (this.back.getAttribute("aria-disabled") === "true") return;
    const before = this.values;
    this.pause();
    this.replace([...this.page.first], 0);
    this.undo.tell("Everybody begins as at first.", () => this.replace(before, 0));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.closest("select, input") || event.ctrlKey || event.metaKey || event.altKey) return;
    const rounds = ROUNDS_A_KEY[event.key];
    if (rounds) this.go(rounds);
    else if (event.key === " " && !target.closest("button")) this.toggle();
    else return;
    event.preventDefault();
  }

  close() {
    this.pause();
    clearTimeout(this.telling);
    this.people.close();
    this.curve.close();
    this.stopTheme();
    for (const name of CROWD_SHARED) this.model.off(`change:${name}`, this.onChange);
    this.root.remove();
  }
}

export default { render: renderCrowd };
