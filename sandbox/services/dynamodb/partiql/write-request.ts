/** Writes as the data plane takes them; pages "PartiQL insert, update and delete statements for DynamoDB". */
import type { DataPlane, ItemRequest, TableDefinition } from '../data-plane.ts';
import { keyNames } from '../table-index.ts';
import { allOf, itemConditions } from './key-conditions.ts';
import { incompleteKey, refused } from './refusals.ts';
import type { WriteStatement } from './statement.ts';
import { updateMembers } from './update-expression.ts';

/** Members of the request that hold for its statements. */
export interface WriteOptions {
  readonly ReturnConsumedCapacity?: string | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
}

/** The placeholder of the partition key, which an item has if it is there. */
const keyPlaceholder = '#key';

/** @throws AwsError ValidationException */
export function writeRequest(
  dataPlane: DataPlane,
  statement: WriteStatement,
  definition: TableDefinition,
  options: WriteOptions,
): ItemRequest {
  const names = keyNames(definition.KeySchema);
  const ExpressionAttributeNames = { [keyPlaceholder]: names.partition };
  const isThere = { ConditionExpression: `attribute_exists(${keyPlaceholder})`, ExpressionAttributeNames };
  const common = { TableName: definition.TableName, ...options };
  if (statement.kind === 'insert') {
    const isNew = {
      ConditionExpression: `attribute_not_exists(${keyPlaceholder})`,
      ExpressionAttributeNames,
    };
    return dataPlane.read('PutItem', { ...common, Item: statement.item, ...isNew });
  }
  const named = itemConditions(statement.where, definition);
  if (!named) throw incompleteKey();
  const { key: Key, others } = named;
  const condition = allOf(others);
  if (statement.kind === 'exists') {
    // Text of DynamoDB local.
    if (!condition) throw refused('EXISTS() must contain a single item read with additional condition');
    return dataPlane.read('ConditionCheckItem', { ...common, Key, ...isThere }, condition);
  }
  const returning = statement.returning && { ReturnValues: statement.returning };
  if (statement.kind === 'update') {
    const members = updateMembers(statement.actions, ExpressionAttributeNames);
    const body = { ...common, Key, ...isThere, ...members, ...returning };
    return dataPlane.read('UpdateItem', body, condition);
  }
  // What is not there is deleted already, whatever else was to hold (observed on AWS, nubo-db/dynamodb-conformance).
  const isGone = { type: 'function', name: 'attribute_not_exists', args: [[names.partition]] } as const;
  const body = { ...common, Key, ...returning };
  return dataPlane.read('DeleteItem', body, condition && { type: 'or', args: [isGone, condition] });
}
