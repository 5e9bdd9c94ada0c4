// The presenter's page: /. What the audience sees and more of it, and the controls.

import { Banner } from "./banner.js";
import { Chart } from "./chart.js";
import { commandsOf } from "./commands.js";
import { Control } from "./control.js";
import { Controls } from "./controls.js";
import { Details } from "./details.js";
import { find, make, put } from "./dom.js";
import { allowExports, offerExports } from "./export.js";
import { Lane } from "./lane.js";
import { follow } from "./live.js";
import { versionOf } from "./provenance.js";
import { Said } from "./said.js";
import { setupOf } from "./setup.js";
import { watchTheme } from "./theme.js";
import { Ticker } from "./ticker.js";
import { outcomes } from "./tones.js";
import { Traffic } from "./traffic.js";
import { lanes, predictionWords } from "./words.js";

const banner = new Banner();
const cards = lanes.map(name => new Lane(name, 0.75));
const details = lanes.map(name => new Details(name));
const chart = new Chart(find("chart"), 0.8);
const ticker = new Ticker(find("ticker"), 20);
const setup = await setupOf();
const said = new Said();
const controls = new Controls(setup, commandsOf(setup.tiny), new Control(said), said);

find("banner-place").append(banner.element);
find("lanes").append(...cards.map(card => card.element));
const traffic = cards.map(({ element }, index) => {
  const label = `requests per second of lane ${lanes[index]}, by how they ended`;
  const place = make("div", { class: "traffic", role: "img", "aria-label": label });
  element.querySelector(".waiting").after(details[index].measures);
  element.append(place, details[index].ledgers);
  return new Traffic(lanes[index], place);
});
find("outcomes").append(...outcomes.map(({ name, words }) => make("span", { "data-outcome": name }, words)),
  make("span", { "data-outcome": "open" }, "breaker open"), make("span", { "data-outcome": "half_open" }, "half-open"),
  make("span", { class: "line", "data-outcome": "offered" }, "offered"),
  make("span", { class: "line", "data-outcome": "capacity" }, "capacity of a pool, theory"));
put(find("version"), versionOf(setup));

const screen = follow({
  connected: isConnected => banner.connected(isConnected),
  draw(frame) {
    banner.draw(frame);
    document.body.classList.toggle("acting", frame.act !== null || frame.arms > 0);
    [...cards, ...details, controls].forEach(part => part.draw(frame));
  },
  drawSecond(lines, frame, history) {
    put(find("chart-title"), lines.title);
    put(find("prediction"), predictionWords(frame));
    chart.draw(lines);
    traffic.forEach(one => one.draw(history.seconds, frame.capacity_per_s));
    ticker.draw(history.events);
    allowExports();
  },
});
offerExports(screen, setup);
watchTheme(() => [chart, ...traffic].forEach(drawing => drawing.redraw()));
