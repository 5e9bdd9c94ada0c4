// The line at the foot of the presenter's page: the command that does the same as what is pointed at or was just done, and how it
// ended; a field for the token where a change was refused for want of one.

import { find, put, set, show } from "./dom.js";

export class Said {
  #same = find("same");
  #answer = find("answer");
  #form = find("token-form");
  #giveToken = null;

  constructor() {
    this.#form.addEventListener("submit", event => {
      event.preventDefault();
      this.#answerWith(find("token").value);
    });
    this.#form.addEventListener("keydown", event => {
      if (event.key === "Escape")
        this.#answerWith(null);
    });
  }

  preview(action) {
    put(this.#same, action.same);
    this.say("", null);
  }

  outcome(action, { ok, detail }) {
    put(this.#same, action.same);
    this.say(ok ? "✔ done" : `✖ ${detail}`, ok);
  }

  say(words, ok) {
    put(this.#answer, words);
    set(this.#answer, "data-ok", ok);
  }

  askToken() {
    this.#giveToken?.(null);
    show(this.#form, true);
    find("token").focus();
    this.say("✖ A token is needed", false);
    return new Promise(resolve => this.#giveToken = resolve);
  }

  #answerWith(token) {
    find("token").value = "";
    show(this.#form, false);
    this.#giveToken?.(token);
    this.#giveToken = null;
  }
}
