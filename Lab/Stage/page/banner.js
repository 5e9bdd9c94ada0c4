// What nobody may overlook, above everything else: a replay, a service that is gone, a page that hears nothing.

import { make, put, set, show } from "./dom.js";
import { span } from "./words.js";

export class Banner {
  #replay = make("p", { class: "replay", "data-part": "replay" });
  #words = make("span");
  #since = make("span", { "aria-hidden": "true" });
  #lost = make("p", { class: "lost", role: "status", "data-part": "contact" }, this.#words, this.#since);
  #silent = make("p", { class: "silent", role: "status", "data-part": "connection" }, "✖ No contact with the lab: reconnecting");
  element = make("div", { class: "banner", id: "banner" }, this.#replay, this.#silent, this.#lost);

  constructor() {
    for (const line of this.element.children)
      line.hidden = true;
  }

  connected(isConnected) {
    show(this.#silent, !isConnected);
  }

  draw({ mode, replay, contact, now_ms }) {
    const isReplay = mode === "replay";
    set(document.body, "data-mode", mode);
    show(this.#replay, isReplay);
    if (isReplay)
      put(this.#replay, `▶▶ REPLAY of ${replay.clock === "virtual" ? "a run in virtual time" : date(replay.recorded_at)}: ${span(replay.position_s)} of ${span(replay.length_s)}`);
    show(this.#lost, contact.words !== null);
    set(this.#lost, "data-contact", contact.service_a === "up" ? contact.service_b : contact.service_a);
    if (contact.words !== null)
      put(this.#words, `${contact.service_b === "paused" ? "❚❚" : "✖"} ${contact.words}`);
    put(this.#since, contact.since_ms === null ? "" : `, ${span((now_ms - contact.since_ms) / 1000)}`);
  }
}

const date = text => new Date(text).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
