// A drawing as a list of strokes, boxes and words, written as SVG or painted on a canvas: the two cannot differ in what they say.
// { points, stroke, width, dash } · { box: [x, y, width, height], fill } · { text, x, y, size, bold, end, fill }

const family = "system-ui, Arial, sans-serif";
const svgNames = "http://www.w3.org/2000/svg";

export function toSvg({ shapes, width, height }) {
  const root = element("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "font-family": family });
  root.append(...shapes.map(svgOf));
  return new Blob([new XMLSerializer().serializeToString(root)], { type: "image/svg+xml" });
}

function svgOf({ points, box, text, x, y, stroke, width, dash, fill, size, bold, end }) {
  if (points)
    return element("polyline", {
      points: points.map(point => point.map(round).join(",")).join(" "),
      fill: "none", stroke, "stroke-width": width, "stroke-linejoin": "round",
      ...dash?.length > 0 && { "stroke-dasharray": dash.join(" ") },
    });
  if (box)
    return element("rect", { x: round(box[0]), y: round(box[1]), width: round(box[2]), height: round(box[3]), fill });
  const words = element("text", {
    x: round(x), y: round(y), "font-size": size, fill, ...bold && { "font-weight": 700 }, ...end && { "text-anchor": end },
  });
  words.textContent = text;
  return words;
}

/** At twice the size, for screens that show it large. */
export function toPng({ shapes, width, height }) {
  const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
  const ctx = canvas.getContext("2d");
  ctx.scale(2, 2);
  for (const shape of shapes)
    paint(ctx, shape);
  return new Promise(resolve => canvas.toBlob(resolve, "image/png"));
}

function paint(ctx, { points, box, text, x, y, stroke, width, dash, fill, size, bold, end }) {
  if (points) {
    Object.assign(ctx, { strokeStyle: stroke, lineWidth: width, lineJoin: "round" });
    ctx.setLineDash(dash ?? []);
    ctx.beginPath();
    points.forEach(([px, py], index) => index === 0 ? ctx.moveTo(px, py) : ctx.lineTo(px, py));
    ctx.stroke();
    return;
  }
  ctx.fillStyle = fill;
  if (box) {
    ctx.fillRect(...box);
    return;
  }
  Object.assign(ctx, { font: `${bold ? "bold " : ""}${size}px ${family}`, textAlign: end === "middle" ? "center" : end ?? "left" });
  ctx.fillText(text, x, y);
}

const round = value => Math.round(value * 10) / 10;

function element(name, attributes) {
  const made = document.createElementNS(svgNames, name);
  for (const [key, value] of Object.entries(attributes))
    made.setAttribute(key, value);
  return made;
}
