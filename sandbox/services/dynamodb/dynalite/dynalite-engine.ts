/**
 * The data plane on dynalite 4's functions, called in this process: no HTTP, no timers, no database. dynalite's
 * own HTTP handler ends the process when a client disconnects, and its store keeps a second set of tables.
 */
import type { CreateTableInput } from '@aws-sdk/client-dynamodb';
import batchGetItem from 'dynalite/actions/batchGetItem.js';
import batchWriteItem from 'dynalite/actions/batchWriteItem.js';
import deleteItem from 'dynalite/actions/deleteItem.js';
import getItem from 'dynalite/actions/getItem.js';
import putItem from 'dynalite/actions/putItem.js';
import query from 'dynalite/actions/query.js';
import scan from 'dynalite/actions/scan.js';
import updateItem from 'dynalite/actions/updateItem.js';
import db from 'dynalite/db/index.js';
import { AwsError } from '../../../aws-error.ts';
import type {
  DataPlane,
  ItemOperation,
  ItemRequest,
  TableDefinition,
  TableStatistics,
} from '../data-plane.ts';
import type { Item } from './condition.ts';
import { filterAnswer, withCondition, withoutFilter } from './expressions.ts';
import { ItemStorage } from './item-storage.ts';
import { tableAccesses } from './table-access.ts';
import { toAwsError } from './to-aws-error.ts';
import { checkBody } from './validation.ts';
import type { ValueStream } from './value-stream.ts';
import { withoutNulls } from './wire-json.ts';

const actions = {
  GetItem: getItem,
  PutItem: putItem,
  UpdateItem: updateItem,
  DeleteItem: deleteItem,
  Query: query,
  Scan: scan,
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
} satisfies Record<ItemOperation, typeof getItem>;

/** 400 KB, "Quotas in Amazon DynamoDB". */
const maxItemSize = 400 * 1024;

export class DynaliteEngine implements DataPlane {
  readonly #definitions = new Map<string, TableDefinition>();
  readonly #storages = new Map<string, ItemStorage>();
  readonly #streams: ValueStream[] = [];
  readonly #store: DynaliteStore = {
    options: { maxItemSize },
    getTable: (name, callback) => {
      const definition = this.#definitions.get(name);
      if (definition) callback(null, definition);
      else callback(new AwsError('ResourceNotFoundException', 'Requested resource not found'));
    },
    getItemDb: (tableName) => this.#storage(tableName),
    getIndexDb: (_type, tableName, indexName) => this.#storage(tableName, indexName),
  };

  read(operation: ItemOperation, json: Record<string, unknown>): ItemRequest {
    const body = checkBody(operation, withoutNulls(json), this.#store);
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

  checkDefinition(input: CreateTableInput): void {
    checkBody('CreateTable', structuredClone(input) as unknown as Record<string, unknown>, this.#store);
  }

  addTable(definition: TableDefinition): void {
    this.#definitions.set(definition.TableName, definition);
  }

  dropTable(tableName: string): void {
    this.#definitions.delete(tableName);
    for (const name of this.#storages.keys()) {
      if (name === tableName || name.startsWith(`${tableName}/`)) this.#storages.delete(name);
    }
  }

  run(request: ItemRequest): Promise<Record<string, unknown>> {
    const { operation, body } = request;
    return new Promise((resolve, reject) => {
      // Nothing interleaves: the item that the condition saw is the item that the action finds.
      const existing = body._condition ? this.#itemOf(body) : undefined;
      const prepared = withoutFilter(withCondition(body, existing ?? {}));
      this.#streams.length = 0;
      actions[operation](this.#store, prepared, (error, answer = {}) => {
        try {
          if (error) reject(this.#withFailedItem(body, toAwsError(error)));
          else resolve(filterAnswer(body, answer));
        } catch (thrown) {
          // dynalite may call back later, when nobody catches: reading whole items through a local index.
          reject(thrown);
        }
      });
      for (const stream of this.#streams.splice(0)) stream.flow();
    });
  }

  /** Adds the item that failed the condition, where the request asks for it; dynalite does not know that member. */
  #withFailedItem(body: Record<string, unknown>, error: unknown): unknown {
    if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') return error;
    const Item = body.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' ? this.#itemOf(body) : undefined;
    return Item ? new AwsError(error.code, error.message, error.status, { Item }) : error;
  }

  /** The item that a write is about, as it is before; undefined if it is not there or the key is wrong. */
  #itemOf({ TableName, Key, Item }: Record<string, unknown>): Item | undefined {
    const named = (Key ?? Item) as Item;
    const keySchema = this.#definitions.get(String(TableName))?.KeySchema ?? [];
    const key = Object.fromEntries(
      keySchema.map(({ AttributeName = '' }) => [AttributeName, named[AttributeName]]),
    );
    let found: Item | undefined;
    getItem(this.#store, { TableName, Key: key }, (_error, answer) => {
      found = answer?.Item as Item | undefined;
    });
    return found;
  }

  statistics(tableName: string, indexName?: string): TableStatistics {
    const storage = this.#storage(tableName, indexName);
    let sizeBytes = 0;
    for (const item of storage.values()) sizeBytes += db.itemSize(item as object);
    return { itemCount: storage.size, sizeBytes };
  }

  /** `table`, or `table/index`: a slash is in neither name. */
  #storage(tableName: string, indexName?: string): ItemStorage {
    const name = indexName === undefined ? tableName : `${tableName}/${indexName}`;
    let storage = this.#storages.get(name);
    if (storage === undefined) {
      storage = new ItemStorage(this.#streams);
      this.#storages.set(name, storage);
    }
    return storage;
  }
}
