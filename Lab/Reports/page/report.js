// Draws the charts that can be zoomed, again whenever the width or the light changes.
(() => {
  "use strict";
  const places = [...document.querySelectorAll(".curve")].map(details => ({
    details,
    plot: details.querySelector(".plot"),
    curve: JSON.parse(details.querySelector("script").textContent),
  }));
  let drawn = [];

  const visible = { measured: { width: 3 }, theory: { width: 1 }, high: { width: 0 }, low: { width: 0 } };

  function options({ curve, plot }) {
    const style = getComputedStyle(document.documentElement);
    const ink = style.getPropertyValue("--ink").trim();
    const axis = { stroke: ink, grid: { stroke: style.getPropertyValue("--faint").trim(), width: 1 }, ticks: { show: false } };
    return {
      width: Math.max(300, plot.clientWidth),
      height: 420,
      scales: {
        x: { time: false, distr: curve.log_x ? 3 : 1 },
        y: { range: (chart, low, high) => [Math.min(0, low ?? 0), curve.max_y ?? Math.max(high ?? 0, 1e-9) * 1.05] },
      },
      axes: [{ ...axis, label: curve.label_x }, { ...axis, label: curve.label_y }],
      series: [{ label: curve.label_x }, ...curve.series.map(one => ({
        label: one.label,
        class: one.label === "" ? "hidden" : null,
        stroke: one.kind === "theory" ? ink : one.colour,
        dash: one.dash ? one.dash.split(" ").map(Number) : undefined,
        points: { show: false },
        ...visible[one.kind],
      }))],
      bands: curve.series.flatMap((one, index) => one.kind === "high" ? [{ series: [index + 1, index + 2], fill: one.colour + "33" }] : []),
    };
  }

  function draw() {
    drawn.forEach(chart => chart.destroy());
    drawn = places.filter(place => place.details.open).map(place =>
      new uPlot(options(place), place.curve.data.map(column => column.map(value => value === "" ? undefined : value)), place.plot));
  }

  let waiting;
  function drawSoon() {
    clearTimeout(waiting);
    waiting = setTimeout(draw, 150);
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  addEventListener("resize", drawSoon);
  places.forEach(place => place.details.addEventListener("toggle", drawSoon));
  draw();
})();
