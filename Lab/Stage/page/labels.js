// Words at the ends of lines, pushed apart so that none covers another.

/**
 * @param wanted [{ y, text, … }]. @returns the same with y moved: no two nearer than `distance`, all in top..bottom where there is room.
 */
export function apart(wanted, distance, top, bottom) {
  const sorted = wanted.map(one => ({ ...one })).sort((one, other) => one.y - other.y);
  let least = top;
  for (const label of sorted) {
    label.y = Math.max(label.y, least);
    least = label.y + distance;
  }
  let most = bottom;
  for (const label of sorted.toReversed()) {
    label.y = Math.min(label.y, most);
    most = label.y - distance;
  }
  return sorted;
}

/** One label for each arm or lane: lines of one label that end near each other share it. */
export function labelsOf(lines, yOf, near) {
  const labels = [];
  for (const line of lines.filter(one => one.label !== null)) {
    const last = line.points.findLast(([, percent]) => percent !== null);
    if (last === undefined)
      continue;
    const [y, same] = [yOf(last[1]), labels.find(label => label.text === line.label && Math.abs(label.y - yOf(last[1])) < near)];
    if (same === undefined)
      labels.push({ y, text: line.label, tone: line.tone, lane: line.lane, x: last[0] });
  }
  for (const label of labels)
    if (labels.some(other => other !== label && other.text === label.text))
      label.words = `${label.text}, ${label.lane === "actor" ? "Akka" : "Polly"}`;
  return labels.map(label => ({ ...label, text: label.words ?? label.text }));
}
