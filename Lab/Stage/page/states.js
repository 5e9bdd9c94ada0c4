// How many workers are in each state, with shape, number and word.

import { make, put, show } from "./dom.js";
import { nothing, whole, workerStates } from "./words.js";

export function countStates(workers) {
  const counts = Object.fromEntries(workerStates.map(state => [state, 0]));
  for (const { state } of workers)
    counts[state]++;
  return counts;
}

const present = counts => workerStates.filter(state => counts[state] > 0);

export const wordsOf = counts => present(counts).map(state => `${whole(counts[state])} ${state}`).join(", ") || nothing;

/** A list of the states that there are. */
export class StateCounts {
  #parts = workerStates.map(state => ({
    state, number: make("b"), element: make("li", { hidden: true }),
  }));
  element;

  constructor(name) {
    for (const { state, number, element } of this.#parts)
      element.append(make("span", { class: "shape", "data-state": state }), number, make("span", {}, state));
    this.element = make("ul", { class: name, "aria-hidden": "true" }, ...this.#parts.map(part => part.element));
  }

  draw(counts) {
    for (const { state, number, element } of this.#parts) {
      show(element, counts[state] > 0);
      put(number, whole(counts[state]));
    }
  }
}
