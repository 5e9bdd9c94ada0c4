// What is on screen as CSV, one value a line: where it comes from, the numbers as shown, the chart's points, and the seconds behind them.

import { factsOf } from "./facts.js";
import { provenanceOf } from "./provenance.js";
import { lanes } from "./words.js";

export function tableOf({ frame, lines, history }, setup) {
  const rows = [
    ["kind", "lane", "name", "x", "value"],
    ...provenanceOf(frame, setup).map(([name, words]) => ["provenance", "", name, "", words]),
    ...lanes.flatMap(lane => Object.entries(factsOf(frame, lane)).map(([name, value]) => ["now", lane, name, "", value])),
    ...lines.lines.flatMap(({ lane, name, points }) => points.map(([x, y]) => ["chart", lane, name, x, y ?? ""])),
    ...lines.marks.map(({ x, text }) => ["mark", "", text, x, ""]),
    ...history.seconds.slice(-60).flatMap(second => lanes.flatMap(lane =>
      Object.entries(second[lane]).map(([name, value]) => ["second", lane, name, new Date(second.t_ms).toISOString(), value ?? ""]))),
  ];
  return new Blob([rows.map(row => row.map(cell).join(",")).join("\r\n") + "\r\n"], { type: "text/csv" });
}

/** Words that a spreadsheet would run are made words again. */
function cell(value) {
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll("\"", "\"\"")}"` : text;
}
