import { ValueStream } from './value-stream.ts';

type Callback = (error?: unknown, value?: unknown) => void;

/** Bounds in the order of the keys; `limit` -1 means all. */
interface Range {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/**
 * The items of one table or one index, sorted by dynalite's key strings.
 *
 * Shaped as the level database that dynalite's functions expect, but each callback is called before the method
 * returns: what a function throws reaches the caller of the request instead of ending the process, and no two
 * requests interleave. Values are kept as JSON, so that nobody shares objects with the storage.
 */
export class ItemStorage {
  readonly #values = new Map<string, string>();
  readonly #order: string[] = [];
  readonly #streams: ValueStream[];

  /** @param streams takes the streams that a request opens; they flow once the request has set up its listeners */
  constructor(streams: ValueStream[]) {
    this.#streams = streams;
  }

  get(key: string, callback: Callback): void {
    const text = this.#values.get(key);
    callback(null, text === undefined ? undefined : JSON.parse(text));
  }

  put(key: string, value: unknown, callback: Callback): void {
    if (!this.#values.has(key)) this.#order.splice(this.#firstAtOrAfter(key), 0, key);
    this.#values.set(key, JSON.stringify(value));
    callback(null);
  }

  del(key: string, callback: Callback): void {
    if (this.#values.delete(key)) this.#order.splice(this.#firstAtOrAfter(key), 1);
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

  /** All values, in order. */
  *values(): Generator<unknown> {
    for (const text of this.#texts({})) yield JSON.parse(text);
  }

  get size(): number {
    return this.#values.size;
  }

  *#texts(range: Range): Generator<string> {
    let from = 0;
    let to = this.#order.length;
    if (range.gte !== undefined) from = this.#firstAtOrAfter(range.gte);
    else if (range.gt !== undefined) from = this.#firstAfter(range.gt);
    if (range.lte !== undefined) to = this.#firstAfter(range.lte);
    else if (range.lt !== undefined) to = this.#firstAtOrAfter(range.lt);
    const count = range.limit === undefined || range.limit < 0 ? to - from : Math.min(range.limit, to - from);
    for (let index = 0; index < count; index++) {
      const key = this.#order[range.reverse ? to - 1 - index : from + index];
      const text = key === undefined ? undefined : this.#values.get(key);
      if (text !== undefined) yield text;
    }
  }

  #firstAtOrAfter(key: string): number {
    return this.#search((candidate) => candidate >= key);
  }

  #firstAfter(key: string): number {
    return this.#search((candidate) => candidate > key);
  }

  /** Position of the first key that satisfies a condition which, once true, stays true. */
  #search(condition: (key: string) => boolean): number {
    let low = 0;
    let high = this.#order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (condition(this.#order[middle] ?? '')) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
