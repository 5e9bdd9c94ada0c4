// A pool's workers, one cell each, told apart by shape and colour; a restart is a pulse. Where cells would be too small to be
// read, the states are counted instead. Cells are kept and reused.

import { make, put, set, show } from "./dom.js";
import { StateCounts, countStates, wordsOf } from "./states.js";
import { rem } from "./theme.js";
import { count } from "./words.js";

const pulse = [
  { outline: "0.5em solid #33aa44", outlineOffset: "-0.1em", borderRadius: "50%" },
  { outline: "0.1em solid #33aa4400", outlineOffset: "0.5em", borderRadius: "50%" },
];
const still = [{ outline: "0.2em solid #33aa44" }, { outline: "0.2em solid #33aa44" }];
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class Workers {
  #grid = make("div", { class: "workers", role: "img", "data-part": "workers" });
  #tiles = new StateCounts("tiles");
  #unknown = make("p", { class: "unknown" }, "workers not known");
  #counts = new StateCounts("counts");
  #restarts = make("span", { class: "restarts", "data-part": "restarts" });
  element = make("div", { class: "pool" }, make("div", { class: "room" }, this.#grid, this.#tiles.element, this.#unknown),
    make("div", { class: "legend" }, this.#counts.element, this.#restarts));
  #cells = [];
  #restartsSeen = [];
  #room = { width: 0, height: 0 };
  #smallest;

  /** @param smallest a cell's smallest side that can be read, as a share of the root's font size. */
  constructor(smallest) {
    this.#smallest = smallest;
    new ResizeObserver(([entry]) => {
      this.#room = entry.contentRect;
      this.#arrange();
    }).observe(this.element.firstChild);
  }

  draw(workers) {
    if (workers.length !== this.#cells.length)
      this.#keep(workers.length);
    const counts = countStates(workers);
    workers.forEach(({ state, restarts: now }, index) => {
      set(this.#cells[index], "data-state", state);
      if (now > this.#restartsSeen[index])
        this.#pulse(this.#cells[index]);
      this.#restartsSeen[index] = now;
    });
    show(this.#unknown, workers.length === 0);
    this.#tiles.draw(counts);
    this.#counts.draw(counts);
    put(this.#restarts, workers.length === 0 ? "" : `↻ ${count(workers.reduce((sum, { restarts }) => sum + restarts, 0), "restart")}`);
    set(this.#grid, "aria-label", `${count(workers.length, "worker")}: ${wordsOf(counts)}`);
  }

  #keep(length) {
    while (this.#cells.length > length)
      this.#cells.pop().remove();
    while (this.#cells.length < length) {
      const cell = make("div", { class: "cell" });
      this.#cells.push(cell);
      this.#grid.append(cell);
    }
    this.#restartsSeen = Array(length).fill(Infinity); // the first sight of a worker is no restart
    this.#arrange();
  }

  /** As large as they fit, in as few rows as that takes. */
  #arrange() {
    const { width, height } = this.#room;
    const length = this.#cells.length;
    if (length === 0 || width === 0)
      return;
    let [side, columns] = [0, 1];
    for (let rows = 1; rows <= length; rows++) {
      const across = Math.ceil(length / rows);
      const fits = Math.min(width / across, height / rows);
      if (fits > side)
        [side, columns] = [fits, across];
    }
    side = Math.floor(side);
    const fits = side >= this.#smallest * rem();
    show(this.#grid, fits);
    show(this.#tiles.element, !fits);
    show(this.#counts.element, fits);
    this.#grid.style.gridTemplateColumns = `repeat(${columns}, ${side}px)`;
    this.#grid.style.gridAutoRows = `${side}px`;
    this.#grid.style.fontSize = `${side * 0.6}px`;
  }

  #pulse(cell) {
    if (cell.pulse?.playState !== "running")
      cell.pulse = cell.animate(calm.matches ? still : pulse, 900);
  }
}
