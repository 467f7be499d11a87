import { deserialize, serialize } from 'node:v8';
import type { Journal, Suspect } from './journal.ts';
import type { ComparedStore } from './kept-store.ts';

interface KeptRecord {
  /** Grows with each new record: records come back in the order in which they came. */
  readonly order: number;
  /** Order and record, as they were written. */
  readonly bytes: Uint8Array;
}

/** The records of a store that does not say which of them it changes. */
export class ComparedRecords implements Suspect {
  readonly #prefix: string;
  readonly #store: ComparedStore;
  readonly #journal: Journal;
  readonly #kept = new Map<string, KeptRecord>();
  #nextOrder = 0;

  /** @param prefix of the keys that the records are kept under */
  constructor(prefix: string, store: ComparedStore, journal: Journal) {
    this.#prefix = prefix;
    this.#store = store;
    this.#journal = journal;
  }

  /** Gives the store back what was kept. */
  restore(entries: ReadonlyMap<string, Uint8Array>): void {
    const records = [...entries].map(([name, bytes]) => {
      const [order, record] = deserialize(bytes) as [number, unknown];
      return { name, order, record, bytes };
    });
    records.sort((a, b) => a.order - b.order);
    for (const { name, order, record, bytes } of records) {
      this.#store.restore(name, record);
      this.#kept.set(name, { order, bytes });
      this.#nextOrder = order + 1;
    }
  }

  /** Puts into the journal what is not as it was kept. */
  compare(): void {
    const gone = new Set(this.#kept.keys());
    for (const [name, record] of this.#store.records()) {
      gone.delete(name);
      const kept = this.#kept.get(name);
      const order = kept?.order ?? this.#nextOrder++;
      const bytes = serialize([order, record]);
      if (kept && bytes.equals(kept.bytes)) continue;
      this.#kept.set(name, { order, bytes });
      this.#journal.set(this.#prefix + name, bytes);
    }
    for (const name of gone) {
      this.#kept.delete(name);
      this.#journal.set(this.#prefix + name, undefined);
    }
  }
}
