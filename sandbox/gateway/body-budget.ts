/**
 * Bounds what all bodies that are under way take together: a thousand slow senders of 16 MB each would otherwise fill
 * the memory. Who holds the most has to go first, so that small requests are served whatever the large ones do.
 */
export interface Holder {
  /** Bytes that it has taken, as the budget counts them. */
  length: number;
  /** Ends the request that holds them. */
  readonly giveUp: () => void;
}

export class BodyBudget {
  readonly #most: number;
  readonly #holders = new Set<Holder>();
  #held = 0;

  /** @param most bytes */
  constructor(most: number) {
    this.#most = most;
  }

  /** Until it is released. */
  add(holder: Holder): void {
    this.#holders.add(holder);
  }

  /** Takes more bytes for a holder; where that is too much, the largest gives up, perhaps the holder itself. */
  take(holder: Holder, bytes: number): void {
    if (!this.#holders.has(holder)) return;
    holder.length += bytes;
    this.#held += bytes;
    while (this.#held > this.#most) {
      const largest = [...this.#holders].reduce((a, b) => (b.length > a.length ? b : a));
      this.release(largest);
      largest.giveUp();
    }
  }

  /** Once a holder's request is answered, or gone. */
  release(holder: Holder): void {
    if (this.#holders.delete(holder)) this.#held -= holder.length;
  }
}
