// What the page and Python tell each other about a map that is edited.
import { mapIn } from "./map_values.js";

const [REST, PATIENCE, LAYOUT_PATIENCE] = [150, 4000, 6000];

export class EditorSync {
  /**
   * @param {any} model
   * @param {{taken: (map: import("./map_values.js").MapValues) => void, notes: () => void, arranged: (answer: any) => void, unanswered: () => void, trouble: (words: string) => void, silent: (silent: boolean) => void}} says
   */
  constructor(model, says) {
    this.model = model;
    this.says = says;
    this.alone = model.get("alone") === true;
    this.now = JSON.stringify(mapIn(model.get("map")));
    this.edit = model.get("heard") || 0;
    this.asked = 0;
    this.silent = false; // Python left the last wish or edit unanswered
    /** @type {[string, () => void][]} */
    this.calls = [
      ["change:map", () => this.take()],
      ["change:notes", () => says.notes()],
      ["change:arranged", () => this.answered()],
      ["change:heard", () => this.hear()],
      ["change:refused", () => model.get("refused") && says.trouble(model.get("refused"))],
    ];
    for (const [event, call] of this.calls) model.on(event, call);
  }

  /** Tell Python the map as it is now; a word on its way may wait a little. @param {import("./map_values.js").MapValues} map @param {boolean} rests */
  send(map, rests) {
    this.next = map;
    clearTimeout(this.resting);
    this.resting = undefined;
    if (rests) this.resting = setTimeout(() => this.flush(), REST);
    else this.flush();
  }

  /** Tell what has waited so far. */
  flush() {
    clearTimeout(this.resting);
    this.resting = undefined;
    if (!this.next) return;
    const map = this.next;
    this.next = null;
    this.now = JSON.stringify(map);
    this.edit += 1;
    this.model.set("map", { ...map, revision: this.model.get("map").revision, edit: this.edit });
    this.model.save_changes();
    if (!this.alone && !this.waiting) {
      this.waiting = setTimeout(() => {
        this.silent = true;
        this.says.silent(true);
      }, PATIENCE);
    }
  }

  /** The map came from Python, or from another view of this part. */
  take() {
    const state = this.model.get("map");
    const map = mapIn(state);
    const said = JSON.stringify(map);
    this.edit = Math.max(this.edit, state.edit || 0);
    if (said === this.now) return;
    clearTimeout(this.resting);
    this.resting = undefined;
    this.next = null;
    this.now = said;
    this.says.taken(map);
  }

  hear() {
    if (this.model.get("heard") < this.edit) return;
    if (this.silent) this.says.silent(false);
    this.silent = false;
    clearTimeout(this.waiting);
    this.waiting = undefined;
  }

  /** Wish for the package's own layout. */
  askLayout() {
    this.flush();
    this.asked += 1;
    this.wish = `${Date.now()} ${this.asked}`;
    this.model.set("asked", { what: "layout", number: this.wish });
    this.model.save_changes();
    clearTimeout(this.wishing);
    this.wishing = setTimeout(() => {
      this.wish = "";
      this.silent = true;
      this.says.unanswered();
    }, LAYOUT_PATIENCE);
  }

  answered() {
    const answer = this.model.get("arranged");
    if (answer.number !== this.wish) return; // for another view
    this.wish = "";
    this.silent = false;
    clearTimeout(this.wishing);
    this.says.arranged(answer);
  }

  close() {
    this.flush();
    clearTimeout(this.waiting);
    clearTimeout(this.wishing);
    for (const [event, call] of this.calls) this.model.off(event, call);
  }
}
