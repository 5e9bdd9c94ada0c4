// Marks: a labelled line in the chart, at the moment at which it was set.

import { find, set } from "./dom.js";
import { press } from "./press.js";

export class Marks {
  #text = find("mark-text");
  #next = "mark 1";

  constructor(commands, control) {
    press(find("mark"), control, () => commands.mark(this.#text.value.trim() || this.#next), ({ ok }) => {
      if (ok)
        this.#text.value = "";
    });
    this.#text.addEventListener("keydown", event => {
      if (event.key === "Enter")
        find("mark").click();
      if (event.key === "Enter" || event.key === "Escape")
        this.#text.blur();
    });
  }

  draw(count) {
    this.#next = nextMark(count);
    set(this.#text, "placeholder", this.#next);
  }
}

export const nextMark = count => `mark ${count + 1}`;
