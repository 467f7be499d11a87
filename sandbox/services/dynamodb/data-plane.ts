/** What the control plane asks of the engine that holds the items, so that the engine can be replaced. */
import type {
  AttributeDefinition,
  CreateTableInput,
  GlobalSecondaryIndex,
  KeySchemaElement,
  LocalSecondaryIndex,
} from '@aws-sdk/client-dynamodb';

export type ItemOperation =
  | 'GetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'Query'
  | 'Scan'
  | 'BatchGetItem'
  | 'BatchWriteItem';

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

export interface TableStatistics {
  readonly itemCount: number;
  readonly sizeBytes: number;
}

export interface DataPlane {
  /**
   * Reads a request body: its types, its constraints, its expressions.
   *
   * @param body with table names, not ARNs
   * @throws AwsError SerializationException or ValidationException
   */
  read(operation: ItemOperation, body: Record<string, unknown>): ItemRequest;
  /** @throws AwsError ValidationException for a definition that CreateTable would refuse */
  checkDefinition(input: CreateTableInput): void;
  addTable(definition: TableDefinition): void;
  /** Drops the table and its items. */
  dropTable(tableName: string): void;
  /** Carries the request out on tables that were added. Resolves to the answer's JSON. @throws AwsError */
  run(request: ItemRequest): Promise<Record<string, unknown>>;
  /** Of the table, or of one of its indexes. */
  statistics(tableName: string, indexName?: string): TableStatistics;
}
