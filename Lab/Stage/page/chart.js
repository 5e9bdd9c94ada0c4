// The chart of success, on a canvas by uPlot: lines, what is predicted ahead of them, "now", marks, and words at the lines' ends.
// It is drawn once for each new second, and kept between two sets of lines that differ.

import { apart, inOneRow, inRows, labelsOf, widestLabel } from "./labels.js";
import { outlined, upright } from "./strokes.js";
import { colour, fontOf, isDark, rem } from "./theme.js";
import { brightOf, darkOf, lightOf, wordOf } from "./tones.js";

export class Chart {
  #place;
  #textSize;
  #model = null;
  #plot = null;
  #drawnAs = null;

  /** @param textSize of the words in it, as a share of the root's font size. */
  constructor(place, textSize) {
    [this.#place, this.#textSize] = [place, textSize];
    new ResizeObserver(() => this.redraw()).observe(place);
  }

  draw(model) {
    this.#model = model;
    const shape = JSON.stringify([model.kind, model.to, model.lines.map(line => line.name)]);
    if (shape !== this.#drawnAs)
      this.#make(shape);
    else
      this.#plot.setData(dataOf(model));
  }

  /** With other colours, or in another size. */
  redraw() {
    if (this.#model !== null)
      this.#make(this.#drawnAs);
  }

  get #text() {
    return this.#textSize * rem();
  }

  #make(shape) {
    this.#plot?.destroy();
    this.#drawnAs = shape;
    const { clientWidth: width, clientHeight: height } = this.#place;
    const text = this.#text;
    const axis = { stroke: colour("ink"), font: fontOf(text), ticks: { show: false }, grid: { stroke: colour("faint"), width: 1 } };
    const { lines, from, to, kind } = this.#model;
    this.#plot = new uPlot({
      width, height,
      legend: { show: false },
      cursor: { show: false },
      padding: [text * 0.5, Math.min(width * 0.34, this.#labelsWidth()), 0, 0],
      scales: { x: { time: false, range: () => [from, to] }, y: { range: () => [-6, 106] } },
      axes: [
        {
          ...axis, size: text * 1.5, gap: text * 0.15, space: text * 5,
          values: (_, ticks) => ticks.map(tick => wordsOf(tick, kind, this.#model.now)),
        },
        { ...axis, size: text * 2.6, gap: text * 0.3, splits: () => height < text * 9 ? [0, 50, 100] : [0, 25, 50, 75, 100] },
      ],
      series: [{}, ...lines.map(line => ({
        stroke: line.kind === "predicted" ? thin(line.tone) : line.tone,
        dash: line.dash, width: line.width * text / 28 + 0.5, points: { show: false }, spanGaps: false,
      }))],
      hooks: { draw: [plot => this.#drawWords(plot)] },
    }, dataOf(this.#model), this.#place);
  }

  #labelsWidth() {
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.font = `bold ${fontOf(this.#text)}`;
    return widestLabel(this.#model.lines, label => canvas.measureText(label).width) + this.#text * 1.2;
  }

  #drawWords(plot) {
    const { ctx, bbox: { left, top, width, height } } = plot;
    const pixels = devicePixelRatio;
    const text = this.#text * pixels;
    const toX = x => plot.valToPos(x, "x", true);
    const toY = y => plot.valToPos(y, "y", true);
    ctx.save();
    ctx.font = `bold ${fontOf(text)}`;
    ctx.textBaseline = "middle";
    if (this.#model.now !== null)
      upright(ctx, toX(this.#model.now), top, height, colour("muted"), 2 * pixels, []);
    this.#model.marks.forEach((mark, index) => {
      const x = toX(mark.x);
      upright(ctx, x, top, height, colour("ink"), 3 * pixels, [10 * pixels, 6 * pixels]);
      const isRoomy = x + ctx.measureText(mark.text).width < left + width;
      ctx.textAlign = isRoomy ? "left" : "right";
      outlined(ctx, `▼ ${mark.text}`, x + (isRoomy ? 4 : -4) * pixels, top + text * (0.6 + index % 2), colour("ink"), text);
    });
    ctx.textAlign = "left";
    const from = left + width + text * 0.35;
    const [room, widthOf] = [ctx.canvas.width - from - text * 0.3, row => ctx.measureText(row).width];
    const wanted = labelsOf(this.#model.lines, toY, text);
    const parted = wanted.map(label => ({ ...label, rows: inRows(label.text, room, widthOf) }));
    const labels = countRows(parted) <= height / text ? parted : wanted.map(label => ({ ...label, rows: [inOneRow(label.text, room, widthOf)] }));
    const distance = Math.min(text * 1.05, (height - text * 0.8) / Math.max(1, countRows(labels) - 1)); // nearer where there are many
    for (const { text: words, y, tone } of apart(labels, distance, top + text * 0.4, top + height - text * 0.4))
      outlined(ctx, words, from, y, isDark() ? brightOf(tone) : wordOf(tone), text);
    ctx.restore();
  }
}

const countRows = labels => labels.reduce((sum, { rows }) => sum + rows.length, 0);

/** One column of x and one for each line, as uPlot takes them: null is a gap, undefined is no point of this line. */
function dataOf({ lines }) {
  return lines.length === 0 ? [[]] : uPlot.join(lines.map(({ points }) => [points.map(([x]) => x), points.map(([, y]) => y)]));
}

const wordsOf = (tick, kind, now) => kind === "arm" ? `${tick} s` : tick === now ? "now" : tick > 0 ? `+${tick} s` : `${tick} s`;

const thin = tone => isDark() ? lightOf(tone) : darkOf(tone);
