// The fills of the stack of outcomes: hatched in four ways, so that they are told apart without colour. presenter.css hatches the
// legend alike.

const patterns = new Map();

export function patternOf(name, tone) {
  if (!patterns.has(name)) {
    const tile = Object.assign(document.createElement("canvas"), { width: 8, height: 8 });
    const ctx = tile.getContext("2d");
    ctx.fillStyle = tone;
    ctx.fillRect(0, 0, 8, 8);
    Object.assign(ctx, { strokeStyle: "#ffffffcc", lineWidth: 1.5 });
    for (const line of hatches[name])
      ctx.stroke(new Path2D(line));
    patterns.set(name, ctx.createPattern(tile, "repeat"));
  }
  return patterns.get(name);
}

const hatches = {
  succeeded: [],
  failed: ["M-2 2L2 -2M0 8L8 0M6 10L10 6"],
  refused: ["M0 4H8"],
  timed_out: ["M4 0V8M0 4H8"],
};
