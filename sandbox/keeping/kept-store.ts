/** What a store offers so that its records can be kept. Records are plain data: whatever `structuredClone` copies. */

/** Where a store notes what becomes of its records, as it happens. Names are unique within the store. */
export interface Changes {
  put(name: string, record: unknown): void;
  delete(name: string): void;
}

/** A store whose records come and go one at a time, and do not change in between. */
export interface NotedStore {
  /** Set once the store is being kept. */
  changes?: Changes | undefined;
  /** Takes back what was noted under that name. Called in the order of the names, before `changes` is set. */
  restore(name: string, record: unknown): void;
}

/** A store whose records are changed in place, and have to be compared with what was kept to see what changed. */
export interface ComparedStore {
  /** In an order that `restore` is called in. */
  records(): Iterable<readonly [name: string, record: unknown]>;
  restore(name: string, record: unknown): void;
}
