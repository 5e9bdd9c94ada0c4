// The audience's page: /stage. Everything that is not on it comes by key.

import { Banner } from "./banner.js";
import { Chart } from "./chart.js";
import { commandsOf } from "./commands.js";
import { Control } from "./control.js";
import { Details } from "./details.js";
import { find, put } from "./dom.js";
import { openHelp } from "./help.js";
import { listen } from "./keys.js";
import { Lane } from "./lane.js";
import { follow } from "./live.js";
import { LoadKeys } from "./load.js";
import { nextMark } from "./marks.js";
import { Note } from "./note.js";
import { setupOf } from "./setup.js";
import { nextTheme, watchTheme } from "./theme.js";
import { Ticker } from "./ticker.js";
import { lanes, predictionWords } from "./words.js";

const banner = new Banner();
const cards = lanes.map(name => new Lane(name, 1.5));
const details = lanes.map(name => new Details(name));
const chart = new Chart(find("chart"), 1.75);
const ticker = new Ticker(find("ticker"), 5);
const note = new Note();
const control = new Control(note);
const setup = await setupOf();
const commands = commandsOf(setup.tiny);
const load = new LoadKeys(commands, control);

find("banner-place").append(banner.element);
find("lanes").append(...cards.map(card => card.element));
cards.forEach(({ element }, index) => element.append(details[index].measures));
watchTheme(() => chart.redraw());

const screen = follow({
  connected: isConnected => banner.connected(isConnected),
  draw(frame) {
    banner.draw(frame);
    document.body.classList.toggle("acting", frame.act !== null || frame.arms > 0);
    cards.forEach(card => card.draw(frame));
    details.forEach(detail => detail.draw(frame));
    load.draw(frame.load);
  },
  drawSecond(lines, frame, history) {
    put(find("chart-title"), lines.title);
    put(find("prediction"), predictionWords(frame));
    chart.draw(lines);
    ticker.draw(history.events);
  },
});

const send = toAction => () => control.send(toAction());

listen("stage", {
  reset: send(commands.reset),
  load: load.toggle, faster: load.faster, slower: load.slower, loadLanes: load.nextLanes,
  mark: send(() => commands.mark(nextMark(screen.frame.marks))),
  kill: send(() => commands.serviceB("kill")),
  pause: send(() => commands.serviceB(screen.frame.contact.service_b === "paused" ? "resume" : "pause")),
  endAct: send(commands.endAct),
  forgetArms: send(commands.forgetArms),
  noFaults: send(() => commands.faults([])),
  fault: ({ fault }) => control.send(commands.faults([usual(fault)])),
  numbers: () => document.body.classList.toggle("with-numbers"),
  events: () => find("lower").classList.toggle("with-events"),
  theme: () => note.say(nextTheme()),
  help: () => openHelp("stage"),
});

/** A fault with the parameters that /setup gives it. */
function usual(kind) {
  const { parameters } = setup.faults.find(fault => fault.kind === kind);
  return { kind, lane: "both", ...Object.fromEntries(parameters.map(({ name, default: value }) => [name, value])) };
}
