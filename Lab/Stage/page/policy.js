// What each lane does, in a few words, under the knobs that are set now.

const supervision = { restart: "restart", resume: "no restart", fresh: "fresh object" };

const valueOf = (knobs, name) => knobs[name]?.value;

/** A knob of ServiceA as it holds in this lane. */
export const inLane = (knobs, lane, name) => valueOf(knobs, `${lane.toUpperCase()}_${name}`) ?? valueOf(knobs, name);

export function policyOf(knobs, lane) {
  const directive = valueOf(knobs, `${lane.toUpperCase()}_SUPERVISION`);
  const pipeline = lane === "http" ? valueOf(knobs, "HTTP_PIPELINE") : "knobs";
  const client = lane === "actor" ? "Akka" : pipeline === "none" ? "HttpClient" : "Polly";
  return {
    title: directive === "restart" ? `supervised, ${client}` : client,
    words: [supervision[directive] ?? directive, retries(knobs, lane, pipeline)].filter(Boolean).join(", "),
    hasBreaker: pipeline === "standard" || (pipeline !== "none" && inLane(knobs, lane, "FAILURE_THRESHOLD") !== 0),
  };
}

function retries(knobs, lane, pipeline) {
  if (pipeline === "standard")
    return "standard handler";
  const most = pipeline === "none" ? 0 : inLane(knobs, lane, "MAX_RETRIES");
  return most === undefined ? null : most === 1 ? "1 retry" : `${most === 0 ? "no" : most} retries`;
}
