import { setMaxListeners } from 'node:events';

/** Something that takes a while, with what it comes to and what happens on the way. */
export class Run<Event, Outcome> implements AsyncIterable<Event> {
  /** What it came to. Rejects with what went wrong, and with the signal's reason where that ended it. */
  readonly done: Promise<Outcome>;
  readonly #events: Event[] = [];
  #hasEnded = false;
  #wakeUp: () => void = () => {};
  #news: Promise<void> = Promise.resolve();

  /**
   * @param work is given a signal of its own, which is raised with that of the user: many calls listen to it, and Node.js would warn
   * of so many at the user's
   */
  constructor(
    work: (tell: (event: Event) => void, signal: AbortSignal) => Promise<Outcome>,
    signal?: AbortSignal,
  ) {
    this.#await();
    const settle = () => {
      this.#hasEnded = true;
      this.#wakeUp();
    };
    const tell = (event: Event) => {
      this.#events.push(event);
      this.#wakeUp();
      this.#await();
    };
    this.done = untilRaised(signal, (own) => work(tell, own)).finally(settle);
    // Whoever only listens to events hears of it there.
    this.done.catch(() => undefined);
  }

  /**
   * Everything that happened from the beginning, and what happens from now on; throws what `done` rejects with. Leaving the loop does
   * not end the work: a signal does.
   */
  async *[Symbol.asyncIterator](): AsyncGenerator<Event, void, undefined> {
    for (let at = 0; ; ) {
      while (at < this.#events.length) yield this.#events[at++] as Event;
      if (this.#hasEnded) break;
      await this.#news;
    }
    await this.done;
  }

  #await(): void {
    this.#news = new Promise((resolve) => {
      this.#wakeUp = resolve;
    });
  }
}

async function untilRaised<Outcome>(
  signal: AbortSignal | undefined,
  work: (own: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  signal?.throwIfAborted();
  const own = new AbortController();
  setMaxListeners(0, own.signal);
  const raise = () => own.abort(signal?.reason);
  signal?.addEventListener('abort', raise, { once: true });
  try {
    return await work(own.signal);
  } finally {
    signal?.removeEventListener('abort', raise);
  }
}
