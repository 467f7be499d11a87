/**
 * The data plane on dynalite 4's functions, called in this process: no HTTP, no timers, no database. dynalite's
 * own HTTP handler ends the process when a client disconnects, and its store keeps a second set of tables.
 */
import type { CreateTableInput } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../aws-error.ts';
import type { Changes } from '../../../keeping/kept-store.ts';
import type {
  ActionResult,
  Condition,
  DataPlane,
  ItemAtRest,
  ItemOperation,
  ItemRequest,
  TableDefinition,
  TableStatistics,
  WireValue,
} from '../data-plane.ts';
import type { SealingKey } from '../encryption/sealing-key.ts';
import type { TableKeys } from '../encryption/table-key.ts';
import { checkItem } from './check-item.ts';
import type { Item } from './condition.ts';
import { filterAnswer, withCondition, withFurtherCondition, withoutFilter } from './expressions.ts';
import { fillIndex } from './fill-index.ts';
import { HeldWrites } from './held-writes.ts';
import { ItemStorage } from './item-storage.ts';
import { keyOfPlace } from './key-of-place.ts';
import { action, db } from './library.ts';
import { type SealedItem, SealedItems } from './sealed-items.ts';
import { tableAccesses } from './table-access.ts';
import { toAwsError } from './to-aws-error.ts';
import { checkBody, checkValue } from './validation.ts';
import type { ValueStream } from './value-stream.ts';
import { withoutNulls } from './wire-json.ts';

/** 400 KB, and 4 MB for all items of a transaction: "Quotas in Amazon DynamoDB". */
const maxItemSize = 400 * 1024;
const maxTransactionSize = 4 * 1024 * 1024;
/** In seconds. */
const fiveYears = 5 * 365 * 24 * 60 * 60;

export class DynaliteEngine implements DataPlane {
  changes?: Changes | undefined;
  readonly #definitions = new Map<string, TableDefinition>();
  readonly #items = new Map<string, SealedItems>();
  readonly #streams: ValueStream[] = [];
  /** What dynalite needs to check a request: no items. */
  readonly #closed: DynaliteStore = this.#open(new Map());

