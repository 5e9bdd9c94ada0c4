// Every key of both pages, in one place: what it is called, and what it does. No key fires while something is typed, nor with Ctrl,
// Alt or Meta; those belong to the browser.

export const keys = [
  { key: "0", does: "reset", words: "back to known good: no load, no fault, knobs as at the start" },
  { key: "l", does: "load", words: "load on, off" },
  { key: "+", does: "faster", words: "more load" },
  { key: "-", does: "slower", words: "less load" },
  { key: "b", does: "loadLanes", words: "load to both lanes, to actor, to http" },
  { key: "m", does: "mark", words: "mark this moment in the chart" },
  { key: "k", does: "kill", words: "kill ServiceB" },
  { key: "p", does: "pause", words: "pause ServiceB, or let it go on" },
  { key: "s", does: "act", words: "begin the chosen scenario", page: "presenter" },
  { key: "g", does: "chooseAct", words: "choose a scenario", page: "presenter" },
  { key: ".", does: "endAct", words: "end the scenario" },
  { key: "f", does: "forgetArms", words: "forget the finished arms" },
  { key: "x", does: "noFaults", words: "take all faults away" },
  { key: "w", does: "faultLane", words: "where the next fault strikes: both lanes, actor, http", page: "presenter" },
  ...[["E", "error"], ["B", "burst"], ["O", "outage"], ["K", "first_k"], ["S", "slow"], ["H", "hang"], ["R", "crash"],
    ["Q", "query_of_death"], ["C", "corrupt"], ["I", "silent"], ["X", "external"], ["N", "needs_rest"], ["A", "ack_lost"],
    ["T", "stall"], ["L", "crash_loop"]]
    .map(([key, fault]) => ({ key, does: "fault", fault, words: `fault ${fault}` })),
  { key: "/", does: "findKnob", words: "find a knob", page: "presenter" },
  { key: "e", does: "export", words: "export what is on screen", page: "presenter" },
  { key: "i", does: "numbers", words: "show and hide more numbers", page: "stage" },
  { key: "v", does: "events", words: "show what happened instead of the chart, and back", page: "stage" },
  { key: "t", does: "theme", words: "colours as the system has them, light, dark" },
  { key: "?", does: "help", words: "these keys" },
];

export const keysOf = page => keys.filter(one => one.page === undefined || one.page === page);

/** @param acts what each `does` means on this page. */
export function listen(page, acts) {
  const mine = keysOf(page);
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTyping(event.target))
      return;
    const found = mine.find(({ key }) => key === event.key);
    if (found === undefined)
      return;
    event.preventDefault();
    acts[found.does](found);
  });
}

const isTyping = target =>
  target.closest("input, select, textarea") !== null || document.querySelector("dialog[open]") !== null;
