import { setImmediate as turnIsOver } from 'node:timers/promises';
import { serialize } from 'node:v8';
import type { DataFolder } from './data-folder.ts';
import type { Changes } from './kept-store.ts';

/** Finds out by itself what changed, and puts it into the journal. */
export interface Suspect {
  compare(): void;
}

/**
 * What changed since it was last written. Calls that end while a batch is on its way share the next one.
 *
 * A batch takes what there is between two turns of the event loop. An operation makes its changes within one turn, so
 * a batch holds all of them or none.
 */
export class Journal {
  readonly #folder: DataFolder;
  readonly #suspects = new Set<Suspect>();
  #unwritten = new Map<string, Uint8Array | undefined>();
  /** The batch on its way. */
  #writing: Promise<void> | undefined;
  /** The one after it. */
  #next: Promise<void> | undefined;

  constructor(folder: DataFolder) {
    this.#folder = folder;
  }

  /** @param value as it is to be written; undefined deletes */
  set(key: string, value: Uint8Array | undefined): void {
    this.#unwritten.set(key, value);
  }

  /** Has it compared before the next batch. */
  suspect(suspect: Suspect): void {
    this.#suspects.add(suspect);
  }

  /** Where a store notes its changes: they are put under the prefix and the names of its records. */
  under(prefix: string): Changes {
    return {
      put: (name, record) => this.set(prefix + name, serialize(record)),
      delete: (name) => this.set(prefix + name, undefined),
    };
  }

  /**
   * Resolves when everything that has changed so far is written. Also what somebody else changed: an answer must not
   * show what may be gone later.
   *
   * @throws DataFolderProblem; what could not be written is tried again the next time
   */
  async written(): Promise<void> {
    if (this.#unwritten.size > 0 || this.#suspects.size > 0) this.#next ??= this.#writeNext();
    await (this.#next ?? this.#writing);
  }

  async #writeNext(): Promise<void> {
    await this.#writing?.catch(() => {});
    await turnIsOver();
    this.#next = undefined;
    this.#writing = this.#write().finally(() => {
      this.#writing = undefined;
    });
    await this.#writing;
  }

  async #write(): Promise<void> {
    for (const suspect of this.#suspects) suspect.compare();
    this.#suspects.clear();
    const batch = this.#unwritten;
    if (batch.size === 0) return;
    this.#unwritten = new Map();
    try {
      await this.#folder.write(batch);
    } catch (error) {
      this.#unwritten = new Map([...batch, ...this.#unwritten]);
      throw error;
    }
  }
}
