// From seconds and predictions to the points of a line: [x, success in percent], null where there is a gap.

const besideMs = 1500; // what is further from a second is not beside it

/** Success of each second together with the two beside it: single seconds scatter too much to be read. No traffic is a gap. */
export function measuredPoints(seconds, lane, toX) {
  const points = [];
  seconds.forEach((second, index) => {
    const beside = seconds.slice(Math.max(0, index - 1), index + 2).filter(({ t_ms }) => Math.abs(t_ms - second.t_ms) < besideMs);
    if (index > 0 && second.t_ms - seconds[index - 1].t_ms >= besideMs)
      points.push([toX(second.t_ms - 500), null]);
    points.push([toX(second.t_ms + 500), successOf(beside.map(one => one[lane]))]);
  });
  return points;
}

function successOf(parts) {
  const sum = name => parts.reduce((total, part) => total + part[name], 0);
  const answers = sum("succeeded") + sum("failed") + sum("refused") + sum("timed_out");
  return answers === 0 ? null : 100 * sum("succeeded") / answers;
}

export function predictedPoints(prediction, lane, toX) {
  const values = prediction?.[lane] ?? [];
  return values.map((value, index) => [toX(prediction.from_ms + 1000 * prediction.step_s * index), value]);
}
