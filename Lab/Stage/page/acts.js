// Scenarios on the running services: which, which arm of it, begin and end.

import { find, make, put, set } from "./dom.js";
import { press } from "./press.js";
import { whole } from "./words.js";

const all = "all arms, one after the other";

export class Acts {
  #scenarios;
  #scenario = find("act-scenario");
  #arm = find("act-arm");

  constructor(setup, commands, control) {
    this.#scenarios = setup.scenarios;
    this.#scenario.append(...setup.scenarios.map(({ name, id }) => make("option", { value: name }, `${name} (${id})`)));
    this.#scenario.addEventListener("change", () => this.#choose());
    this.#arm.addEventListener("change", () => this.#describe());
    const begin = () => commands.act(this.#scenario.value, this.#arm.value === all ? null : this.#arm.value);
    press(find("act-start"), control, begin, ({ ok, detail }) => put(find("act-reason"), ok ? "" : detail));
    press(find("act-stop"), control, commands.endAct);
    press(find("act-forget"), control, commands.forgetArms);
    this.#scenario.value = setup.scenarios.find(({ name }) => name === "corrupt")?.name ?? setup.scenarios[0]?.name ?? "";
    this.#choose();
  }

  draw({ act, arms }) {
    set(find("act-start"), "disabled", act === null ? null : "");
    set(find("act-stop"), "disabled", act === null ? "" : null);
    set(find("act-forget"), "disabled", arms === 0 ? "" : null);
    put(find("act-now"), act === null ? "" : nowOf(act));
  }

  #choose() {
    const arms = this.#chosen?.arms ?? [];
    this.#arm.replaceChildren(...[all, ...arms.map(arm => arm.name)].map(name => make("option", { value: name }, name)));
    this.#describe();
  }

  #describe() {
    put(find("act-question"), this.#chosen?.question ?? "");
    put(find("act-settings"), this.#chosen?.arms.find(arm => arm.name === this.#arm.value)?.settings ?? "");
  }

  get #chosen() {
    return this.#scenarios.find(({ name }) => name === this.#scenario.value);
  }
}

const nowOf = ({ scenario, arm, waiting, elapsed_s, seconds }) =>
  [scenario, arm, waiting ?? `${whole(elapsed_s)} of ${whole(seconds)} s`].filter(Boolean).join(", ");
