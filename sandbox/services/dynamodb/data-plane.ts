/** What the control plane asks of the engine that holds the items, so that the engine can be replaced. */
import type {
  AttributeDefinition,
  CreateTableInput,
  GlobalSecondaryIndex,
  KeySchemaElement,
  LocalSecondaryIndex,
} from '@aws-sdk/client-dynamodb';
import type { AwsError } from '../../aws-error.ts';
import type { NotedStore } from '../../keeping/kept-store.ts';
import type { SealingKey } from './encryption/sealing-key.ts';
import type { TableKeys } from './encryption/table-key.ts';

export type ItemOperation =
  | 'GetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'Query'
  | 'Scan'
  | 'BatchGetItem'
  | 'BatchWriteItem'
  /** Only inside a transaction. */
  | 'ConditionCheckItem';

/** Keys and indexes of a table: all that the engine knows of it. */
export interface TableDefinition {
  readonly TableName: string;
  readonly AttributeDefinitions: readonly AttributeDefinition[];
  readonly KeySchema: readonly KeySchemaElement[];
  readonly LocalSecondaryIndexes?: readonly LocalSecondaryIndex[];
  readonly GlobalSecondaryIndexes?: readonly GlobalSecondaryIndex[];
}

/** An attribute value as it is on the wire: `{ "S": "text" }`, binary values in base64. */
export type WireValue = Readonly<Record<string, unknown>>;

/** A top-level attribute, then names in maps and positions in lists: `['a', 'b', 1]` is `a.b[1]`. */
export type DocumentPath = readonly [string, ...(string | number)[]];

/** A path, a value, `size(...)`, or a condition inside another. */
export type ConditionOperand = DocumentPath | WireValue | Condition;

/** A condition on an item, as a tree. */
export interface Condition {
  /** `and`, `or`, `not`, `function`, or a comparison: `=`, `<>`, `<`, `<=`, `>`, `>=`, `between`, `in`. */
  readonly type: string;
  /** Of a function: `attribute_exists`, `begins_with`, ... */
  readonly name?: string;
  readonly args: readonly ConditionOperand[];
}

/** What one request does with one table. */
export interface TableAccess {
  readonly tableName: string;
  readonly indexName?: string;
  /** The items that the request names: keys, whole items, or what a key condition pins down. */
  readonly keys: readonly Readonly<Record<string, WireValue>>[];
  /** Top-level attributes that the request names, in any of its parameters. */
  readonly attributes: readonly string[];
}

/** A request that is well formed, whether or not its tables exist. */
export interface ItemRequest {
  readonly operation: ItemOperation;
  readonly tables: readonly TableAccess[];
  /** Members that policies can ask about, where the request has them. */
  readonly select?: string;
  readonly returnValues?: string;
  readonly returnConsumedCapacity?: string;
  /** The engine's own form of the request. */
  readonly body: Record<string, unknown>;
}

/** An item as the store holds it. */
export interface ItemAtRest {
  readonly key: Readonly<Record<string, WireValue>>;
  /** Ciphertext. */
  readonly bytes: Uint8Array;
  /** The item, if the table's key can be used. */
  readonly item?: Readonly<Record<string, WireValue>>;
}

export interface TableStatistics {
  readonly itemCount: number;
  readonly sizeBytes: number;
}

/** What became of one action of a transaction, if it had been alone. */
export type ActionResult =
  | { readonly answer: Record<string, unknown>; readonly refusal?: undefined }
  | { readonly answer?: undefined; readonly refusal: AwsError };

/** What is noted of it are its items as they lie at rest. */
export interface DataPlane extends NotedStore {
  /**
   * Reads a request body: its types, its constraints, its expressions.
   *
   * @param body with table names, not ARNs
   * @param condition to be fulfilled beside the body's own: by the item that is written, or by those that are found,
   *   where it may be about key attributes too. Its values are those of {@link DataPlane.readValue}.
   * @throws AwsError SerializationException or ValidationException
   */
  read(operation: ItemOperation, body: Record<string, unknown>, condition?: Condition): ItemRequest;
  /**
   * Reads an attribute value that stands by itself; numbers lose what does not count.
   *
   * @throws AwsError SerializationException or ValidationException
   */
  readValue(value: unknown): WireValue;
  /** @throws AwsError ValidationException for a definition that CreateTable would refuse */
  checkDefinition(input: CreateTableInput): void;
  addTable(definition: TableDefinition): void;
  /**
   * Fills an index with what the table's items have for it, and keeps it from then on. Items whose attributes are not of
   * the types of its keys are not in it.
   *
   * @param definition of the table, with the index
   * @param key opens the items
   */
  addIndex(definition: TableDefinition, indexName: string, key: SealingKey): void;
  /** @param definition of the table, without the index */
  dropIndex(definition: TableDefinition, indexName: string): void;
  /** Drops the table and its items. */
  dropTable(tableName: string): void;
  /** Carries the request out on tables that were added, whose keys are given. Resolves to the answer's JSON. @throws AwsError */
  run(request: ItemRequest, keys: TableKeys): Promise<Record<string, unknown>>;
  /**
   * Carries out requests on one item each, all of them or, when one is refused, none. No two may be about the same item.
   *
   * @returns what became of each, in their order
   * @throws AwsError ValidationException for more than 4 MB of items
   */
  transact(requests: readonly ItemRequest[], keys: TableKeys): ActionResult[];
  /** Names the item that a request on one item is about; undefined if its key does not fit the table. */
  itemIdentity(request: ItemRequest): string | undefined;
  /** Reads the item that the request is about. */
  readingOf(request: ItemRequest): ItemRequest;
  /**
   * Deletes the items whose time to live is over: a number of seconds since the epoch, not more than five years ago
   * (page "Using time to live (TTL) in DynamoDB").
   *
   * @param now seconds since the epoch
   */
  deleteExpired(tableName: string, attributeName: string, now: number, key: SealingKey): void;
  /** In the order of the storage. @param key opens the items; without it they have no plaintext */
  itemsAtRest(tableName: string, key: SealingKey | undefined): ItemAtRest[];
  /** Of the table, or of one of its indexes. */
  statistics(tableName: string, indexName?: string): TableStatistics;
}
