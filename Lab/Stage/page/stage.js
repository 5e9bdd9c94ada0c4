// The audience's page: /stage.

import { Banner } from "./banner.js";
import { Chart } from "./chart.js";
import { find, put, set, show } from "./dom.js";
import { Lane } from "./lane.js";
import { follow } from "./live.js";
import { watchTheme } from "./theme.js";
import { Ticker } from "./ticker.js";
import { lanes } from "./words.js";

const banner = new Banner();
const cards = lanes.map(name => new Lane(name, 1.5));
const chart = new Chart(find("chart"), 1.75);
const ticker = new Ticker(find("ticker"), 5);

find("banner-place").append(banner.element);
find("lanes").append(...cards.map(card => card.element));
watchTheme(() => chart.redraw());

follow({
  connected: isConnected => banner.connected(isConnected),
  draw(frame) {
    banner.draw(frame);
    document.body.classList.toggle("acting", frame.act !== null || frame.arms > 0);
    cards.forEach(card => card.draw(frame));
    show(find("no-traffic"), lanes.every(name => frame.lanes[name].success_percent === null) && frame.act === null && frame.arms === 0);
  },
  drawSecond(lines, frame, history) {
    put(find("chart-title"), lines.title);
    put(find("prediction"), frame.prediction ? `┄ predicted: ${frame.prediction.label}` : frame.prediction_absent ? `no prediction: ${frame.prediction_absent}` : "");
    chart.draw(lines);
    ticker.draw(history.events);
  },
});
