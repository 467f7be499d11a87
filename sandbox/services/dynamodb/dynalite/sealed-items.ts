/** An item at rest. */
export interface SealedItem {
  readonly bytes: Uint8Array;
  /** Of the item as DynamoDB counts it; it knows that without opening the item. */
  readonly sizeBytes: number;
}

/** Bounds in the order of the keys; `limit` -1 means all. */
export interface Range {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/**
 * What the store holds of one table or one index: ciphertext, sorted by dynalite's key strings.
 *
 * The keys are in the clear, as the directory that finds an item; on AWS too some sort keys are in a table's metadata
 * in plaintext (page "How Amazon DynamoDB uses AWS KMS").
 */
export class SealedItems {
  /** `table`, or `table/index`: a slash is in neither name. */
  readonly name: string;
  readonly #onChange: (key: string, item?: SealedItem) => void;
  readonly #items = new Map<string, SealedItem>();
  readonly #order: string[] = [];

  /** @param onChange told of each item that is set, and of each key whose item is deleted */
  constructor(name: string, onChange: (key: string, item?: SealedItem) => void = () => {}) {
    this.name = name;
    this.#onChange = onChange;
  }

  get(key: string): SealedItem | undefined {
    return this.#items.get(key);
  }

  set(key: string, item: SealedItem): void {
    if (!this.#items.has(key)) this.#order.splice(this.#firstAtOrAfter(key), 0, key);
    this.#items.set(key, item);
    this.#onChange(key, item);
  }

  delete(key: string): void {
    if (!this.#items.delete(key)) return;
    this.#order.splice(this.#firstAtOrAfter(key), 1);
    this.#onChange(key);
  }

  get size(): number {
    return this.#items.size;
  }

  get sizeBytes(): number {
    let sum = 0;
    for (const { sizeBytes } of this.#items.values()) sum += sizeBytes;
    return sum;
  }

  *entries(range: Range = {}): Generator<[key: string, item: SealedItem]> {
    let from = 0;
    let to = this.#order.length;
    if (range.gte !== undefined) from = this.#firstAtOrAfter(range.gte);
    else if (range.gt !== undefined) from = this.#firstAfter(range.gt);
    if (range.lte !== undefined) to = this.#firstAfter(range.lte);
    else if (range.lt !== undefined) to = this.#firstAtOrAfter(range.lt);
    const count = range.limit === undefined || range.limit < 0 ? to - from : Math.min(range.limit, to - from);
    for (let index = 0; index < count; index++) {
      const key = this.#order[range.reverse ? to - 1 - index : from + index];
      const item = key === undefined ? undefined : this.#items.get(key);
      if (key !== undefined && item !== undefined) yield [key, item];
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
