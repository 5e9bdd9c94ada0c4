// The presenter's page: /. Builds its parts, hands each frame to them, and says what each key does here.

import { Acts } from "./acts.js";
import { Banner } from "./banner.js";
import { Chart } from "./chart.js";
import { commandsOf } from "./commands.js";
import { Control } from "./control.js";
import { Details } from "./details.js";
import { find, make, nextOption, put } from "./dom.js";
import { offerExports } from "./export.js";
import { Faults } from "./faults.js";
import { openHelp } from "./help.js";
import { keys, listen } from "./keys.js";
import { Knobs } from "./knobs.js";
import { Lane } from "./lane.js";
import { follow } from "./live.js";
import { LoadKeys, LoadPanel } from "./load.js";
import { Marks } from "./marks.js";
import { press } from "./press.js";
import { versionOf } from "./provenance.js";
import { Said } from "./said.js";
import { ServiceB } from "./serviceb.js";
import { setupOf } from "./setup.js";
import { nextTheme, watchTheme } from "./theme.js";
import { Ticker } from "./ticker.js";
import { outcomes } from "./tones.js";
import { Traffic } from "./traffic.js";
import { lanes, predictionWords } from "./words.js";

const setup = await setupOf();
const said = new Said();
const control = new Control(said);
const commands = commandsOf(setup.tiny);

const banner = new Banner();
const cards = lanes.map(name => new Lane(name, 0.75));
const details = lanes.map(name => new Details(name));
const chart = new Chart(find("chart"), 0.8);
const ticker = new Ticker(find("ticker"), 20);
find("banner-place").append(banner.element);
find("lanes").append(...cards.map(card => card.element));
const traffic = cards.map(({ element }, index) => {
  const place = make("div", { class: "traffic", role: "img", "aria-label": `requests per second of lane ${lanes[index]}, by how they ended` });
  element.querySelector(".waiting").after(details[index].measures);
  element.append(place, details[index].ledgers);
  return new Traffic(lanes[index], place);
});
find("outcomes").append(...outcomes.map(({ name, words }) => make("span", { "data-outcome": name }, words)),
  make("span", { "data-outcome": "open" }, "breaker open"), make("span", { "data-outcome": "half_open" }, "half-open"),
  make("span", { class: "line", "data-outcome": "offered" }, "offered"), make("span", { class: "line", "data-outcome": "capacity" }, "capacity of a pool, theory"));

const load = new LoadKeys(commands, control);
const loadPanel = new LoadPanel(load);
const knobs = new Knobs();
setupOf(known => Object.keys(known.knobs).length > 0).then(known => knobs.build(find("knobs"), find("knobs-lane"), known.knobs, commands, control));
const faults = new Faults(find("faults"), setup, commands, control);
const acts = new Acts(setup, commands, control);
const serviceB = new ServiceB(setup, commands, control);
const marks = new Marks(commands, control);
press(find("reset"), control, commands.reset);
put(find("version"), versionOf(setup));
for (const { key, fault } of keys.filter(one => one.fault))
  find(`fault-${fault}`)?.append(make("kbd", {}, key));

const screen = follow({
  connected: isConnected => banner.connected(isConnected),
  draw(frame) {
    banner.draw(frame);
    document.body.classList.toggle("acting", frame.act !== null || frame.arms > 0);
    cards.forEach(card => card.draw(frame));
    details.forEach(detail => detail.draw(frame));
    load.draw(frame.load);
    loadPanel.draw(frame.load);
    knobs.draw(frame.knobs);
    faults.draw(frame.faults);
    acts.draw(frame);
    serviceB.draw(frame.contact);
    marks.draw(frame.marks);
  },
  drawSecond(lines, frame, history) {
    put(find("chart-title"), lines.title);
    put(find("prediction"), predictionWords(frame));
    chart.draw(lines);
    traffic.forEach(one => one.draw(history.seconds, frame.capacity_per_s));
    ticker.draw(history.events);
  },
});

offerExports(screen, setup);
watchTheme(() => [chart, ...traffic].forEach(drawing => drawing.redraw()));
find("theme").addEventListener("click", () => said.say(nextTheme(), null));
find("open-help").addEventListener("click", () => openHelp("presenter"));
find("knob-find").addEventListener("keydown", event => {
  if (event.key === "Enter" && !knobs.goTo(event.target.value))
    said.say(`no knob has ${event.target.value} in its name`, false);
});

listen("presenter", {
  reset: () => find("reset").click(),
  load: load.toggle, faster: load.faster, slower: load.slower, loadLanes: load.nextLanes,
  mark: () => find("mark-text").focus(),
  kill: () => find("kill").click(),
  pause: serviceB.pauseOrResume,
  act: () => find("act-start").click(),
  chooseAct: () => find("act-scenario").focus(),
  endAct: () => find("act-stop").click(),
  forgetArms: () => find("act-forget").click(),
  noFaults: () => find("faults-clear").click(),
  faultLane: () => nextOption(find("faults-lane")),
  fault: ({ fault }) => faults.strike(fault),
  findKnob: () => find("knob-find").select(),
  export: () => find("export-svg").focus(),
  theme: () => said.say(nextTheme(), null),
  help: () => openHelp("presenter"),
});
