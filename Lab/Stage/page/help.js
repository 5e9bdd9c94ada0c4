// The keys, as a dialog, and on the buttons that do the same.

import { find, make } from "./dom.js";
import { keysOf } from "./keys.js";

export function openHelp(page) {
  const dialog = find("help");
  const ofPage = keysOf(page);
  if (dialog.childElementCount === 0)
    dialog.append(
      make("h2", { id: "help-title" }, "Keys"),
      make("dl", {}, ...ofPage.filter(one => !one.fault).map(({ key, words }) =>
        make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, words)))),
      make("p", {}, "Faults, with Shift:"),
      make("ul", { class: "flow" }, ...ofPage.filter(one => one.fault).map(({ key, fault }) =>
        make("li", {}, make("kbd", {}, key), ` ${fault}`))),
      make("button", { type: "button", class: "close", click: () => dialog.close() }, "Close (Esc)"));
  dialog.showModal();
}
