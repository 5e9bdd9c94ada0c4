// Numbers and states as the pages and the exports write them: the same everywhere, so that what is saved equals what was seen.

export const lanes = ["actor", "http"];

export const breakerWords = { closed: "CLOSED", open: "OPEN", half_open: "HALF-OPEN", none: "NO BREAKER" };

/** In the order in which they are named: the sick first. */
export const workerStates = ["corrupt", "hung", "stopped", "failing", "restarting", "busy", "idle"];

export const nothing = "–";

/** One decimal. 100 and 0 are written only where it is exactly so. */
export function percent(value) {
  if (value === null || value === undefined)
    return nothing;
  if (value === 0 || value === 100)
    return String(value);
  return Math.min(99.9, Math.max(0.1, value)).toFixed(1);
}

/** About three digits. */
export function number(value) {
  if (value === null || value === undefined)
    return nothing;
  const size = Math.abs(value);
  return size >= 100 || Number.isInteger(value) ? whole(value) : value.toFixed(size >= 10 ? 1 : 2);
}

export const whole = value => Math.round(value).toLocaleString("en-US");

export const times = value => value === null ? nothing : value >= 10 ? value.toFixed(1) : value.toFixed(2);

export const milliseconds = value => value === null ? nothing : `${number(value)} ms`;

export const countdown = ms => (Math.max(0, ms) / 1000).toFixed(1);

export const clock = ms => new Date(ms).toLocaleTimeString("en-GB");

export function span(seconds) {
  const all = Math.max(0, Math.floor(seconds));
  return `${Math.floor(all / 60)}:${String(all % 60).padStart(2, "0")}`;
}

export const count = (n, word) => `${whole(n)} ${word}${n === 1 ? "" : "s"}`;

export const predictionWords = ({ prediction, prediction_absent }) =>
  prediction !== null ? `┄ predicted: ${prediction.label}` : prediction_absent !== null ? `no prediction: ${prediction_absent}` : "";
