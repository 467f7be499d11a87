import type { KeySchemaElement } from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from './data-plane.ts';

/** An index of a table, as far as reading it goes. */
export interface TableIndex {
  readonly kind: 'Local' | 'Global';
  readonly keySchema: readonly KeySchemaElement[];
  /** The top-level attributes that it holds; undefined if it holds all. */
  readonly projected: ReadonlySet<string> | undefined;
}

export function findIndex(definition: TableDefinition, indexName: string): TableIndex | undefined {
  const byName = ({ IndexName }: { IndexName?: string | undefined }) => IndexName === indexName;
  const local = definition.LocalSecondaryIndexes?.find(byName);
  const index = local ?? definition.GlobalSecondaryIndexes?.find(byName);
  if (index === undefined) return undefined;
  const { KeySchema = [], Projection } = index;
  const keys = [...definition.KeySchema, ...KeySchema].map((element) => element.AttributeName ?? '');
  return {
    kind: local ? 'Local' : 'Global',
    keySchema: KeySchema,
    projected:
      Projection?.ProjectionType === 'ALL'
        ? undefined
        : new Set([...keys, ...(Projection?.NonKeyAttributes ?? [])]),
  };
}

export interface KeyNames {
  readonly partition: string;
  readonly sort?: string;
}

/** Of a table's key schema or an index's. */
export function keyNames(keySchema: readonly KeySchemaElement[]): KeyNames {
  const named = (type: string) => keySchema.find(({ KeyType }) => KeyType === type)?.AttributeName;
  const sort = named('RANGE');
  return { partition: named('HASH') ?? '', ...(sort !== undefined && { sort }) };
}
