import { AwsError } from '../../../aws-error.ts';
import type { Call } from '../../../call.ts';
import type { WireValue } from '../data-plane.ts';
import { openTableKeys, type TableKeys } from '../encryption/table-key.ts';
import { findUsableTable } from '../find-table.ts';
import { requireReadableIndex } from '../indexes/index-change.ts';
import type { Table } from '../table.ts';
import { consumptionByTable } from './capacity.ts';
import type { ReadPosition } from './next-token.ts';
import { onlyInTransactions } from './parse-condition.ts';
import type { PreparedStatement } from './prepared-statement.ts';
import { projected } from './projection.ts';
import { refused } from './refusals.ts';
import { type PlannedRead, planSelect } from './select-plan.ts';
import type { SelectStatement, WriteStatement } from './statement.ts';
import { type WriteOptions, writeRequest } from './write-request.ts';

export type Item = Readonly<Record<string, WireValue>>;

export interface StatementAnswer {
  readonly items: readonly Item[];
  /** Where the request asked for it. */
  readonly consumption?: unknown;
  /** Where a SELECT goes on, if it does. */
  readonly next?: ReadPosition;
}

export interface StatementOptions extends WriteOptions {
  readonly ConsistentRead?: boolean | undefined;
  /** How many items a SELECT reads at most. */
  readonly limit?: number | undefined;
  readonly from?: ReadPosition | undefined;
}

/** A page of an answer, before the filter: "Working with query results: Pagination". */
const pageBytes = 1024 * 1024;

/** @throws AwsError ResourceNotFoundException, ValidationException, DuplicateItemException, those of KMS, ... */
export async function runStatement(
  call: Call,
  prepared: PreparedStatement,
  options: StatementOptions,
): Promise<StatementAnswer> {
  const { statement } = prepared;
  const table = findUsableTable(call, prepared.table);
  requireReadableIndex(table, statement.index);
  if (statement.kind === 'select') return runSelect(call, statement, table, options);
  if (statement.kind === 'exists') throw onlyInTransactions();
  return runWrite(call, statement, table, options);
}

async function runSelect(
  call: Call,
  statement: SelectStatement,
  table: Table,
  { ConsistentRead, ReturnConsumedCapacity, limit, from = { read: 0 } }: StatementOptions,
): Promise<StatementAnswer> {
  const reads = planSelect(statement, table.definition, { ConsistentRead, ReturnConsumedCapacity });
  if (from.read < 0 || from.read >= reads.length) throw refused('Invalid NextToken');
  const keys = openTableKeys(call, [table]);
  const items: Item[] = [];
  const consumptions: unknown[] = [];
  let left = limit ?? Number.POSITIVE_INFINITY;
  let bytes = 0;
  let next: ReadPosition | undefined = from;
  while (next) {
    const { key, read }: ReadPosition = next;
    const answer = await carryOut(call, reads[read], keys, left, key);
    items.push(...answer.Items.map((item) => projected(item, statement.projection)));
    consumptions.push(answer.ConsumedCapacity);
    left -= answer.ScannedCount;
    if (answer.LastEvaluatedKey) next = { read, key: answer.LastEvaluatedKey };
    else next = read + 1 < reads.length ? { read: read + 1 } : undefined;
    bytes += reads.length > 1 ? JSON.stringify(answer.Items).length : 0;
    if (answer.LastEvaluatedKey || left <= 0 || bytes >= pageBytes) break;
  }
  const [consumption] = consumptionByTable(consumptions);
  return { items, ...(consumption && { consumption }), ...(next && { next }) };
}

interface ReadAnswer {
  readonly Items: readonly Item[];
  readonly ScannedCount: number;
  readonly LastEvaluatedKey?: Readonly<Record<string, unknown>>;
  readonly ConsumedCapacity?: unknown;
}

async function carryOut(
  call: Call,
  read: PlannedRead | undefined,
  keys: TableKeys,
  limit: number,
  ExclusiveStartKey: Readonly<Record<string, unknown>> | undefined,
): Promise<ReadAnswer> {
  if (!read) throw new Error('The plan of the SELECT has no such read.');
  const { dataPlane } = call.account.dynamodb(call.region);
  const body = {
    ...read.body,
    ...(Number.isFinite(limit) && { Limit: limit }),
    ...(ExclusiveStartKey && { ExclusiveStartKey }),
  };
  const request = dataPlane.read(read.operation, body, read.condition);
  return (await dataPlane.run(request, keys)) as unknown as ReadAnswer;
}

async function runWrite(
  call: Call,
  statement: WriteStatement,
  table: Table,
  { ReturnConsumedCapacity, ReturnValuesOnConditionCheckFailure }: StatementOptions,
): Promise<StatementAnswer> {
  const { dataPlane } = call.account.dynamodb(call.region);
  const options = { ReturnConsumedCapacity, ReturnValuesOnConditionCheckFailure };
  const request = writeRequest(dataPlane, statement, table.definition, options);
  const keys = openTableKeys(call, [table]);
  try {
    const { Attributes = {}, ConsumedCapacity } = await dataPlane.run(request, keys);
    const item = Attributes as Item;
    return {
      items: Object.keys(item).length > 0 ? [item] : [],
      ...(ConsumedCapacity !== undefined && { consumption: ConsumedCapacity }),
    };
  } catch (error) {
    throw statement.kind === 'insert' ? asDuplicate(error) : error;
  }
}

/** An INSERT never replaces an item. Text as several users quote it (e.g. dynamodb.ExecuteStatement in guregu/dynamo). */
export function asDuplicate(error: unknown): unknown {
  if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') return error;
  return new AwsError('DuplicateItemException', 'Duplicate primary key exists in table', 400, error.members);
}
