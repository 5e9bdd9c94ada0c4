// What does not change while Lab runs: version, knobs, faults, scenarios. Asked for until it is there.

const againAfterMs = 1_000;

export async function setupOf() {
  for (;;) {
    try {
      const answer = await fetch("/setup");
      if (answer.ok)
        return await answer.json();
    } catch (error) {
      if (!(error instanceof TypeError)) // no network
        throw error;
    }
    await new Promise(resolve => setTimeout(resolve, againAfterMs));
  }
}
