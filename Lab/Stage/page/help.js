// The keys, as a dialog, and on the buttons that do the same.

import { find, make } from "./dom.js";
import { keysOf } from "./keys.js";

export function openHelp(page) {
  const dialog = find("help");
  if (dialog.childElementCount === 0)
    dialog.append(
      make("h2", { id: "help-title" }, "Keys"),
      make("dl", {}, ...keysOf(page).map(({ key, words }) => make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, words)))),
      make("button", { type: "button", class: "close", click: () => dialog.close() }, "Close (Esc)"));
  dialog.showModal();
}
