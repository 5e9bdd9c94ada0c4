// Every change that a page can make: what is sent to Lab, and the command that does the same from a terminal.

const action = (method, path, body, same) => ({ method, path, body, same: same ?? curl(method, path, body) });

const curl = (method, path, body) => `curl -X ${method} ${location.origin}${path}`
  + (body === null ? "" : ` -H "Content-Type: application/json" -d '${body}'`);

/** @param tiny how the command is called here, of /setup. */
export const commandsOf = tiny => ({
  /** @param value as JSON text; null takes the knob of one lane off again. */
  knob: (name, value) => action("PATCH", "/knobs", `{"${name}":${value}}`, `${tiny} set ${name}=${value === "null" ? "" : plain(value)}`),

  /** @param faults all that shall be set. Of one alone there is a short command. */
  faults: faults => action("PUT", "/faults", JSON.stringify(faults), faults.length > 1 ? null : `${tiny} break ${breakWords(faults[0])}`),

  load: changes => action("PUT", "/load", JSON.stringify(changes)),
  reset: () => action("POST", "/reset", null),
  serviceB: what => action("POST", "/service-b", JSON.stringify({ do: what }), `${tiny} ${what} service-b`),
  mark: text => action("POST", "/marks", JSON.stringify({ text })),
  act: (scenario, arm) => action("POST", "/act", JSON.stringify({ scenario, arm })),
  endAct: () => action("DELETE", "/act", null),
  forgetArms: () => action("DELETE", "/arms", null),
});

function breakWords(fault) {
  if (fault === undefined)
    return "none";
  const { kind, lane, ...parameters } = fault;
  const given = Object.entries(parameters).filter(([, value]) => value !== null).map(([name, value]) => `${name}=${value}`);
  return [kind, ...given, ...lane === "both" ? [] : ["--lane", lane]].join(" ");
}

const plain = json => json.startsWith("\"") ? JSON.parse(json) : json;
