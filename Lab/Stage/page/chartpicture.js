// The chart of success as a part of a drawing: the same lines, marks and labels as on the page.

import { apart, inRows, labelsOf, widestLabel } from "./labels.js";
import { darkOf, wordOf } from "./tones.js";

const [ink, muted, faint] = ["#111", "#555", "#ccc"];
const [left, top, bottom] = [80, 340, 560];
const [letter, mostRoom] = [11.5, 400]; // of the labels

export function chartOf({ title, from, to, now, kind, lines, marks }) {
  const right = 1230 - Math.min(mostRoom, letter * widestLabel(lines, label => label.length));
  const toX = x => left + (x - from) / (to - from || 1) * (right - left);
  const toY = y => bottom - y / 100 * (bottom - top);
  const rowsOf = text => inRows(text, mostRoom / letter, row => row.length);
  const words = (text, x, y, size, more) => ({ text, x, y, size, fill: ink, ...more });
  const upright = (x, stroke, width, dash) => ({ points: [[toX(x), top - 8], [toX(x), bottom]], stroke, width, dash });
  const drawn = ({ points, kind: lineKind, tone, width, dash }) => runsOf(points).map(run =>
    ({ points: run.map(([x, y]) => [toX(x), toY(y)]), stroke: lineKind === "predicted" ? darkOf(tone) : tone, width: width * 0.8, dash }));
  return [
    words(title, 30, 322, 20, { bold: true }),
    ...[0, 25, 50, 75, 100].flatMap(y => [
      { points: [[left, toY(y)], [right, toY(y)]], stroke: faint, width: 1 },
      words(String(y), left - 10, toY(y) + 6, 16, { end: "end" })]),
    ...ticksOf(from, to).map(x => words(kind === "time" && x === 0 ? "now" : `${x} s`, toX(x), bottom + 24, 16, { end: "middle" })),
    ...lines.flatMap(drawn),
    ...now === null ? [] : [upright(now, muted, 1.5)],
    ...marks.flatMap(({ x, text }) => [upright(x, ink, 2, [8, 5]), words(`▼ ${text}`, toX(x) + 4, top - 4, 16, { bold: true })]),
    ...apart(labelsOf(lines, toY, 18).map(label => ({ ...label, rows: rowsOf(label.text) })), 20, top, bottom).map(({ text, y, tone }) =>
      words(text, right + 10, y + 6, 18, { bold: true, fill: wordOf(tone) })),
  ];
}

function ticksOf(from, to) {
  const step = [1, 2, 5, 10, 20, 50, 100].find(wide => (to - from) / wide <= 9) ?? 200;
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}

/** The parts of a line between its gaps. */
function runsOf(points) {
  const runs = [[]];
  for (const point of points)
    if (point[1] === null)
      runs.push([]);
    else
      runs.at(-1).push(point);
  return runs.filter(run => run.length > 0);
}
