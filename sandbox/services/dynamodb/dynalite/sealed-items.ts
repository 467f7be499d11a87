import sortedBtree from 'sorted-btree';

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
 * What the store holds of one table or one index: ciphertext, sorted by dynalite's key strings, in a B+ tree: no
 * operation on one item takes longer for there being many.
 *
 * The keys are in the clear, as the directory that finds an item; on AWS too some sort keys are in a table's metadata
 * in plaintext (page "How Amazon DynamoDB uses AWS KMS").
 */
export class SealedItems {
  /** `table`, or `table/index`: a slash is in neither name. */
  readonly name: string;
  readonly #onChange: (key: string, item?: SealedItem) => void;
  // The package is CommonJS, so its default export is a member of what Node imports.
  readonly #items = new sortedBtree.default<string, SealedItem>(undefined, sortedBtree.simpleComparator);
  #sizeBytes = 0;

  /** @param onChange told of each item that is set, and of each key whose item is deleted */
  constructor(name: string, onChange: (key: string, item?: SealedItem) => void = () => {}) {
    this.name = name;
    this.#onChange = onChange;
  }

  get(key: string): SealedItem | undefined {
    return this.#items.get(key);
  }

  set(key: string, item: SealedItem): void {
    this.#sizeBytes += item.sizeBytes - this.#sizeOf(key);
    this.#items.set(key, item);
    this.#onChange(key, item);
  }

  delete(key: string): void {
    this.#sizeBytes -= this.#sizeOf(key);
    if (this.#items.delete(key)) this.#onChange(key);
  }

  get size(): number {
    return this.#items.size;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** In order. Nothing may be written while it is being read. */
  *entries(range: Range = {}): Generator<[key: string, item: SealedItem]> {
    const { gt, gte, lt, lte, reverse = false, limit = -1 } = range;
    let left = limit < 0 ? Number.POSITIVE_INFINITY : limit;
    const pairs = reverse ? this.#items.entriesReversed(lte ?? lt) : this.#items.entries(gte ?? gt);
    for (const [key, item] of pairs) {
      if (left === 0) return;
      const before = gte !== undefined ? key < gte : gt !== undefined && key <= gt;
      const after = lte !== undefined ? key > lte : lt !== undefined && key >= lt;
      if (reverse ? before : after) return;
      // The bound at which the walk begins may itself be outside.
      if (before || after) continue;
      left--;
      yield [key, item];
    }
  }

  #sizeOf(key: string): number {
    return this.#items.get(key)?.sizeBytes ?? 0;
  }
}
