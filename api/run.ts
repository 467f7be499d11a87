/** Something that takes a while, with what it comes to and what happens on the way. */
export class Run<Event, Outcome> implements AsyncIterable<Event> {
  /** What it came to. Rejects with what went wrong, and with the signal's reason where that ended it. */
  readonly done: Promise<Outcome>;
  readonly #events: Event[] = [];
  #hasEnded = false;
  #wakeUp: () => void = () => {};
  #news: Promise<void> = Promise.resolve();

  constructor(work: (tell: (event: Event) => void) => Promise<Outcome>) {
    this.#await();
    const settle = () => {
      this.#hasEnded = true;
      this.#wakeUp();
    };
    this.done = work((event) => {
      this.#events.push(event);
      this.#wakeUp();
      this.#await();
    }).finally(settle);
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
