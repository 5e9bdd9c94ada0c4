// One field whose value lives on the server. Enter sends it; Escape takes it back. It refuses what is out of range by itself, shows
// the server's reason beside it, and follows changes of others at once, unless it is being edited: then it says what is set now.

import { make, put, show } from "./dom.js";
import { boundsOf, choicesOf, complaint } from "./range.js";

export class Field {
  #range;
  #send;
  #known = null;
  #isEdited = false;
  #reason = make("p", { class: "reason", role: "alert", hidden: true });
  #other = make("p", { class: "other", role: "status", hidden: true });
  #enter = make("button", { type: "button", class: "enter", hidden: true, click: () => this.#commit() }, "set");
  input;
  element;

  /** @param send (text) => result of Control.send, or null where nothing was sent. */
  constructor({ id, label, range, describedBy = null }, send) {
    [this.#range, this.#send] = [range, send];
    const choices = choicesOf(range);
    const attributes = { id, "aria-label": label, "aria-describedby": describedBy, autocomplete: "off", spellcheck: "false" };
    const bounds = boundsOf(range);
    this.input = choices !== null
      ? make("select", { ...attributes, change: () => this.#commit() }, ...choices.map(choice => make("option", {}, choice)))
      : make("input", {
        ...attributes, ...bounds && { type: "number", step: "any", ...bounds },
        input: () => this.#edited(), keydown: event => this.#key(event),
      });
    this.element = make("span", { class: "field" }, this.input, this.#enter, this.#other, this.#reason);
  }

  get text() {
    return this.input.value.trim();
  }

  get isFine() {
    return this.#complaint() === "";
  }

  /** What is set now, as text. */
  draw(value) {
    if (value === this.#known)
      return;
    this.#known = value;
    if (this.#isEdited && value !== this.text) {
      put(this.#other, `now ${value}, by somebody else`);
      show(this.#other, true);
    } else
      this.#takeBack();
  }

  refuse(reason) {
    put(this.#reason, reason);
    show(this.#reason, reason !== "");
    this.input.setCustomValidity(reason);
  }

  #edited() {
    this.#isEdited = this.text !== this.#known;
    show(this.#enter, this.#isEdited);
    this.refuse(this.#isEdited ? this.#complaint() : "");
  }

  // A number field hides what it cannot read.
  #complaint() {
    return this.input.validity.badInput ? `not a number in ${this.#range}` : complaint(this.#range, this.text);
  }

  async #commit() {
    const wrong = this.#complaint();
    this.refuse(wrong);
    if (wrong !== "")
      return;
    const result = await this.#send(this.text);
    if (result?.ok) {
      this.#known = this.text;
      this.#takeBack();
    } else if (result !== null)
      this.refuse(Object.values(result.errors)[0] ?? result.detail);
  }

  #takeBack() {
    this.input.value = this.#known ?? "";
    this.#isEdited = false;
    show(this.#enter, false);
    show(this.#other, false);
    this.refuse("");
  }

  #key(event) {
    if (event.key === "Enter")
      this.#commit();
    else if (event.key === "Escape")
      this.#takeBack();
  }
}
