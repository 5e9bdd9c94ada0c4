// One lane's requests of the last 60 s as they ended, stacked, by uPlot; the breaker's states as bands behind, the offered load and
// the pool's capacity as dashed lines.

import { patternOf } from "./patterns.js";
import { colour, fontOf, rem } from "./theme.js";
import { outcomes } from "./tones.js";

const shownS = 60;
const bands = { open: { behind: "#b8002e38", edge: "#b8002e", height: 8 }, half_open: { behind: "#d9c84f70", edge: "#b09b00", height: 4 } };

export class Traffic {
  #lane;
  #place;
  #plot = null;
  #seconds = [];
  #capacity = null;

  constructor(lane, place) {
    [this.#lane, this.#place] = [lane, place];
    new ResizeObserver(() => this.redraw()).observe(place);
  }

  draw(seconds, capacity) {
    [this.#seconds, this.#capacity] = [seconds.slice(-shownS), capacity];
    if (this.#plot === null)
      this.redraw();
    else
      this.#plot.setData(this.#data());
  }

  redraw() {
    this.#plot?.destroy();
    const [ink, text] = [colour("ink"), 0.75 * rem()];
    const axis = { stroke: ink, font: fontOf(text), ticks: { show: false }, grid: { stroke: colour("faint"), width: 1 } };
    const line = { width: 1.5, points: { show: false } };
    this.#plot = new uPlot({
      width: this.#place.clientWidth, height: this.#place.clientHeight,
      legend: { show: false }, cursor: { show: false }, padding: [text / 2, text * 1.4, 0, 0],
      scales: { x: { time: false, range: () => [-shownS, 0] }, y: { range: (_, low, high) => [0, Math.max(1, (high ?? 0) * 1.08)] } },
      axes: [
        { ...axis, size: text * 1.7, gap: text / 6, space: text * 5, values: (_, ticks) => ticks.map(tick => tick === 0 ? "now" : `${tick} s`) },
        { ...axis, size: text * 3.5, gap: text / 3, space: text * 2 },
      ],
      series: [{},
        ...outcomes.toReversed().map(({ tone, name }) => ({ ...line, stroke: tone, width: 1, fill: () => patternOf(name, tone) })),
        { ...line, stroke: ink, dash: [8, 5] },
        { ...line, stroke: ink, dash: [2, 4] }],
      hooks: {
        drawClear: [plot => this.#drawBands(plot, ({ behind }, height) => [behind, height])],
        draw: [plot => this.#drawBands(plot, ({ edge, height }) => [edge, height * devicePixelRatio])],
      },
    }, this.#data(), this.#place);
  }

  /** Each outcome on top of those below it; the topmost first, so that the lower ones cover it. */
  #data() {
    const now = (this.#seconds.at(-1)?.t_ms ?? 0) + 1000;
    const upTo = (top, second) => outcomes.slice(0, top + 1).reduce((sum, { name }) => sum + second[this.#lane][name], 0);
    return [
      this.#seconds.map(({ t_ms }) => (t_ms + 500 - now) / 1000),
      ...outcomes.map((_, top) => this.#seconds.map(second => upTo(top, second))).toReversed(),
      this.#seconds.map(({ offered }) => offered > 0 ? offered : null),
      this.#seconds.map(() => this.#capacity),
    ];
  }

  /** @param look (band, height of the plot) => its colour and height: behind everything, and again as an edge above what hides it. */
  #drawBands({ ctx, bbox, data, valToPos }, look) {
    const stateOf = index => this.#seconds[index]?.[this.#lane].breaker;
    const leftOf = index => Math.max(bbox.left, valToPos(data[0][index] - 0.5, "x", true));
    ctx.save();
    for (let first = 0, next; first < this.#seconds.length; first = next) {
      for (next = first + 1; stateOf(next) === stateOf(first);)
        next++;
      const band = bands[stateOf(first)];
      if (band === undefined)
        continue;
      const [fill, height] = look(band, bbox.height);
      ctx.fillStyle = fill;
      ctx.fillRect(leftOf(first), bbox.top, leftOf(next - 1) + valToPos(1, "x", true) - valToPos(0, "x", true) - leftOf(first), height);
    }
    ctx.restore();
  }
}
