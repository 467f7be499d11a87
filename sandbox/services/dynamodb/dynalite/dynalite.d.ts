/** The parts of dynalite 4 that the data plane uses. The package has no types and no `exports` map; its version is pinned. */

type DynaliteCallback<Value> = (error?: unknown, value?: Value) => void;

/** What dynalite's functions ask of the store they are given. */
interface DynaliteStore {
  readonly options: { readonly maxItemSize: number };
  getTable(name: string, callback: DynaliteCallback<object>): void;
  getItemDb(tableName: string): object;
  getIndexDb(indexType: string, tableName: string, indexName: string): object;
}

declare module 'dynalite/actions/*.js' {
  const action: (
    store: DynaliteStore,
    request: Record<string, unknown>,
    callback: DynaliteCallback<Record<string, unknown>>,
  ) => void;
  export = action;
}

declare module 'dynalite/validations/index.js' {
  interface Checks {
    /** Returns the body with the members it knows, or throws an error with `statusCode` and `body`. */
    checkTypes(body: Record<string, unknown>, types: object): Record<string, unknown>;
    /** Throws an error with `statusCode` and `body`; adds the parsed expressions (`_filter`, ...) to the body. */
    checkValidations(body: object, types: object, custom: unknown, store: DynaliteStore): void;
    /** What is wrong with an attribute value, if anything. */
    validateAttributeValue(value: object): string | undefined;
    /** What is wrong with conditions of the older form, if anything. */
    validateConditions(conditions: object): string | undefined;
  }
  const checks: Checks;
  export = checks;
}

declare module 'dynalite/validations/*.js' {
  const validation: { readonly types: Record<string, unknown>; readonly custom?: unknown };
  export = validation;
}

declare module 'dynalite/db/index.js' {
  interface Db {
    itemSize(item: object): number;
    /** What is wrong with a key, if anything. */
    validateKey(key: unknown, table: object): Error | null | undefined;
    /** The item's place in the storage of its table. */
    createKey(item: object, table: object): string;
    /** The refusal of a condition that does not hold. */
    checkConditional(request: object, item: object | undefined): Error | null | undefined;
    /** What a request that asks for it is told of its consumption. */
    addConsumedCapacity(request: object, isRead: boolean, item: object | undefined): object | undefined;
    /** Brings the indexes of a table up to what became of one of its items. */
    updateIndexes(
      store: DynaliteStore,
      table: object,
      existing: object | undefined,
      item: object | undefined,
      callback: DynaliteCallback<void>,
    ): void;
    compare(operator: string, left: object, right: object): boolean;
    /** The parts of an item that a projection names. */
    mapPaths(paths: readonly unknown[], item: object): Record<string, unknown>;
  }
  const db: Db;
  export = db;
}
