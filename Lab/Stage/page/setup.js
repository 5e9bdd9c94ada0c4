// What does not change while Lab runs: version, knobs, faults, scenarios. Asked for until it is there: the knobs are not known
// before ServiceA is up.

const againAfterMs = 1_000;

export async function setupOf(isEnough = () => true) {
  for (;;) {
    try {
      const answer = await fetch("/setup");
      const setup = answer.ok ? await answer.json() : null;
      if (setup !== null && isEnough(setup))
        return setup;
    } catch (error) {
      if (!(error instanceof TypeError)) // no network
        throw error;
    }
    await new Promise(resolve => setTimeout(resolve, againAfterMs));
  }
}
