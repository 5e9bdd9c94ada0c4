// The stage's own load: on or off, its rate, and which lanes it goes to.

import { find, put, set } from "./dom.js";
import { Field } from "./field.js";
import { press, previews } from "./press.js";
import { lanes, number } from "./words.js";

const choices = { both: lanes, actor: ["actor"], http: ["http"] };
const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000];

/** The keys' part of it, which the audience's page has too. */
export class LoadKeys {
  #load = { on: false, rate: 20, lanes };

  constructor(commands, control) {
    [this.commands, this.control] = [commands, control];
  }

  draw(load) {
    this.#load = load;
  }

  get now() {
    return this.#load;
  }

  /** What is not named stays as it is. */
  change(changes) {
    return this.commands.load(changes);
  }

  toggle = () => this.#turn({ on: !this.#load.on });
  faster = () => this.#turn({ rate: steps.find(step => step > this.#load.rate) ?? steps.at(-1) });
  slower = () => this.#turn({ rate: steps.findLast(step => step < this.#load.rate) ?? steps[0] });
  nextLanes = () => {
    const names = Object.keys(choices);
    return this.#turn({ lanes: choices[names[(names.indexOf(choiceOf(this.#load.lanes)) + 1) % names.length]] });
  };

  #turn(changes) {
    this.#load = { ...this.#load, ...changes }; // the next key may come before the next frame
    return this.control.send(this.change(changes));
  }
}

export class LoadPanel {
  #keys;
  #toggle = find("load-toggle");
  #lanes = find("load-lanes");
  #rate;

  constructor(keys) {
    this.#keys = keys;
    const { control } = keys;
    const toAction = text => keys.change({ rate: Number(text) });
    this.#rate = new Field({ id: "load-rate", label: "requests per second in each lane", range: "0.1..5000" },
      text => control.send(toAction(text)));
    find("load-rate-place").append(this.#rate.element);
    previews(this.#rate.element, control, () => this.#rate.isFine ? toAction(this.#rate.text) : null);
    press(this.#toggle, control, () => keys.change({ on: !keys.now.on }));
    previews(this.#lanes, control, () => keys.change({ lanes: choices[this.#lanes.value] }));
    this.#lanes.addEventListener("change", () => control.send(keys.change({ lanes: choices[this.#lanes.value] })));
  }

  draw(load) {
    put(this.#toggle, load.on ? "■ Stop" : "▶ Start");
    set(this.#toggle, "aria-pressed", load.on);
    this.#rate.draw(String(load.rate));
    if (document.activeElement !== this.#lanes)
      this.#lanes.value = choiceOf(load.lanes);
    put(find("load-words"), [load.lag_p99_ms === null ? null : `late by ${number(load.lag_p99_ms)} ms (p99)`,
      load.dropped > 0 ? `${load.dropped} dropped` : null,
      load.other_per_s > 0 ? `${number(load.other_per_s)}/s of others` : null].filter(Boolean).join(", "));
  }
}

const choiceOf = to => to.length === 1 ? to[0] : "both";
