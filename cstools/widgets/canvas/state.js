// What is on a board, and how it changes: every change can be undone, whoever made it.

/**
 * @typedef {{topic: string, notes: Record<string, string[]>, things: any[]}} OnBoard
 * @typedef {{layer: string, at: number}} Spot
 */

const MOST_BOARD_STEPS = 200;

/**
 * Return a list with some of its texts replaced by others; the list itself stays.
 * @param {string[]} texts @param {number} at @param {number} gone @param {...string} come
 */
function spliced(texts, at, gone, ...come) {
  return [...texts.slice(0, at), ...come, ...texts.slice(at + gone)];
}

/** What undo is about: a map that is redrawn is still the same map. @param {OnBoard} board */
function arrangement({ topic, notes, things }) {
  return JSON.stringify([topic, notes, things.map(({ key, layer }) => [key, layer])]);
}

/** The newest state of a board, those before it and those that were undone. */
export class BoardState {
  /** @param {any} model the traits topic, notes and things, of a kernel or of a page alone */
  constructor(model) {
    this.model = model;
    /** @type {string[]} */
    this.layers = model.get("frame").layers.map((/** @type {any} */ layer) => layer.key);
    /** @type {Record<string, string>} */
    this.titles = Object.fromEntries(model.get("frame").layers.map((/** @type {any} */ layer) => [layer.key, layer.title]));
    /** The newest form of each thing: undo brings a map back as it is now. @type {Map<string, any>} */
    this.newest = new Map();
    /** @type {OnBoard} */
    this.now = this.read();
    /** @type {{was: OnBoard, said: string}[]} */
    this.past = [];
    /** @type {{was: OnBoard, said: string}[]} */
    this.future = [];
    this.telling = false;
    /** @type {(said: string) => void} */
    this.changed = () => {};
    const hear = () => this.hear();
    const names = ["topic", "notes", "things"];
    for (const name of names) model.on(`change:${name}`, hear);
    this.close = () => names.forEach((name) => model.off(`change:${name}`, hear));
  }

  /** @returns {OnBoard} */
  read() {
    const written = this.model.get("notes") || {};
    const notes = Object.fromEntries(this.layers.map((layer) => [layer, [...(written[layer] || [])]]));
    const things = [...(this.model.get("things") || [])].map((thing) => this.withNewestMap(thing));
    for (const thing of things) this.newest.set(thing.key, thing);
    return { topic: this.model.get("topic") || "", notes, things };
  }

  /** Python draws what it has heard of a map; meanwhile more may have been drawn here. @param {any} thing */
  withNewestMap(thing) {
    const [own, heard] = [this.newest.get(thing.key)?.source, thing.source];
    return own?.edit && heard?.edit && heard.edit < own.edit ? { ...thing, source: own } : thing;
  }

  /** A map or a sketch is drawn anew, which is no step of the board's. @param {string} key @param {any} change @param {number[][]} [points] of a sketch */
  redraw(key, change, points) {
    const thing = { ...this.newest.get(key), ...change };
    this.newest.set(key, thing);
    this.tell({ ...this.now });
    if (points) {
      this.model.set("drawn", { ...this.model.get("drawn"), [key]: points });
      this.model.save_changes();
    }
    this.changed("");
  }

  /** Something came from Python or from another view: it can be undone like a change made here. */
  hear() {
    if (this.telling) return;
    const next = this.read();
    if (JSON.stringify(next) === JSON.stringify(this.now)) return;
    if (arrangement(next) !== arrangement(this.now)) this.remember("a change that came from the notebook");
    this.now = next;
    this.changed("");
  }

  /** @param {string} said */
  remember(said) {
    this.past.push({ was: this.now, said });
    if (this.past.length > MOST_BOARD_STEPS) this.past.shift();
    this.future = [];
  }

  /**
   * Make a change: `said` tells what was done, for the live region and for undo.
   * @param {string} said @param {Partial<OnBoard>} change
   */
  make(said, change) {
    this.remember(said);
    this.tell({ ...this.now, ...change });
    this.changed(said);
  }

