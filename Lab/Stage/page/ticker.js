// What happened last, in plain words, newest first. Its lines are reused.

import { make, put, set, show } from "./dom.js";
import { clock } from "./words.js";

export class Ticker {
  #lines;

  constructor(list, length) {
    this.#lines = Array.from({ length }, () => {
      const [time, text] = [make("time"), make("span")];
      const element = make("li", { hidden: true }, time, text);
      list.append(element);
      return { element, time, text };
    });
  }

  draw(events) {
    this.#lines.forEach(({ element, time, text }, index) => {
      const event = events.at(-1 - index);
      show(element, event !== undefined);
      if (event === undefined)
        return;
      set(element, "data-kind", event.kind);
      put(time, clock(event.t_ms));
      put(text, event.lane === null || event.text.includes(event.lane) ? event.text : `${event.lane}: ${event.text}`);
    });
  }
}
