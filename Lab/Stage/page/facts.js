// The numbers of a lane as the page shows them, by name: for exports, which say the same in the same digits.

import { policyOf } from "./policy.js";
import { countStates, wordsOf } from "./states.js";
import { breakerWords, count, countdown, milliseconds, number, percent, times } from "./words.js";

export function factsOf(frame, name) {
  const lane = frame.lanes[name];
  const policy = policyOf(frame.knobs, name);
  const state = policy.hasBreaker ? lane.breaker.state : "none";
  const probeInMs = policy.hasBreaker ? lane.breaker.probe_in_ms : null;
  return {
    policy: `${policy.title}, ${policy.words}`,
    state,
    breaker: breakerWords[state] + (probeInMs === null ? "" : `, probe in ${countdown(probeInMs)} s`),
    "success %": percent(lane.success_percent),
    answers: count(lane.answers, "answer"),
    attempts: count(lane.work, "attempt"),
    "work per answer": times(lane.work_per_answer),
    "requests/s": number(lane.requests_per_s),
    p50: milliseconds(lane.p50_ms),
    p95: milliseconds(lane.p95_ms),
    workers: lane.workers.length === 0 ? "not known" : wordsOf(countStates(lane.workers)),
    restarts: count(lane.workers.reduce((sum, { restarts }) => sum + restarts, 0), "restart"),
  };
}