  read(operation: ItemOperation, json: Record<string, unknown>, condition?: Condition): ItemRequest {
    const checked = checkBody(operation, withoutNulls(json), this.#closed);
    const body = condition ? withFurtherCondition(operation, checked, condition) : checked;
    return {
      operation,
      tables: tableAccesses(operation, body),
      ...(typeof body.Select === 'string' && { select: body.Select }),
      ...(typeof body.ReturnValues === 'string' && { returnValues: body.ReturnValues }),
      ...(typeof body.ReturnConsumedCapacity === 'string' && {
        returnConsumedCapacity: body.ReturnConsumedCapacity,
      }),
      body,
    };
  }

  readValue(value: unknown): WireValue {
    return checkValue(value);
  }

  checkDefinition(input: CreateTableInput): void {
    checkBody('CreateTable', structuredClone(input) as unknown as Record<string, unknown>, this.#closed);
  }

  addTable(definition: TableDefinition): void {
    this.#definitions.set(definition.TableName, definition);
  }

  addIndex(definition: TableDefinition, indexName: string, key: SealingKey): void {
    const { TableName } = definition;
    this.#definitions.set(TableName, definition);
    const store = this.#open(new Map([[TableName, key]]));
    fillIndex(store, definition, indexName, this.#opened(TableName, key).values());
  }

  dropIndex(definition: TableDefinition, indexName: string): void {
    this.#definitions.set(definition.TableName, definition);
    this.#items.delete(`${definition.TableName}/${indexName}`);
  }

  dropTable(tableName: string): void {
    this.#definitions.delete(tableName);
    for (const [name, items] of this.#items) {
      if (name !== tableName && !name.startsWith(`${tableName}/`)) continue;
      this.#items.delete(name);
      for (const [key] of items.entries()) this.#note(name, key);
    }
  }

  restore(place: string, item: unknown): void {
    const space = place.indexOf(' ');
    this.#itemsAt(place.slice(0, space)).set(place.slice(space + 1), item as SealedItem);
  }

  run(request: ItemRequest, keys: TableKeys): Promise<Record<string, unknown>> {
    const store = this.#open(keys);
    return new Promise((resolve, reject) => {
      this.#carryOut(store, request, (error, answer = {}) => (error ? reject(error) : resolve(answer)));
    });
  }

  transact(requests: readonly ItemRequest[], keys: TableKeys): ActionResult[] {
    const writes = new HeldWrites();
    const store: DynaliteStore = {
      ...this.#open(keys),
      getItemDb: (tableName) => writes.over(this.#storage(keys, tableName), { counted: true }),
      getIndexDb: (_type, tableName, indexName) => writes.over(this.#storage(keys, tableName, indexName)),
    };
    const results = requests.map((request) => this.#resultOf(store, request));
    const read = results.reduce(
      (sum, { answer }) => sum + (answer?.Item ? db().itemSize(answer.Item) : 0),
      0,
    );
    if (read + writes.sizeBytes > maxTransactionSize) {
      // Inferred: the text. The size is that of the items as they are written or read.
      throw new AwsError('ValidationException', 'The items of a transaction cannot exceed 4 MB in all');
    }
    if (results.every(({ refusal }) => refusal === undefined)) writes.commit();
    return results;
  }

  /** Of a request on one item, which dynalite answers before it returns. */
  #resultOf(store: DynaliteStore, request: ItemRequest): ActionResult {
    let result: ActionResult | undefined;
    this.#carryOut(store, request, (error, answer = {}) => {
      if (error instanceof AwsError) result = { refusal: error };
      else if (error) throw error;
      else result = { answer };
    });
    if (result === undefined) throw new Error(`${request.operation} was not answered at once.`);
    return result;
  }

  itemIdentity({ body }: ItemRequest): string | undefined {
    const tableName = String(body.TableName);
    const definition = this.#definitions.get(tableName);
    const key = this.#keyOf(body);
    if (definition === undefined || db().validateKey(key, definition)) return undefined;
    return `${tableName}/${db().createKey(key, definition)}`;
  }

  readingOf({ tables, body }: ItemRequest): ItemRequest {
    const { TableName, ReturnConsumedCapacity } = body;
    const reading = { TableName, ReturnConsumedCapacity, Key: this.#keyOf(body), ConsistentRead: true };
    return { operation: 'GetItem', tables, body: reading };
  }

  #carryOut(
    store: DynaliteStore,
    { operation, body }: ItemRequest,
    callback: DynaliteCallback<Record<string, unknown>>,
  ): void {
    // Nothing interleaves: the item that the condition saw is the item that the action finds.
    const existing = body._condition ? this.#itemOf(store, body) : undefined;
    const prepared = withoutFilter(withCondition(body, existing ?? {}));
    this.#streams.length = 0;
    actionOf(operation)(store, prepared, (error, answer = {}) => {
      if (error) return callback(this.#withFailedItem(store, body, toAwsError(error)));
      let filtered: Record<string, unknown>;
      try {
        filtered = filterAnswer(body, answer);
      } catch (thrown) {
        // dynalite may call back later, when nobody catches: reading whole items through a local index.
        return callback(thrown);
      }
      callback(null, filtered);
    });
    for (const stream of this.#streams.splice(0)) stream.flow();
  }

  /** Adds the item that failed the condition, where the request asks for it; dynalite does not know that member. */
  #withFailedItem(store: DynaliteStore, body: Record<string, unknown>, error: unknown): unknown {
    if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') return error;
    const Item =
      body.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? this.#itemOf(store, body) : undefined;
    return Item ? new AwsError(error.code, error.message, error.status, { Item }) : error;
  }

  /** The item that a write is about, as it is before; undefined if it is not there or the key is wrong. */
  #itemOf(store: DynaliteStore, body: Record<string, unknown>): Item | undefined {
    let found: Item | undefined;
    action('GetItem')(store, { TableName: body.TableName, Key: this.#keyOf(body) }, (_error, answer) => {
      found = answer?.Item as Item | undefined;
    });
    return found;
  }

  /** The key of the item that a request on one item is about. Of a request that gives a key, all that it gives. */
  #keyOf({ TableName, Key, Item }: Record<string, unknown>): Item {
    if (Key !== undefined) return { ...(Key as Item) };
    const keySchema = this.#definitions.get(String(TableName))?.KeySchema ?? [];
    const named = Item as Item;
    const entries = keySchema.flatMap(({ AttributeName = '' }) => {
      const value = named[AttributeName];
      return value === undefined ? [] : [[AttributeName, value] as const];
    });
    return Object.fromEntries(entries);
  }

  deleteExpired(tableName: string, attributeName: string, now: number, key: SealingKey): void {
    const store = this.#open(new Map([[tableName, key]]));
    for (const item of [...this.#opened(tableName, key).values()] as Item[]) {
      const expiresAt = Number(item[attributeName]?.N);
      // What is no number compares as false.
      if (!(expiresAt < now && expiresAt > now - fiveYears)) continue;
      const body = { TableName: tableName, Item: item };
      action('DeleteItem')(store, { TableName: tableName, Key: this.#keyOf(body) }, (error) => {
        if (error) throw error;
      });
    }
  }

  itemsAtRest(tableName: string, key: SealingKey | undefined): ItemAtRest[] {
    const definition = this.#definitions.get(tableName);
    if (definition === undefined) return [];
    const items = this.#itemsOf(tableName);
    const plain = key && this.#opened(tableName, key).values();
    return [...items.entries()].map(([place, { bytes }]) => ({
      key: keyOfPlace(place, definition),
      bytes,
      ...(plain && { item: plain.next().value as Item }),
    }));
  }

  statistics(tableName: string, indexName?: string): TableStatistics {
    const { size, sizeBytes } = this.#itemsOf(tableName, indexName);
    return { itemCount: size, sizeBytes };
  }

  /** The store as dynalite sees it during one request. */
  #open(keys: TableKeys): DynaliteStore {
    return {
      options: { maxItemSize },
      getTable: (name, callback) => {
        const definition = this.#definitions.get(name);
        if (definition) callback(null, definition);
        else callback(new AwsError('ResourceNotFoundException', 'Requested resource not found'));
      },
      getItemDb: (tableName) => this.#storage(keys, tableName),
      getIndexDb: (_type, tableName, indexName) => this.#storage(keys, tableName, indexName),
    };
  }

  #storage(keys: TableKeys, tableName: string, indexName?: string): ItemStorage {
    const key = keys.get(tableName);
    if (key === undefined) throw new Error(`The key of the table ${tableName} was not opened.`);
    return this.#opened(tableName, key, indexName);
  }

  #opened(tableName: string, key: SealingKey, indexName?: string): ItemStorage {
    return new ItemStorage(this.#itemsOf(tableName, indexName), key, this.#streams);
  }

  #itemsOf(tableName: string, indexName?: string): SealedItems {
    return this.#itemsAt(indexName === undefined ? tableName : `${tableName}/${indexName}`);
  }

  #itemsAt(name: string): SealedItems {
    let items = this.#items.get(name);
    if (items === undefined) {
      items = new SealedItems(name, (key, item) => this.#note(name, key, item));
      this.#items.set(name, items);
    }
    return items;
  }

  /** @param name of a table or an index, without spaces */
  #note(name: string, key: string, item?: SealedItem): void {
    if (item) this.changes?.put(`${name} ${key}`, item);
    else this.changes?.delete(`${name} ${key}`);
  }
}

/** dynalite has no transactions, and so no action that only checks. */
function actionOf(operation: ItemOperation): ReturnType<typeof action> {
  return operation === 'ConditionCheckItem' ? checkItem : action(operation);
}
