// The presenter's page: /.

import { Banner } from "./banner.js";
import { Chart } from "./chart.js";
import { find, put } from "./dom.js";
import { Lane } from "./lane.js";
import { follow } from "./live.js";
import { watchTheme } from "./theme.js";
import { Ticker } from "./ticker.js";
import { lanes } from "./words.js";

const banner = new Banner();
const cards = lanes.map(name => new Lane(name, 0.75));
const chart = new Chart(find("chart"), 0.8);
const ticker = new Ticker(find("ticker"), 8);

find("banner-place").append(banner.element);
find("lanes").append(...cards.map(card => card.element));
watchTheme(() => chart.redraw());

follow({
  connected: isConnected => banner.connected(isConnected),
  draw(frame) {
    banner.draw(frame);
    document.body.classList.toggle("acting", frame.act !== null || frame.arms > 0);
    cards.forEach(card => card.draw(frame));
  },
  drawSecond(lines, frame, history) {
    put(find("chart-title"), lines.title);
    put(find("prediction"), frame.prediction ? `┄ predicted: ${frame.prediction.label}` : frame.prediction_absent ? `no prediction: ${frame.prediction_absent}` : "");
    chart.draw(lines);
    ticker.draw(history.events);
  },
});
