// What the chart of success holds, as data: the page draws it, and the exports write the same. Over the last 60 s with "now" at 0;
// in an act, and while finished arms are kept, over the seconds of an arm, so that the arms can be compared.

import { laneDash, laneTone, predicted, toneOf } from "./tones.js";
import { lanes } from "./words.js";

const shownS = 60;
const aheadS = 20;
const laneWords = { actor: "Akka", http: "Polly" };

/** Each line: name, label at its end (or null), tone, dash, width, kind (measured, finished, predicted), points [x, percent]. */
export function linesOf(history, frame) {
  const scenario = frame.act?.scenario ?? history.arms.at(-1)?.scenario;
  const arms = history.arms.filter(arm => arm.scenario === scenario);
  return frame.act || arms.length > 0 ? overArm(history, frame, arms) : overTime(history, frame);
}

function overTime(history, frame) {
  const lastMs = history.seconds.at(-1)?.t_ms;
  const nowMs = lastMs === undefined ? frame.now_ms : Math.max(lastMs + 1000, frame.now_ms - 1500);
  const toX = ms => (ms - nowMs) / 1000;
  const isShown = ([x]) => x >= -shownS && x <= aheadS;
  const line = (lane, kind, look, points) =>
    ({ name: `${lane} ${kind}`, lane, kind, label: laneWords[lane], tone: laneTone[lane], ...look, points: points.filter(isShown) });
  const expected = lanes.map(lane => line(lane, "predicted", predicted, predictionOf(frame.prediction, lane, toX)));
  const isPredicted = expected.some(({ points }) => points.some(([x]) => x > 0));
  const measured = lanes.map((lane, index) => line(lane, "measured",
    { dash: laneDash[lane], width: 5, ...expected[index].points.length > 0 && { label: null } }, smooth(history.seconds, lane, toX)));
  return {
    kind: "time",
    title: "Success %, last 60 s",
    from: -shownS,
    to: isPredicted ? aheadS : 0,
    now: 0,
    lines: [...expected, ...measured].filter(one => one.points.length > 0),
    marks: history.marks.map(({ t_ms, text }) => ({ x: toX(t_ms), text })).filter(mark => isShown([mark.x])),
  };
}

function overArm(history, frame, arms) {
  const { act } = frame;
  const names = [...new Set(arms.map(arm => arm.arm)), ...act?.arm ? [act.arm] : []];
  const toneOfArm = name => toneOf(names.indexOf(name));
  const lines = arms.filter(arm => arm.arm !== act?.arm).flatMap(arm => {
    const look = { lane: arm.lane, tone: toneOfArm(arm.arm) };
    return [
      { ...look, ...predicted, name: `${arm.arm}, ${arm.lane}, predicted`, kind: "predicted", label: null, points: arm.prediction },
      { ...look, name: `${arm.arm}, ${arm.lane}`, kind: "finished", label: arm.label, dash: laneDash[arm.lane], width: 3.5, points: arm.curve },
    ];
  });
  const isMeasured = act !== null && act.arm !== null && act.waiting === null;
  const beganMs = isMeasured ? frame.now_ms - 1000 * act.elapsed_s : null;
  if (isMeasured) {
    const toX = ms => (ms - beganMs) / 1000;
    const ofArm = history.seconds.filter(second => second.t_ms >= beganMs - 200);
    for (const lane of lanes) {
      const look = { lane, tone: toneOfArm(act.arm) };
      lines.push(
        { ...look, ...predicted, name: `${act.arm}, ${lane}, predicted`, kind: "predicted", label: null, points: predictionOf(frame.prediction, lane, toX) },
        { ...look, name: `${act.arm}, ${lane}`, kind: "measured", label: act.arm, dash: laneDash[lane], width: 6, points: smooth(ofArm, lane, toX) });
    }
  }
  const to = Math.max(act?.seconds ?? 0, ...arms.map(arm => arm.curve.at(-1)?.[0] ?? 0));
  return {
    kind: "arm",
    title: act === null ? `${arms.at(-1).scenario}: success % of the finished arms` : titleOf(act),
    from: 0,
    to,
    now: isMeasured ? act.elapsed_s : null,
    lines: lines.filter(one => one.points.length > 0).map(one => ({ ...one, points: one.points.filter(([x]) => x >= 0 && x <= to) })),
    marks: beganMs === null ? [] : history.marks.map(({ t_ms, text }) => ({ x: (t_ms - beganMs) / 1000, text })).filter(mark => mark.x >= 0 && mark.x <= to),
  };
}

const titleOf = act => [`${act.scenario}, ${act.index} of ${act.of}`, act.arm, act.waiting].filter(Boolean).join(": ");

function predictionOf(prediction, lane, toX) {
  const values = prediction?.[lane] ?? [];
  return values.map((value, index) => [toX(prediction.from_ms + 1000 * prediction.step_s * index), value]);
}

/** Success of each second together with the two beside it: single seconds scatter too much to be read. null: no traffic, a gap. */
function smooth(seconds, lane, toX) {
  return seconds.map((second, index) => {
    let [answers, succeeded] = [0, 0];
    for (const near of seconds.slice(Math.max(0, index - 1), index + 2)) {
      const { failed, refused, timed_out } = near[lane];
      succeeded += near[lane].succeeded;
      answers += near[lane].succeeded + failed + refused + timed_out;
    }
    return [toX(second.t_ms + 500), answers === 0 ? null : 100 * succeeded / answers];
  });
}
