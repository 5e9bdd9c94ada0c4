// One lane's breaker as a switch: word, symbol and colour say the same; an open one counts down to its probe.

import { make, put, set, show } from "./dom.js";
import { breakerWords, count, countdown } from "./words.js";

const levers = {
  closed: "M20 50H80",
  open: "M20 50L66 14",
  half_open: "M20 50L74 32",
  none: "M36 34L64 66M64 34L36 66",
};

export class Breaker {
  #lever = make("path", { d: levers.closed });
  #word = make("span", { class: "word", "aria-live": "polite" });
  #probe = make("span", { class: "probe" }, "probe in");
  #seconds = make("span", { class: "figure countdown" });
  #unit = make("span", { class: "second" }, "s");
  #nodes = make("span", { class: "nodes" });
  element = make("div", { class: "breaker", "data-part": "breaker" },
    make("svg", { viewBox: "0 0 100 100", "aria-hidden": "true" },
      this.#lever, make("circle", { cx: 14, cy: 50, r: 11 }), make("circle", { cx: 86, cy: 50, r: 11 })),
    this.#word, this.#nodes, this.#probe, this.#seconds, this.#unit);

  /** @param breaker of the lane's frame. @param hasBreaker whether the knobs leave the lane one. */
  draw({ state, probe_in_ms, nodes }, hasBreaker) {
    const shown = hasBreaker ? state : "none";
    set(this.element, "data-state", shown);
    set(this.#lever, "d", levers[shown]);
    put(this.#word, breakerWords[shown]);
    const counts = shown === "open" && probe_in_ms !== null;
    show(this.#probe, counts);
    show(this.#seconds, counts);
    show(this.#unit, counts);
    if (counts)
      put(this.#seconds, countdown(probe_in_ms));
    show(this.#nodes, nodes > 1);
    put(this.#nodes, nodes > 1 ? `worst of ${count(nodes, "node")}` : "");
  }
}
