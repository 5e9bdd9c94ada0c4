// Saves what is on screen now as SVG, PNG or CSV.

import { toPng, toSvg } from "./drawing.js";
import { find, make } from "./dom.js";
import { pictureOf } from "./picture.js";
import { tableOf } from "./table.js";

export function offerExports(screen, setup) {
  const kinds = {
    svg: () => toSvg(pictureOf(screen, setup)),
    png: () => toPng(pictureOf(screen, setup)),
    csv: () => tableOf(screen, setup),
  };
  for (const [kind, toBlob] of Object.entries(kinds))
    find(`export-${kind}`).addEventListener("click", async () => save(await toBlob(), `${nameOf(screen.frame)}.${kind}`));
}

/** There is something on screen now. */
export function allowExports() {
  for (const kind of ["svg", "png", "csv"])
    find(`export-${kind}`).disabled = false;
}

function nameOf({ mode, now_ms }) {
  const time = new Date(now_ms).toISOString().slice(0, 19).replaceAll(":", "-");
  return `tiny-${time}${mode === "replay" ? "-replay" : ""}`;
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // a busy machine begins to save late
}
