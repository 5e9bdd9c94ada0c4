// What the presenter sees of a lane beyond the audience: rates, latency, queue, and the ledgers as sums that add up.

import { make, put } from "./dom.js";
import { milliseconds, number, whole } from "./words.js";

const measures = [
  ["requests-per-s", "requests/s", lane => number(lane.requests_per_s)],
  ["p50", "p50, successful", lane => milliseconds(lane.p50_ms)],
  ["p95", "p95, successful", lane => milliseconds(lane.p95_ms)],
  ["in-flight", "in flight", lane => whole(lane.in_flight)],
  ["queue", "queue", lane => `${whole(lane.queue.length)} of ${whole(lane.queue.limit)}`],
];

/** What a ledger counts besides, that is part of its ends already. */
const asides = { requests: [], attempts: ["wasted"], pool: ["wasted", "lost", "repeated"], effects: [] };

export class Details {
  #name;
  #measures = measures.map(([part, words, of]) => {
    const value = make("dd", { "data-part": part });
    return { value, of, element: make("div", {}, make("dt", {}, words), value) };
  });
  #ledgers = ["requests", "attempts", "pool", "effects"].map(name => {
    const sum = make("span", { "data-part": `ledger-${name}` });
    return { name, sum, element: make("p", {}, make("b", {}, `${name} `), sum) };
  });
  measures = make("dl", { class: "measures" }, ...this.#measures.map(({ element }) => element));
  ledgers = make("div", { class: "ledgers" }, ...this.#ledgers.map(({ element }) => element));

  constructor(name) {
    this.#name = name;
  }

  draw({ lanes }) {
    const lane = lanes[this.#name];
    this.#measures.forEach(({ value, of }) => put(value, of(lane)));
    this.#ledgers.forEach(({ name, sum }) => put(sum, sumOf(name, lane[name])));
  }
}

/** "278 sent = 200 completed + 78 failed; of them 3 wasted"; what is zero is left out. */
export function sumOf(name, ledger) {
  const { sent, received, ...parts } = ledger;
  const words = names => names.filter(part => parts[part] > 0).map(part => `${whole(parts[part])} ${part.replaceAll("_", " ")}`);
  const total = received === undefined ? sent === undefined ? null : `${whole(sent)} sent` : `${whole(received)} received`;
  const ends = words(Object.keys(parts).filter(part => !asides[name].includes(part)));
  const sum = [total, ends.join(" + ")].filter(Boolean).join(" = ") || "none";
  return [sum, words(asides[name]).join(", ")].filter(Boolean).join("; of them ");
}
