import type { SealingKey } from '../encryption/sealing-key.ts';
import { db } from './library.ts';
import type { Range, SealedItem, SealedItems } from './sealed-items.ts';
import { ValueStream } from './value-stream.ts';

type Callback = (error?: unknown, value?: unknown) => void;

/**
 * The items of one table or one index, opened with the table's key for one request.
 *
 * Shaped as the level database that dynalite's functions expect, but each callback is called before the method
 * returns: what a function throws reaches the caller of the request instead of ending the process, and no two
 * requests interleave. Values are sealed as JSON, so that nobody shares objects with the storage.
 */
export class ItemStorage {
  readonly #items: SealedItems;
  readonly #key: SealingKey;
  readonly #streams: ValueStream[];

  /** @param streams takes the streams that a request opens; they flow once the request has set up its listeners */
  constructor(items: SealedItems, key: SealingKey, streams: ValueStream[]) {
    this.#items = items;
    this.#key = key;
    this.#streams = streams;
  }

  get(key: string, callback: Callback): void {
    const item = this.#items.get(key);
    callback(null, item === undefined ? undefined : JSON.parse(this.#open(key, item)));
  }

  put(key: string, value: object, callback: Callback): void {
    const bytes = this.#key.seal(Buffer.from(JSON.stringify(value)), this.#place(key));
    this.#items.set(key, { bytes, sizeBytes: sizeOf(value) });
    callback(null);
  }

  del(key: string, callback: Callback): void {
    this.#items.delete(key);
    callback(null);
  }

  /** Nothing interleaves here, so the lock is always free. */
  lock(_key: string, run: (release: (callback: Callback) => Callback) => void): void {
    run((callback) => callback);
  }

  createValueStream(range: Range): ValueStream {
    const stream = new ValueStream(() => this.#texts(range));
    this.#streams.push(stream);
    return stream;
  }

  /** All items, in order. */
  *values(): Generator<unknown> {
    for (const text of this.#texts({})) yield JSON.parse(text);
  }

  *#texts(range: Range): Generator<string> {
    for (const [key, item] of this.#items.entries(range)) yield this.#open(key, item);
  }

  #open(key: string, { bytes }: SealedItem): string {
    return this.#key.open(bytes, this.#place(key)).toString();
  }

  #place(key: string): string {
    return `${this.#items.name}/${key}`;
  }
}

/** The projection of an item into an index has members without a value for the attributes that the item lacks. */
function sizeOf(item: object): number {
  return db().itemSize(Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)));
}
