// A page of its own, without a kernel: the model object that a live part talks to there.

/**
 * What a live part needs of its model object. In a notebook it is anywidget's, with a kernel
 * behind it; `get("alone")` is true only where there is none, so a part can say what it cannot do.
 */
export class PageModel {
  /** @param {Record<string, any>} state */
  constructor(state) {
    /** @type {Record<string, any>} */
    this.state = { ...state, alone: true };
    /** @type {Map<string, Set<() => void>>} */
    this.listeners = new Map();
  }

  /** @param {string} name */
  get(name) {
    return this.state[name];
  }

  /** @param {string} name @param {any} value */
  set(name, value) {
    if (this.state[name] === value) return;
    this.state[name] = value;
    for (const call of [...(this.listeners.get(`change:${name}`) || [])]) call();
  }

  save_changes() {} // nobody else is told

  /** @param {string} event @param {() => void} call */
  on(event, call) {
    const calls = this.listeners.get(event) || new Set();
    this.listeners.set(event, calls.add(call));
  }

  /** @param {string} event @param {() => void} call */
  off(event, call) {
    this.listeners.get(event)?.delete(call);
  }
}
