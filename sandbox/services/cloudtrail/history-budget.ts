/** What an event takes up beside its texts, counted in characters: a round figure. */
const besideTexts = 1000;

/** One of those that share a budget. */
export interface Sharer {
  /** Of the budget, in characters. */
  readonly held: number;
  /** Gives the oldest event up. */
  dropOldest(): void;
}

/**
 * Bounds what the event histories of all accounts take up together: a class of a thousand accounts would otherwise
 * fill the memory, each within its own limits. The largest has to give up its oldest events, so that an account with
 * few keeps them whatever the others do.
 */
export class HistoryBudget {
  readonly #most: number;
  readonly #sharers = new Set<Sharer>();
  #held = 0;

  /** @param most characters; events count as {@link weightOf} says */
  constructor(most = 512 * 1024 * 1024) {
    this.#most = most;
  }

  join(sharer: Sharer): void {
    this.#sharers.add(sharer);
  }

  /** Told of what a sharer takes, or gives back where it is negative. */
  take(characters: number): void {
    this.#held += characters;
  }

  /** Makes the largest give up events until all are within the budget. */
  enforce(): void {
    while (this.#held > this.#most) {
      const largest = [...this.#sharers].reduce((a, b) => (b.held > a.held ? b : a));
      if (largest.held === 0) return;
      largest.dropOldest();
    }
  }
}

/** @param characters in the texts of an event */
export function weightOf(characters: number): number {
  return characters + besideTexts;
}
