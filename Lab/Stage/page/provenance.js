// Where an exported picture or table comes from: what it would take to see the same again.

import { whole } from "./words.js";

/** [name, words] in the order in which they are written. */
export function provenanceOf(frame, setup) {
  const { mode, replay, now_ms, knobs, faults, load, act } = frame;
  const differing = Object.entries(knobs).filter(([, { value, default: usual }]) => value !== usual)
    .map(([name, { value }]) => `${name}=${value}`);
  const recorded = mode === "replay"
    ? [["REPLAY", `${replay.clock === "virtual" ? "in virtual time" : `recorded at ${replay.recorded_at}`}, second ${whole(replay.position_s)} of ${whole(replay.length_s)}`]] : [];
  return [
    ["TinyResilient", versionOf(setup)],
    ["shown at", new Date(now_ms).toISOString()],
    ...recorded,
    ["knobs not at their default", differing.join(" ") || "none"],
    ["faults", faults.length === 0 ? "none" : faults.map(({ active, ...fault }) => JSON.stringify(fault)).join(" ")],
    ["load", load.on ? `${load.rate}/s to ${load.lanes.join(" and ")}` : "off"],
    ...act === null ? [] : [["scenario", `${act.scenario}, ${act.arm}`]],
    ...frame.prediction === null ? [] : [["prediction", frame.prediction.label]],
  ];
}

export const versionOf = ({ version, commit }) => commit === null ? version : `${version}, commit ${commit.slice(0, 7)}`;
