// The last minutes as the page knows them: from /history at first and whenever something is missing, from the frames in between.
// Everything in it is bounded.

const most = { seconds: 600, events: 200 };

export class History {
  seconds = [];
  events = [];
  marks = [];
  arms = [];
  #fetchedFor = null;
  #isFetching = false;

  /** Takes over what is new in a frame, and fetches the rest where it does not follow on what is known. */
  take(frame) {
    if (this.seconds.at(-1)?.t_ms > frame.now_ms + 1000) // a replay that began again
      this.forget();
    const misses = this.#fetchedFor === null
      || !follows(this.seconds.at(-1)?.t_ms, frame.seconds[0]?.t_ms, 1500)
      || !follows(this.events.at(-1)?.seq, frame.events[0]?.seq, 1)
      || this.#fetchedFor !== `${frame.arms} ${frame.marks}`;
    append(this.seconds, frame.seconds, second => second.t_ms, most.seconds);
    append(this.events, frame.events, event => event.seq, most.events);
    if (misses)
      this.#fetch(`${frame.arms} ${frame.marks}`);
  }

  /** Whether all was fetched since the page was opened, or lost the stream. */
  get isWhole() {
    return this.#fetchedFor !== null;
  }

  /** Has everything fetched anew with the next frame. */
  forget() {
    this.#fetchedFor = null;
  }

  async #fetch(counts) {
    if (this.#isFetching)
      return;
    this.#isFetching = true;
    try {
      const answer = await fetch("/history");
      if (answer.ok) {
        const { seconds, events, marks, arms } = await answer.json();
        Object.assign(this, { seconds: seconds.slice(-most.seconds), events: events.slice(-most.events), marks, arms });
        this.#fetchedFor = counts;
      }
    } catch (error) {
      if (!(error instanceof TypeError)) // no network: the stream says so, and the next frame asks again
        throw error;
    } finally {
      this.#isFetching = false;
    }
  }
}

const follows = (last, next, step) => next === undefined || (last !== undefined && next <= last + step);

function append(known, fresh, order, limit) {
  const last = known.length === 0 ? -Infinity : order(known.at(-1));
  known.push(...fresh.filter(one => order(one) > last));
  if (known.length > limit)
    known.splice(0, known.length - limit);
}