  /** @param {OnBoard} next */
  tell(next) {
    const things = next.things.map((thing) => ({ ...(this.newest.get(thing.key) || thing), layer: thing.layer }));
    for (const thing of things) this.newest.set(thing.key, thing);
    this.now = { ...next, things };
    this.telling = true;
    for (const name of /** @type {(keyof OnBoard)[]} */ (["topic", "notes", "things"])) this.model.set(name, this.now[name]);
    this.telling = false;
    this.model.save_changes();
  }

  /** @param {string} layer @param {string[]} texts */
  withLayer(layer, texts) {
    return { notes: { ...this.now.notes, [layer]: texts } };
  }

  /** Write a note; one that is emptied is taken away. @param {Spot} spot @param {string} text */
  write(spot, text) {
    const { layer, at } = spot;
    const texts = this.now.notes[layer];
    const trimmed = text.trim();
    if (trimmed === (texts[at] ?? "")) return;
    if (!trimmed) this.remove(spot);
    else if (at >= texts.length) this.make(`Note added to ${this.titles[layer]}.`, this.withLayer(layer, [...texts, trimmed]));
    else this.make(`Note changed in ${this.titles[layer]}.`, this.withLayer(layer, spliced(texts, at, 1, trimmed)));
  }

  /** @param {Spot} spot */
  remove({ layer, at }) {
    const kept = spliced(this.now.notes[layer], at, 1);
    this.make(`Note deleted from ${this.titles[layer]}. Undo brings it back.`, this.withLayer(layer, kept));
  }

  /** Move a note to a place in a layer, counted without the note itself. @param {Spot} from @param {Spot} to */
  move(from, to) {
    const text = this.now.notes[from.layer][from.at];
    const notes = { ...this.now.notes };
    notes[from.layer] = spliced(notes[from.layer], from.at, 1);
    const at = Math.min(to.at, notes[to.layer].length);
    if (from.layer === to.layer && at === from.at) return;
    notes[to.layer] = spliced(notes[to.layer], at, 0, text);
    this.make(`Moved to ${this.titles[to.layer]}, note ${at + 1} of ${notes[to.layer].length}.`, { notes });
  }

  /** @param {any} thing */
  put(thing) {
    this.make(`Laid on ${this.titles[thing.layer]}: ${thing.form} ${thing.name}.`, { things: [...this.now.things, thing] });
  }

  /** @param {string} key */
  takeOff(key) {
    const gone = this.now.things.find((thing) => thing.key === key);
    const things = this.now.things.filter((thing) => thing.key !== key);
    if (gone) this.make(`Taken off the board: ${gone.form} ${gone.name}. Undo brings it back.`, { things });
  }

  /** @param {string} topic */
  rename(topic) {
    const trimmed = topic.trim();
    if (trimmed !== this.now.topic) this.make("Topic changed.", { topic: trimmed });
  }

  /** What was typed and then dropped with Escape can be had again with Redo. @param {Spot} spot @param {string} text */
  drop(spot, text) {
    const { layer, at } = spot;
    const texts = this.now.notes[layer];
    const trimmed = text.trim();
    if (!trimmed || trimmed === (texts[at] ?? "")) return false;
    const written = at >= texts.length ? [...texts, trimmed] : spliced(texts, at, 1, trimmed);
    this.future.push({ was: { ...this.now, ...this.withLayer(layer, written) }, said: "what was typed" });
    return true;
  }

  undo() {
    this.step(this.past, this.future, "Undone");
  }

  redo() {
    this.step(this.future, this.past, "Done again");
  }

  /** @param {{was: OnBoard, said: string}[]} from @param {{was: OnBoard, said: string}[]} to @param {string} word */
  step(from, to, word) {
    const last = from.pop();
    if (!last) return;
    to.push({ was: this.now, said: last.said });
    this.tell(last.was);
    this.changed(`${word}: ${last.said.replace(/ Undo brings it back\.$/, "")}`);
  }
}
