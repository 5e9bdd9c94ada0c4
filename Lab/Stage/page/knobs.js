// Every knob with its unit, range, default and meaning: the basic ones first, the others folded away. Those of ServiceA may be
// set in one lane alone.

import { make, put, set, show } from "./dom.js";
import { Field } from "./field.js";
import { press, previews } from "./press.js";
import { toJson } from "./range.js";

const prefixes = { both: "", actor: "ACTOR_", http: "HTTP_" };

export class Knobs {
  #rows = [];

  /** @param laneChoice the field that says in which lanes. @param known the knobs of /setup. */
  build(place, laneChoice, known, commands, control) {
    const hasLanes = ({ service }) => service === "A";
    this.#rows = Object.entries(known).map(([name, knob]) =>
      new KnobRow(name, knob, () => hasLanes(knob) ? prefixes[laneChoice.value] : "", commands, control));
    const rowsOf = level => this.#rows.filter(row => row.level === level).map(row => row.element);
    const advanced = make("details", { id: "advanced" }, make("summary", {}, "Advanced"), ...rowsOf("advanced"));
    place.append(...rowsOf("basic"), advanced);
  }

  draw(knobs) {
    this.#rows.forEach(row => row.draw(knobs));
  }

  /** The field of the first knob whose name holds these letters. */
  goTo(letters) {
    const sought = letters.trim().toUpperCase().replaceAll(" ", "_");
    const row = this.#rows.find(({ name }) => name.startsWith(sought)) ?? this.#rows.find(({ name }) => name.includes(sought));
    if (row === undefined)
      return false;
    row.element.closest("details")?.setAttribute("open", "");
    row.focus();
    return true;
  }
}

class KnobRow {
  #field;
  #prefix;
  #changed = make("span", { class: "changed" });
  #inLane;
  element;

  constructor(name, { unit, range, meaning, level, default: usual }, prefix, commands, control) {
    [this.name, this.level, this.#prefix] = [name, level, prefix];
    const about = make("p", { class: "about", id: `about-${name}` }, `${meaning}. ${range}${unit ? ` ${unit}` : ""}, default ${usual}`);
    const toAction = text => commands.knob(prefix() + name, toJson(range, text));
    this.#field = new Field({ id: `knob-${name}`, label: name, range, describedBy: about.id }, text => control.send(toAction(text)));
    previews(this.#field.element, control, () => this.#field.isFine ? toAction(this.#field.text) : null);
    const back = make("button", { type: "button", class: "default", "aria-label": `${name} back to its default` }, "↺");
    press(back, control, () => toAction(String(usual)), ({ ok, detail }) => this.#field.refuse(ok ? "" : detail));
    this.#inLane = ["actor", "http"].map(lane => new LaneValue(prefixes[lane] + name, lane, commands, control));
    this.element = make("div", { class: "knob", "data-knob": name },
      make("span", { class: "name" }, name, this.#changed), this.#field.element,
      make("span", { class: "unit" }, unit ?? ""), back,
      ...this.#inLane.map(value => value.element), about);
  }

  draw(knobs) {
    const own = knobs[this.name];
    if (own === undefined)
      return;
    this.#field.draw(String((knobs[this.#prefix() + this.name] ?? own).value));
    put(this.#changed, own.value === own.default ? "" : " ●");
    set(this.element, "data-changed", own.value !== own.default);
    this.#inLane.forEach(value => value.draw(knobs));
  }

  focus() {
    this.#field.input.focus();
    this.#field.input.select?.();
  }
}

/** What a knob of ServiceA is in one lane, while it is set there; a click takes that off again. */
class LaneValue {
  #name;
  element;

  constructor(name, lane, commands, control) {
    this.#name = name;
    this.element = make("button", { type: "button", class: "in-lane", hidden: true, "data-lane-knob": name });
    press(this.element, control, () => commands.knob(name, "null"));
    this.words = value => `${lane}: ${value} ✕`;
  }

  draw(knobs) {
    const knob = knobs[this.#name];
    const isOverride = knob !== undefined && document.getElementById(`knob-${this.#name}`) === null;
    show(this.element, isOverride);
    if (isOverride)
      put(this.element, this.words(knob.value));
  }
}
