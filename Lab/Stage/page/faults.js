// Every fault as a button with its parameters, and those that are set now, each with its end.

import { find, make, put, set, show } from "./dom.js";
import { press } from "./press.js";

const common = ["lane", "worker", "from_s"]; // the lane is chosen once for all; the others stay as they are

export class Faults {
  #rows;
  #set = [];
  #list = find("faults-set");
  #drawn = "";
  #commands;
  #control;

  constructor(place, setup, commands, control) {
    [this.#commands, this.#control] = [commands, control];
    const toAction = chosen => commands.faults(find("faults-beside").checked ? [...this.#set, chosen] : [chosen]);
    this.#rows = setup.faults.map(fault => new FaultRow(fault, toAction, control));
    place.append(...this.#rows.map(row => row.element));
    press(find("faults-clear"), control, () => commands.faults([]));
  }

  strike(kind) {
    this.#rows.find(row => row.kind === kind)?.button.click();
  }

  draw(faults) {
    const text = JSON.stringify(faults);
    if (text === this.#drawn)
      return;
    this.#drawn = text;
    this.#set = faults.map(({ active, ...fault }) => fault);
    this.#list.replaceChildren(...faults.map((fault, index) => {
      const end = make("button", { type: "button", "aria-label": `end ${fault.kind}` }, "✕");
      press(end, this.#control, () => this.#commands.faults(this.#set.toSpliced(index, 1)));
      return make("li", { "data-fault": fault.kind }, wordsOf(fault), " ", end);
    }));
    show(find("faults-none"), faults.length === 0);
    this.#rows.forEach(row => set(row.button, "aria-pressed", faults.some(fault => fault.kind === row.kind)));
  }
}

class FaultRow {
  #fields;
  #reason = make("p", { class: "reason", role: "alert", hidden: true });
  kind;
  button;
  element;

  constructor({ kind, meaning, parameters }, toAction, control) {
    this.kind = kind;
    this.#fields = parameters.filter(({ name }) => !common.includes(name)).map(({ name, default: usual }) => {
      const text = String(usual ?? "");
      const input = make("input", {
        id: `fault-${kind}-${name}`, value: text, size: Math.max(4, text.length), placeholder: "null",
        autocomplete: "off", spellcheck: "false",
        input: () => this.#refuse({}, ""),
      });
      return { name, input, element: make("label", {}, name, input) };
    });
    this.button = make("button", { type: "button", class: "fault", id: `fault-${kind}`, title: meaning, "aria-pressed": "false" }, kind);
    press(this.button, control, () => toAction(this.#fault()), ({ ok, errors, detail }) => this.#refuse(errors, ok ? "" : detail));
    this.element = make("div", { class: "fault-row", "data-fault-row": kind },
      this.button, make("div", {}, ...this.#fields.map(field => field.element)), this.#reason);
  }

  #fault() {
    const parameters = this.#fields.map(({ name, input }) => [name, valueOf(input.value.trim())]);
    return { kind: this.kind, lane: find("faults-lane").value, ...Object.fromEntries(parameters) };
  }

  /** A field that the server's reasons name is marked; all reasons stand beside the fields. */
  #refuse(errors, detail) {
    const names = Object.keys(errors).map(path => path.replace(/^\[\d+\]\./, ""));
    for (const { name, input } of this.#fields)
      input.setCustomValidity(names.includes(name) ? "refused" : "");
    put(this.#reason, Object.values(errors).map((reason, index) => `${names[index]}: ${reason}`).join("; ") || detail);
    show(this.#reason, detail !== "");
  }
}

/** As JSON means it; words stay words, and an empty field is null. */
function valueOf(text) {
  if (text === "" || text === "null")
    return null;
  if (text === "true" || text === "false")
    return text === "true";
  return Number.isNaN(Number(text)) ? text : Number(text);
}

const usual = { lane: "both", from_s: 0, fast: false, worker: null, for_s: null };

/** Its own parameters, and what of the common ones is not as usual. */
const wordsOf = ({ kind, name: _, active, ...rest }) => [kind, ...Object.entries(rest).filter(([name, value]) => value !== usual[name])
  .map(([name, value]) => `${name} ${value}`), active === false ? "(not now)" : null].filter(Boolean).join(", ");
