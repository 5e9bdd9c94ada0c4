// ServiceB's process: killed, paused, resumed. Where it cannot be signalled, the buttons say why.

import { find, put, set } from "./dom.js";
import { press } from "./press.js";

export class ServiceB {
  #canSignal;
  #isPaused = false;

  constructor(setup, commands, control) {
    this.#canSignal = setup.can_signal;
    put(find("service-reason"), setup.can_signal ? "" : `not from here: ${setup.cannot_signal_because}`);
    for (const what of ["kill", "pause", "resume"])
      press(find(what), control, () => commands.serviceB(what), ({ ok, detail }) => put(find("service-reason"), ok ? "" : detail));
  }

  draw({ service_b }) {
    this.#isPaused = service_b === "paused";
    put(find("service-now"), service_b);
    this.#enable("kill", true);
    this.#enable("pause", !this.#isPaused);
    this.#enable("resume", this.#isPaused);
  }

  pauseOrResume = () => find(this.#isPaused ? "resume" : "pause").click();

  #enable(id, isPossible) {
    set(find(id), "disabled", this.#canSignal && isPossible ? null : "");
  }
}
