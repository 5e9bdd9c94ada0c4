// One lane as both pages show it: what it does, its breaker, what the client gets beside the work done for it, its workers.

import { Breaker } from "./breaker.js";
import { make, put, show } from "./dom.js";
import { policyOf } from "./policy.js";
import { count, percent, times } from "./words.js";
import { Workers } from "./workers.js";

export class Lane {
  #name;
  #title = make("span", { class: "title" });
  #policy = make("span", { class: "policy" });
  #breaker = new Breaker();
  #percent = make("span", { class: "figure", "data-part": "success" });
  #answers = make("span", { class: "caption", "data-part": "answers" });
  #times = make("span", { class: "figure", "data-part": "work-per-answer" });
  #work = make("span", { class: "caption", "data-part": "work" });
  #waiting = make("p", { class: "waiting", "data-part": "waiting" }, "Waiting for traffic");
  #numbers = make("div", { class: "numbers" },
    make("p", { class: "success" }, make("span", { class: "line" }, this.#percent, make("span", { class: "unit" }, "%")), this.#answers),
    make("p", { class: "work" }, make("span", { class: "line" }, this.#times, make("span", { class: "unit" }, "×")), this.#work));
  #workers;
  element;

  constructor(name, smallestCell) {
    this.#name = name;
    this.#workers = new Workers(smallestCell);
    this.element = make("section", { class: "lane", "data-lane": name, "aria-label": `lane ${name}` },
      make("h2", {}, make("span", { class: "sample", "aria-hidden": "true" }), this.#title, this.#policy),
      this.#breaker.element, this.#numbers, this.#waiting, this.#workers.element);
  }

  draw(frame) {
    const lane = frame.lanes[this.#name];
    const policy = policyOf(frame.knobs, this.#name);
    put(this.#title, policy.title);
    put(this.#policy, policy.words);
    this.#breaker.draw(lane.breaker, policy.hasBreaker);
    const isWaiting = lane.success_percent === null;
    show(this.#waiting, isWaiting);
    show(this.#numbers, !isWaiting);
    if (!isWaiting) {
      put(this.#percent, percent(lane.success_percent));
      put(this.#answers, `of ${count(lane.answers, "answer")}`);
      put(this.#times, times(lane.work_per_answer));
      put(this.#work, count(lane.work, "attempt"));
    }
    this.#workers.draw(lane.workers);
  }
}
