// Strokes and words on the canvas of a chart.

import { colour } from "./theme.js";

export function upright(ctx, x, top, height, stroke, width, dash) {
  Object.assign(ctx, { strokeStyle: stroke, lineWidth: width });
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(x, top);
  ctx.lineTo(x, top + height);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Words that stay readable over lines. */
export function outlined(ctx, words, x, y, fill, text) {
  Object.assign(ctx, { strokeStyle: colour("paper"), lineWidth: text * 0.3, lineJoin: "round", fillStyle: fill });
  ctx.strokeText(words, x, y);
  ctx.fillText(words, x, y);
}
