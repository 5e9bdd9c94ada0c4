// What is on screen as a drawing of 1280 x 720: both lanes, the chart with the same points, and where it comes from.

import { factsOf } from "./facts.js";
import { apart, labelsOf } from "./labels.js";
import { provenanceOf } from "./provenance.js";
import { darkOf, wordOf } from "./tones.js";
import { lanes, nothing } from "./words.js";

export const size = { width: 1280, height: 720 };
const [ink, muted, faint] = ["#111", "#555", "#ccc"];
const breakerFills = { closed: ["#1c7a2c", "#fff"], open: ["#b8002e", "#fff"], half_open: ["#d9c84f", "#111"], none: ["#eee", "#555"] };
const plot = { left: 80, top: 340, bottom: 560 };

export function pictureOf({ frame, lines }, setup) {
  return [
    { box: [0, 0, size.width, size.height], fill: "#fff" },
    ...lanes.flatMap((name, index) => laneOf(factsOf(frame, name), 30 + index * 630)),
    ...chartOf(lines),
    ...frame.mode === "replay" ? [{ box: [0, 0, size.width, 12], fill: "#6b2a6b" }, { text: "REPLAY", x: 1250, y: 330, size: 26, bold: true, end: "end", fill: "#6b2a6b" }] : [],
    ...provenanceOf(frame, setup).flatMap(([name, words], index) => cut(`${name}: ${words}`, 190).map(text => ({ text, x: 30, y: 612 + index * 15, size: 12, fill: muted }))),
  ];
}

function laneOf(facts, x) {
  const [fill, word] = breakerFills[facts.state];
  return [
    { text: facts.policy, x, y: 44, size: 24, bold: true, fill: ink },
    { box: [x, 58, 590, 64], fill },
    { text: facts.breaker, x: x + 16, y: 106, size: 44, bold: true, fill: word },
    ...facts["success %"] === nothing ? [{ text: "Waiting for traffic", x, y: 200, size: 48, fill: muted }] : [
      { text: `${facts["success %"]} %`, x, y: 200, size: 76, bold: true, fill: ink },
      { text: `${facts["work per answer"]} ×`, x: x + 590, y: 200, size: 60, end: "end", fill: ink },
      { text: `of ${facts.answers} answers`, x, y: 232, size: 20, fill: ink },
      { text: `${facts.attempts} attempts`, x: x + 590, y: 232, size: 20, end: "end", fill: ink },
    ],
    { text: `workers: ${facts.workers}; ${facts.restarts}`, x, y: 262, size: 18, fill: ink },
    { text: `${facts["requests/s"]} requests/s, p50 ${facts.p50}, p95 ${facts.p95} of the successful`, x, y: 288, size: 18, fill: ink },
  ];
}

function chartOf({ title, from, to, now, kind, lines, marks }) {
  const right = 1230 - Math.min(400, 11.5 * Math.max(0, ...lines.map(({ label }) => label?.length ?? 0)));
  const toX = x => plot.left + (x - from) / (to - from || 1) * (right - plot.left);
  const toY = y => plot.bottom - y / 100 * (plot.bottom - plot.top);
  const upright = (x, stroke, width, dash) => ({ points: [[toX(x), plot.top - 8], [toX(x), plot.bottom]], stroke, width, dash });
  const tickStep = [1, 2, 5, 10, 20, 50, 100].find(step => (to - from) / step <= 9) ?? 200;
  const ticks = Array.from({ length: Math.floor((to - from) / tickStep) + 1 }, (_, index) => from + index * tickStep);
  return [
    { text: title, x: 30, y: 322, size: 20, bold: true, fill: ink },
    ...[0, 25, 50, 75, 100].flatMap(y => [
      { points: [[plot.left, toY(y)], [right, toY(y)]], stroke: faint, width: 1 }, { text: String(y), x: plot.left - 10, y: toY(y) + 6, size: 16, end: "end", fill: ink }]),
    ...ticks.map(x => ({ text: kind === "time" && x === 0 ? "now" : `${x} s`, x: toX(x), y: plot.bottom + 24, size: 16, end: "middle", fill: ink })),
    ...lines.flatMap(line => runsOf(line.points).map(run => ({ points: run.map(([x, y]) => [toX(x), toY(y)]), stroke: line.kind === "predicted" ? darkOf(line.tone) : line.tone, width: line.width * 0.8, dash: line.dash }))),
    ...now === null ? [] : [upright(now, muted, 1.5)],
    ...marks.flatMap(({ x, text }) => [upright(x, ink, 2, [8, 5]), { text: `▼ ${text}`, x: toX(x) + 4, y: plot.top - 4, size: 16, bold: true, fill: ink }]),
    ...apart(labelsOf(lines, toY, 18), 20, plot.top, plot.bottom).map(({ text, y, tone }) => ({ text, x: right + 10, y: y + 6, size: 18, bold: true, fill: wordOf(tone) })),
  ];
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

const cut = (text, most) => text.match(new RegExp(`.{1,${most}}`, "gsu")).slice(0, 1).map(part => part.length < text.length ? `${part}…` : part);
