// What is on screen as a drawing: both lanes, the chart with the same points, and where it comes from.

import { chartOf } from "./chartpicture.js";
import { factsOf } from "./facts.js";
import { inRows } from "./labels.js";
import { provenanceOf } from "./provenance.js";
import { lanes, nothing } from "./words.js";

const width = 1280;
const mostLetters = 160; // of a line at the foot
const [ink, muted, replay] = ["#111", "#555", "#6b2a6b"];
const breakerFills = { closed: ["#1c7a2c", "#fff"], open: ["#b8002e", "#fff"], half_open: ["#d9c84f", "#111"], none: ["#eee", "#555"] };

/** { shapes, width, height } */
export function pictureOf({ frame, lines }, setup) {
  const foot = provenanceOf(frame, setup).flatMap(([name, words]) => inRows(`${name}: ${words}`, mostLetters, row => row.length));
  const height = Math.max(720, 612 + foot.length * 15 + 8);
  const shapes = [
    { box: [0, 0, width, height], fill: "#fff" },
    ...lanes.flatMap((name, index) => laneOf(factsOf(frame, name), 30 + index * 630)),
    ...chartOf(lines),
    ...frame.mode === "replay" ? [
      { box: [0, 0, width, 12], fill: replay },
      { text: "REPLAY", x: 1250, y: 330, size: 26, bold: true, end: "end", fill: replay },
    ] : [],
    ...foot.map((text, index) => ({ text, x: 30, y: 612 + index * 15, size: 12, fill: muted })),
  ];
  return { shapes, width, height };
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
      { text: `of ${facts.answers}`, x, y: 232, size: 20, fill: ink },
      { text: facts.attempts, x: x + 590, y: 232, size: 20, end: "end", fill: ink },
    ],
    { text: `workers: ${facts.workers}; ${facts.restarts}`, x, y: 262, size: 18, fill: ink },
    { text: `${facts["requests/s"]} requests/s, p50 ${facts.p50}, p95 ${facts.p95} of the successful`, x, y: 288, size: 18, fill: ink },
  ];
}
