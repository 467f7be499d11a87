/** Sends PartiQL statements as the administrator of a scene. */
import {
  type AttributeValue,
  ExecuteStatementCommand,
  type ExecuteStatementInput,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Clients, Scene } from '../scene.ts';

export type Item = Record<string, AttributeValue>;

export class Statements {
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  run(
    Statement: string,
    Parameters?: AttributeValue[],
    more: Partial<ExecuteStatementInput> = {},
    as: Clients = this.#scene.admin,
  ) {
    return as.dynamodb.send(
      new ExecuteStatementCommand({ Statement, ...(Parameters && { Parameters }), ...more }),
    );
  }

  async items(Statement: string, Parameters?: AttributeValue[]): Promise<Item[]> {
    return (await this.run(Statement, Parameters)).Items ?? [];
  }

  async put(TableName: string, ...items: readonly Item[]): Promise<void> {
    for (const Item of items) await this.#scene.admin.dynamodb.send(new PutItemCommand({ TableName, Item }));
  }

  async get(TableName: string, Key: Item): Promise<Item | undefined> {
    return (await this.#scene.admin.dynamodb.send(new GetItemCommand({ TableName, Key }))).Item;
  }
}

/** A table with the keys `pk` and `sk`, and indexes of every kind. */
export const indexedTable = {
  AttributeDefinitions: ['pk', 'sk', 'gsiPk', 'lsiSk'].map(
    (AttributeName) => ({ AttributeName, AttributeType: 'S' }) as const,
  ),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' as const },
    { AttributeName: 'sk', KeyType: 'RANGE' as const },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'lsi-keys',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' as const },
        { AttributeName: 'lsiSk', KeyType: 'RANGE' as const },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' as const },
    },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'gsi-all',
      KeySchema: [{ AttributeName: 'gsiPk', KeyType: 'HASH' as const }],
      Projection: { ProjectionType: 'ALL' as const },
    },
    {
      IndexName: 'gsi-inc',
      KeySchema: [{ AttributeName: 'gsiPk', KeyType: 'HASH' as const }],
      Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: ['projected'] },
    },
  ],
};
