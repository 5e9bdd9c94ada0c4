// Words at the ends of lines, pushed apart so that none covers another.

/**
 * @param wanted [{ y, rows, … }], y in the middle of its rows.
 * @returns [{ y, text, … }], one for each row: none nearer to another than `distance`, all in top..bottom where there is room.
 */
export function apart(wanted, distance, top, bottom) {
  const sorted = wanted.map(one => ({ ...one, half: (one.rows.length - 1) * distance / 2 })).sort((one, other) => one.y - other.y);
  let least = top;
  for (const label of sorted) {
    label.y = Math.max(label.y, least + label.half);
    least = label.y + label.half + distance;
  }
  let most = bottom;
  for (const label of sorted.toReversed()) {
    label.y = Math.min(label.y, most - label.half);
    most = label.y - label.half - distance;
  }
  return sorted.flatMap(({ rows, half, y, ...label }) => rows.map((text, index) => ({ ...label, text, y: y - half + index * distance })));
}

/** Parted between words, so that no row is wider than the room where that can be. */
export function inRows(text, room, widthOf) {
  const rows = [];
  for (const word of text.split(" ")) {
    const longer = [rows.at(-1), word].filter(Boolean).join(" ");
    if (rows.length > 0 && widthOf(longer) > room)
      rows.push(word);
    else
      rows.splice(-1, 1, longer);
  }
  return rows;
}

/** In one row: where that would be wider than the room, words are left out before the last, which tells lanes apart. */
export function inOneRow(text, room, widthOf) {
  const words = text.split(" ");
  const last = words.pop();
  const shortened = () => `${words.join(" ")} … ${last}`;
  if (widthOf(text) <= room)
    return text;
  while (words.length > 1 && widthOf(shortened()) > room)
    words.pop();
  return shortened();
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
      label.words = withLane(label.text, label.lane);
  return labels.map(label => ({ ...label, text: label.words ?? label.text }));
}

/** The widest that a label of these lines may become: lines without a point yet get theirs later, lines that part get their lane. */
export function widestLabel(lines, widthOf) {
  const labels = lines.map(({ label }) => label).filter(label => label !== null);
  const isShared = label => labels.indexOf(label) !== labels.lastIndexOf(label);
  return Math.max(0, ...labels.map(label => widthOf(isShared(label) ? withLane(label, "http") : label)));
}

const withLane = (label, lane) => `${label}, ${lane === "actor" ? "Akka" : "Polly"}`;
