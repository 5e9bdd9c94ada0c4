// On the audience's page a change and its outcome are told for some seconds, large, at the foot of the screen.

import { find, put, show } from "./dom.js";

const shownMs = 5_000;

export class Note {
  #place = find("note");
  #timer = null;

  preview() {}

  outcome(action, { ok, detail }) {
    this.say(ok ? `✔ ${action.same}` : `✖ ${detail}`);
  }

  say(words) {
    put(this.#place, words);
    show(this.#place, true);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => show(this.#place, false), shownMs);
  }

  /** A token is typed on the presenter's page only, never before an audience. */
  askToken() {
    return null;
  }
}
