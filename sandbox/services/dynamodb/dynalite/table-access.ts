/** Reads from a checked request which items and attributes it names, table by table. */
import type { ItemOperation, TableAccess, WireValue } from '../data-plane.ts';

type Attributes = Readonly<Record<string, WireValue>>;

/** The members of a checked body, or of a table's part of a batch, that name items or attributes. */
interface NamingMembers {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly Key?: Attributes;
  readonly Item?: Attributes;
  readonly Keys?: readonly Attributes[];
  readonly KeyConditions?: Readonly<Record<string, KeyCondition>>;
  readonly Expected?: object;
  readonly AttributeUpdates?: object;
  readonly QueryFilter?: object;
  readonly ScanFilter?: object;
  readonly AttributesToGet?: readonly string[];
  readonly _projection?: { readonly paths: readonly Path[] };
  readonly _condition?: { readonly pathHeads: object };
  readonly _filter?: { readonly pathHeads: object };
  readonly _updates?: { readonly paths: readonly Path[]; readonly sections: readonly { val?: Operand }[] };
}

interface KeyCondition {
  readonly ComparisonOperator?: string;
  readonly AttributeValueList?: readonly WireValue[];
}

/** `a.b[1]` as dynalite parses it: `['a', 'b', 1]`. */
type Path = readonly [string, ...(string | number)[]];
/** In `SET a = b + :v`: a path, a value, or an operation on more of them. */
type Operand = Path | { readonly type?: string; readonly args?: readonly Operand[] };

interface WriteRequest {
  readonly PutRequest?: { readonly Item: Attributes };
  readonly DeleteRequest?: { readonly Key: Attributes };
}

export function tableAccesses(operation: ItemOperation, body: Record<string, unknown>): TableAccess[] {
  if (operation === 'BatchGetItem') {
    const requests = body.RequestItems as Record<string, NamingMembers>;
    return Object.entries(requests).map(([tableName, members]) => access(tableName, members));
  }
  if (operation === 'BatchWriteItem') {
    const requests = body.RequestItems as Record<string, WriteRequest[]>;
    return Object.entries(requests).map(([tableName, writes]) => {
      const items = writes.map((write) => write.PutRequest?.Item ?? write.DeleteRequest?.Key);
      return access(tableName, { Keys: items.filter((item) => item !== undefined) });
    });
  }
  const members = body as NamingMembers;
  return [access(members.TableName ?? '', members)];
}

function access(tableName: string, members: NamingMembers): TableAccess {
  const single = [members.Key, members.Item, pinned(members.KeyConditions)];
  const named = [...single.filter((item) => item !== undefined), ...(members.Keys ?? [])];
  return {
    tableName,
    ...(members.IndexName !== undefined && { indexName: members.IndexName }),
    keys: named,
    attributes: [...new Set([...named.flatMap(Object.keys), ...otherAttributes(members)])],
  };
}

/** What a key condition fixes: its equalities. */
function pinned(conditions: NamingMembers['KeyConditions']): Attributes | undefined {
  if (conditions === undefined) return undefined;
  const values: Record<string, WireValue> = {};
  for (const [name, { ComparisonOperator, AttributeValueList }] of Object.entries(conditions)) {
    const value = AttributeValueList?.[0];
    if (ComparisonOperator === 'EQ' && value !== undefined) values[name] = value;
  }
  return values;
}

function* otherAttributes(members: NamingMembers): Generator<string> {
  for (const map of [
    members.KeyConditions,
    members.Expected,
    members.AttributeUpdates,
    members.QueryFilter,
    members.ScanFilter,
    members._condition?.pathHeads,
    members._filter?.pathHeads,
  ]) {
    if (map !== undefined) yield* Object.keys(map);
  }
  yield* members.AttributesToGet ?? [];
  for (const path of members._projection?.paths ?? []) yield path[0];
  for (const path of members._updates?.paths ?? []) yield path[0];
  for (const { val } of members._updates?.sections ?? []) yield* operandAttributes(val);
}

function* operandAttributes(operand: Operand | undefined): Generator<string> {
  if (operand === undefined) return;
  if (isPath(operand)) yield operand[0];
  else for (const inner of operand.args ?? []) yield* operandAttributes(inner);
}

function isPath(operand: Operand): operand is Path {
  return Array.isArray(operand);
}
