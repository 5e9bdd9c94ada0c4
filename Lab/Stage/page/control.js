// Sends changes to Lab, one call for each, and hands back what came of it. The token, where one is asked for, lives here and
// nowhere else: not in an address, not in a store.

export class Control {
  #line;
  #token = null;

  /** @param line where commands and outcomes are shown: preview(action), outcome(action, result), askToken(). */
  constructor(line) {
    this.#line = line;
  }

  preview(action) {
    this.#line.preview(action);
  }

  /** @returns { ok, detail, errors: { field: reason } } */
  async send(action) {
    let result = await this.#try(action);
    while (result.status === 401) {
      const token = await this.#line.askToken();
      if (token === null)
        break;
      this.#token = token;
      result = await this.#try(action);
    }
    this.#line.outcome(action, result);
    return result;
  }

  async #try({ method, path, body }) {
    const headers = {
      ...body !== null && { "Content-Type": "application/json" },
      ...this.#token !== null && { Authorization: `Bearer ${this.#token}` },
    };
    try {
      const answer = await fetch(path, { method, headers, body });
      return { ok: answer.ok, status: answer.status, ...answer.ok ? { detail: "", errors: {} } : await problemOf(answer) };
    } catch (error) {
      if (!(error instanceof TypeError))
        throw error;
      return { ok: false, status: 0, detail: "Lab cannot be reached.", errors: {} };
    }
  }
}

/** The reasons of a problem+json, or of whatever else answered. */
async function problemOf(answer) {
  if (!(answer.headers.get("Content-Type") ?? "").includes("json"))
    return { detail: `Refused with ${answer.status}.`, errors: {} };
  const { detail, errors } = await answer.json();
  return {
    detail: detail ?? `Refused with ${answer.status}.`,
    errors: Object.fromEntries(Object.entries(errors ?? {}).map(([field, reasons]) => [field, [reasons].flat().join(" ")])),
  };
}
