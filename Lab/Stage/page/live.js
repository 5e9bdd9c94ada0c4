// The heart of both pages: takes each frame, keeps the history, and has drawn what changed. The chart is drawn once a second,
// and never with half of the last minutes.

import { History } from "./history.js";
import { linesOf } from "./lines.js";
import { watch } from "./stream.js";

/** @param page { draw(frame), drawSecond(lines, frame, history), connected(isConnected) }; @returns what is on screen, for exports. */
export function follow(page) {
  const history = new History();
  const screen = { frame: null, lines: null, history };
  let drawnFor = null;

  watch(frame => {
    history.take(frame);
    screen.frame = frame;
    page.draw(frame);
    const key = JSON.stringify([history.seconds.at(-1)?.t_ms, history.arms.length, history.marks.length, frame.act?.arm, frame.act?.waiting,
      frame.prediction?.from_ms, frame.prediction?.label, frame.prediction_absent, frame.mode]);
    if (key === drawnFor || !history.isWhole)
      return;
    drawnFor = key;
    screen.lines = linesOf(history, frame);
    page.drawSecond(screen.lines, frame, history);
  }, isConnected => {
    if (isConnected)
      history.forget(); // nobody knows what was missed
    page.connected(isConnected);
  });
  return screen;
}
