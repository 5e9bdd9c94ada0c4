// Everything on the presenter's page that changes something, and the keys that do the same.

import { Acts } from "./acts.js";
import { find, make, nextOption } from "./dom.js";
import { Faults } from "./faults.js";
import { openHelp } from "./help.js";
import { keys, listen } from "./keys.js";
import { Knobs } from "./knobs.js";
import { LoadKeys, LoadPanel } from "./load.js";
import { Marks } from "./marks.js";
import { press } from "./press.js";
import { ServiceB } from "./serviceb.js";
import { setupOf } from "./setup.js";
import { nextTheme } from "./theme.js";

export class Controls {
  #said;
  #load;
  #loadPanel;
  #knobs = new Knobs();
  #faults;
  #acts;
  #serviceB;
  #marks;

  constructor(setup, commands, control, said) {
    this.#said = said;
    this.#load = new LoadKeys(commands, control);
    this.#loadPanel = new LoadPanel(this.#load);
    this.#faults = new Faults(find("faults"), setup, commands, control);
    this.#acts = new Acts(setup, commands, control);
    this.#serviceB = new ServiceB(setup, commands, control);
    this.#marks = new Marks(commands, control);
    press(find("reset"), control, commands.reset);
    setupOf(known => Object.keys(known.knobs).length > 0)
      .then(known => this.#knobs.build(find("knobs"), find("knobs-lane"), known.knobs, commands, control));
    this.#listen();
  }

  draw(frame) {
    this.#load.draw(frame.load);
    this.#loadPanel.draw(frame.load);
    this.#knobs.draw(frame.knobs);
    this.#faults.draw(frame.faults);
    this.#acts.draw(frame);
    this.#serviceB.draw(frame.contact);
    this.#marks.draw(frame.marks);
  }

  #listen() {
    const click = id => () => find(id).click();
    const theme = () => this.#said.say(nextTheme(), null);
    const help = () => openHelp("presenter");
    for (const { key, fault } of keys.filter(one => one.fault))
      find(`fault-${fault}`)?.append(make("kbd", {}, key));
    find("theme").addEventListener("click", theme);
    find("open-help").addEventListener("click", help);
    find("knob-find").addEventListener("keydown", event => {
      if (event.key === "Enter" && !this.#knobs.goTo(event.target.value))
        this.#said.say(`no knob has ${event.target.value} in its name`, false);
    });
    listen("presenter", {
      reset: click("reset"),
      load: this.#load.toggle, faster: this.#load.faster, slower: this.#load.slower, loadLanes: this.#load.nextLanes,
      mark: () => find("mark-text").focus(),
      kill: click("kill"), pause: this.#serviceB.pauseOrResume,
      act: click("act-start"), endAct: click("act-stop"), forgetArms: click("act-forget"),
      chooseAct: () => find("act-scenario").focus(),
      noFaults: click("faults-clear"),
      faultLane: () => nextOption(find("faults-lane")),
      fault: ({ fault }) => this.#faults.strike(fault),
      findKnob: () => find("knob-find").select(),
      export: () => find("export-svg").focus(),
      theme, help,
    });
  }
}
