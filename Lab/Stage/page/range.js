// A knob's range, as the services write it, read for a field: "0..10", "true, false", "none, requests:0..1".

const between = /^(-?[\d.]+)\.\.(-?[\d.]+)$/;

/** { min, max } as text, of a range of numbers; otherwise null. */
export function boundsOf(range) {
  const match = between.exec(range);
  return match === null ? null : { min: match[1], max: match[2] };
}

/** The words to choose from; null where something in it is a number. */
export function choicesOf(range) {
  const words = range.split(", ");
  return words.length > 1 && words.every(word => !word.includes("..")) ? words : null;
}

/** Why this text is not in the range; "" where it is. */
export function complaint(range, text) {
  return range.split(", ").some(part => fits(part, text)) ? "" : `${text === "" ? "nothing" : text} is not in ${range}`;
}

/** The text as the services want it in JSON. */
export function toJson(range, text) {
  if (text === "true" || text === "false")
    return text;
  if (boundsOf(range) === null)
    return JSON.stringify(text);
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? text : String(Number(text)); // as typed: a seed has more digits than a double
}

function fits(part, text) {
  const [prefix, rest] = part.includes(":") ? [part.slice(0, part.indexOf(":") + 1), part.slice(part.indexOf(":") + 1)] : ["", part];
  const bounds = boundsOf(rest);
  if (bounds === null)
    return part === text;
  const value = text.slice(prefix.length).trim();
  return text.startsWith(prefix) && value !== "" && Number(value) >= Number(bounds.min) && Number(value) <= Number(bounds.max);
}
