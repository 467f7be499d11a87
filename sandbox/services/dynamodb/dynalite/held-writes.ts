import type { ItemStorage } from './item-storage.ts';
import { db } from './library.ts';

type Callback = (error?: unknown, value?: unknown) => void;

/** The writes of a transaction until it is certain that all of them can be made. */
export class HeldWrites {
  readonly #writes: (() => void)[] = [];
  #sizeBytes = 0;

  /**
   * The storage as an action of the transaction sees it: without what the others write, since no two actions are
   * about the same item.
   *
   * @param counted whether the items written count for the size of the transaction
   */
  over(storage: ItemStorage, { counted = false } = {}): object {
    return {
      get: (key: string, callback: Callback) => storage.get(key, callback),
      lock: (key: string, run: Parameters<ItemStorage['lock']>[1]) => storage.lock(key, run),
      put: (key: string, value: object, callback: Callback) => {
        if (counted) this.#sizeBytes += db().itemSize(value);
        this.#writes.push(() => storage.put(key, value, ignore));
        callback(null);
      },
      del: (key: string, callback: Callback) => {
        this.#writes.push(() => storage.del(key, ignore));
        callback(null);
      },
    };
  }

  /** Of the items that are to be written. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  commit(): void {
    for (const write of this.#writes.splice(0)) write();
  }
}

function ignore(): void {}
