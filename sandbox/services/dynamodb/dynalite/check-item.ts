import { db } from './library.ts';

/** ConditionCheck, which dynalite does not have, in the way of dynalite's own actions. */
export function checkItem(
  store: DynaliteStore,
  request: Record<string, unknown>,
  callback: DynaliteCallback<Record<string, unknown>>,
): void {
  store.getTable(String(request.TableName), (missing, table = {}) => {
    const invalid = missing ?? db().validateKey(request.Key, table);
    if (invalid) return callback(invalid);
    const storage = store.getItemDb(String(request.TableName)) as ReadableItems;
    storage.get(db().createKey(request.Key as object, table), (_error, item) => {
      const failed = db().checkConditional(request, item);
      if (failed) return callback(failed);
      callback(null, { ConsumedCapacity: db().addConsumedCapacity(request, false, item) });
    });
  });
}

interface ReadableItems {
  get(key: string, callback: DynaliteCallback<object>): void;
}
