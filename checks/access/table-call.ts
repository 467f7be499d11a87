/** One call on a table: what a principal is tried with, and what policies are told of it. None of them can change anything. */
import { z } from 'zod';
import type { AccessRequest } from '../../policy/request.ts';
import type { Account } from '../account.ts';
import { onlyConditionFailed } from '../dynamodb/harmless-delete.ts';
import { type KeyedTable, partitionDelete, partitionQuery } from '../dynamodb/table-keys.ts';
import { type Actor, actorContext } from './actor.ts';
import type { ExpectedDenial } from './experiment.ts';
import { direct, type KnownContext, together } from './request-context.ts';

/** The calls that somebody else can be tried with. */
export const tableCallProbes = [
  'dynamodb:DescribeTable',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:DeleteItem',
] as const;

const callParam = z
  .enum(tableCallProbes)
  .describe(
    'The call. `dynamodb:DeleteItem` is tried with a condition that never holds, and deletes nothing.',
  );
const partitionParam = z
  .string()
  .optional()
  .describe(
    'Value of the partition key, for calls that name items: `dynamodb:Query` and `dynamodb:DeleteItem`.',
  );

/** Parameters of the checks that try a call. */
export const tableCallParams = {
  table: z.string().describe('Name of the table.'),
  call: callParam,
  partition: partitionParam,
};

/** A call that is allowed, which shows what a refusal of another is worth. */
export const controlParam = z
  .strictObject({ call: callParam, partition: partitionParam })
  .describe('A call that the same principal is allowed: without it a refusal would say nothing.');

export interface TableCall {
  readonly call: (typeof tableCallProbes)[number];
  readonly partition?: string | undefined;
}

/** Makes it. @returns what was seen, for a sentence: `3 items` */
export async function makeCall(
  account: Account<(typeof tableCallProbes)[number]>,
  table: KeyedTable,
  { call, partition = '' }: TableCall,
): Promise<string> {
  switch (call) {
    case 'dynamodb:DescribeTable':
      await account.call(call, { TableName: table.name });
      return 'what the table is like';
    case 'dynamodb:Query':
      return items((await account.call(call, partitionQuery(table, partition))).Count);
    case 'dynamodb:Scan':
      return items((await account.call(call, { TableName: table.name, Limit: 25 })).Count);
    case 'dynamodb:DeleteItem':
      try {
        await account.call(call, partitionDelete(table, partition));
      } catch (error) {
        if (!onlyConditionFailed(error)) throw error;
      }
      return 'no objection but the condition that keeps the item';
  }
}

function items(count = 0): string {
  return `${count} item${count === 1 ? '' : 's'}`;
}

/** `dynamodb:Query of ana in notes`, `dynamodb:Scan of notes` */
export function callInWords({ call, partition }: TableCall, { name, partitionKey }: KeyedTable): string {
  return namesItems(call) && partition !== undefined
    ? `${call} on the items of ${name} whose ${partitionKey} is ${partition}`
    : `${call} on ${name}`;
}

function namesItems(call: TableCall['call']): boolean {
  return call === 'dynamodb:Query' || call === 'dynamodb:DeleteItem';
}

/** The only refusal of it that counts. */
export function refusalOf({ call }: TableCall, { arn }: KeyedTable, principal: string): ExpectedDenial {
  return { principal, action: call, resource: arn };
}

/** The call as policies see it. */
export function requestOf(
  { call, partition }: TableCall,
  table: KeyedTable,
  actor: Actor,
  account: Account<never>,
): AccessRequest {
  return {
    principal: actor.principal,
    action: call,
    resource: table.arn,
    resourceAccount: account.id,
    ...together(actorContext(actor, account), direct, onItems(call, partition)),
  };
}

/**
 * "Using IAM policy conditions for fine-grained access control", DynamoDB developer guide: `dynamodb:LeadingKeys` holds the
 * partition keys that a request names. A scan names none, and then a `ForAllValues` condition on them holds.
 */
function onItems(call: TableCall['call'], partition = ''): KnownContext {
  const lacks = ['dynamodb:EnclosingOperation'];
  return namesItems(call)
    ? { context: { 'dynamodb:LeadingKeys': [partition] }, lacks }
    : { context: {}, lacks: [...lacks, 'dynamodb:LeadingKeys'] };
}
