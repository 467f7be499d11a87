/**
 * Deleting an item without deleting it: the request carries a condition that holds for no item there can be. Whoever may not
 * delete is refused before DynamoDB looks at the condition; whoever may is told that the condition does not hold, and nothing
 * has changed ("Condition expressions", DynamoDB developer guide: a write whose condition is false fails).
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { CallError } from '../call.ts';

/** No item has an attribute and lacks it. */
const neverHolds = 'attribute_exists(#key) AND attribute_not_exists(#key)';

const writes = new Set(['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem']);
const harmlessMembers = new Set(['TableName', 'Key', 'ConditionExpression', 'ExpressionAttributeNames']);

/** @param partitionKey name of the attribute that every item of the table has */
export function harmlessDelete(TableName: string, partitionKey: string, Key: Record<string, AttributeValue>) {
  return {
    TableName,
    Key,
    ConditionExpression: neverHolds,
    ExpressionAttributeNames: { '#key': partitionKey },
  };
}

/** Whether a call could change an item: every write but {@link harmlessDelete}. */
export function changesItems(call: string, input: object): boolean {
  if (!writes.has(call)) return false;
  const isHarmless =
    call === 'dynamodb:DeleteItem' &&
    'ConditionExpression' in input &&
    input.ConditionExpression === neverHolds &&
    Object.keys(input).every((member) => harmlessMembers.has(member));
  return !isHarmless;
}

/** Whether DynamoDB had no objection but the condition, so that the principal may delete. */
export function onlyConditionFailed(error: unknown): boolean {
  return error instanceof CallError && error.code === 'ConditionalCheckFailedException';
}
