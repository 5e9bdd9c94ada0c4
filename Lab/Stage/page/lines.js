// What the chart of success holds, as data: the page draws it, and the exports write the same. Over the last 60 s with "now" at 0;
// in an act, and while finished arms are kept, over the seconds of an arm, so that the arms can be compared.

import { measuredPoints, predictedPoints } from "./points.js";
import { laneDash, laneTone, predicted, toneOf } from "./tones.js";
import { lanes } from "./words.js";

const shownS = 60;
const aheadS = 20;
const withWords = 4; // arms: a 2x2; older ones stay as thin lines
const laneWords = { actor: "Akka", http: "Polly" };

/** Each line: name, lane, kind (measured, finished, predicted), label at its end or null, tone, dash, width, points [x, percent]. */
export function linesOf(history, frame) {
  const scenario = frame.act?.scenario ?? history.arms.at(-1)?.scenario;
  const arms = history.arms.filter(arm => arm.scenario === scenario);
  return frame.act || arms.length > 0 ? overArm(history, frame, arms) : overTime(history, frame);
}

function overTime({ seconds, marks }, { now_ms, prediction }) {
  const nowMs = Math.max((seconds.at(-1)?.t_ms ?? now_ms - 1000) + 1000, now_ms - 1500);
  const toX = ms => (ms - nowMs) / 1000;
  const expected = lanes.map(lane =>
    ({ ...predicted, kind: "predicted", lane, label: laneWords[lane], points: predictedPoints(prediction, lane, toX) }));
  const measured = lanes.map((lane, index) => {
    const label = expected[index].points.length > 0 ? null : laneWords[lane]; // then it stands where the prediction ends
    return { kind: "measured", lane, label, dash: laneDash[lane], width: 5, points: measuredPoints(seconds, lane, toX) };
  });
  const isPredicted = expected.some(({ points }) => points.some(([x]) => x > 0));
  return {
    kind: "time",
    title: "Success %, last 60 s",
    now: 0,
    ...within(-shownS, isPredicted ? aheadS : 0, marks, toX,
      [...expected, ...measured].map(line => ({ ...line, name: `${line.lane} ${line.kind}`, tone: laneTone[line.lane] }))),
  };
}

function overArm({ seconds, marks }, { act, now_ms, prediction }, arms) {
  const isMeasured = act !== null && act.arm !== null && act.waiting === null;
  const beganMs = isMeasured ? now_ms - 1000 * act.elapsed_s : Infinity;
  const toX = ms => (ms - beganMs) / 1000;
  const names = [...new Set(arms.map(({ arm }) => arm)), ...act?.arm ? [act.arm] : []];
  const line = (arm, lane, kind, look) => ({
    name: `${arm}, ${lane}${kind === "predicted" ? ", predicted" : ""}`, lane, kind, tone: toneOf(names.indexOf(arm)), ...look,
  });
  const isOld = arm => !names.slice(-withWords).includes(arm);
  const finished = arms.filter(({ arm }) => arm !== act?.arm).flatMap(({ arm, lane, label, curve, prediction: expected }) => isOld(arm)
    ? [line(arm, lane, "finished", { label: null, dash: laneDash[lane], width: 1, points: curve })]
    : [
      line(arm, lane, "predicted", { ...predicted, label: null, points: expected }),
      line(arm, lane, "finished", { label, dash: laneDash[lane], width: 3.5, points: curve }),
    ]);
  const ofArm = seconds.filter(({ t_ms }) => t_ms >= beganMs - 200);
  const now = isMeasured ? lanes.flatMap(lane => [
    line(act.arm, lane, "predicted", { ...predicted, label: null, points: predictedPoints(prediction, lane, toX) }),
    line(act.arm, lane, "measured", { label: act.arm, dash: laneDash[lane], width: 6, points: measuredPoints(ofArm, lane, toX) }),
  ]) : [];
  return {
    kind: "arm",
    title: act === null ? `${arms.at(-1).scenario}: success % of the finished arms` : titleOf(act),
    now: isMeasured ? act.elapsed_s : null,
    ...within(0, Math.max(act?.seconds ?? 0, ...arms.map(({ curve }) => curve.at(-1)?.[0] ?? 0)), marks, toX, [...finished, ...now]),
  };
}

const titleOf = act => [`${act.scenario}, ${act.index} of ${act.of}`, act.arm, act.waiting].filter(Boolean).join(": ");

/** What lies between two places on the axis. */
function within(from, to, marks, toX, lines) {
  const isShown = x => x >= from && x <= to;
  return {
    from, to,
    lines: lines.map(line => ({ ...line, points: line.points.filter(([x]) => isShown(x)) })).filter(({ points }) => points.length > 0),
    marks: marks.map(({ t_ms, text }) => ({ x: toX(t_ms), text })).filter(({ x }) => isShown(x)),
  };
}
