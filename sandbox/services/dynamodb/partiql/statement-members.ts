/** Reads the members that the three PartiQL operations have in common; lengths of the DynamoDB API reference. */
import { AwsError } from '../../../aws-error.ts';
import { atLeast, oneOf, requireAll, type Violation } from '../constraints.ts';

type Json = Readonly<Record<string, unknown>>;

export interface StatementMembers {
  readonly text: string;
  readonly parameters: readonly unknown[];
  readonly ConsistentRead: boolean | undefined;
  readonly ReturnValuesOnConditionCheckFailure: string | undefined;
}

/** @param path where in the request the statement is: `statements.1.member.`; empty for a statement by itself */
export function readStatementMembers(json: Json, path = ''): StatementMembers {
  const statement = text(json, 'Statement');
  const parameters = list(json, 'Parameters');
  const onFailure = text(json, 'ReturnValuesOnConditionCheckFailure');
  requireAll(
    present(`${path}statement`, statement),
    length(`${path}statement`, statement, 1, 8192),
    parameters && atLeastOne(`${path}parameters`, parameters),
    oneOf(`${path}returnValuesOnConditionCheckFailure`, onFailure, ['ALL_OLD', 'NONE']),
  );
  return {
    text: statement ?? '',
    parameters: parameters ?? [],
    ConsistentRead: flag(json, 'ConsistentRead'),
    ReturnValuesOnConditionCheckFailure: onFailure,
  };
}

/** The statements of a batch or a transaction. @param most quota on their number */
export function readStatementList(json: Json, name: string, most: number): StatementMembers[] {
  const path = lowerFirst(name);
  const statements = list(json, name);
  requireAll(present(path, statements), statements && count(path, statements, most));
  return (statements ?? []).map((statement, index) => {
    if (!isObject(statement)) throw wrongType('Unexpected value type in payload');
    return readStatementMembers(statement, `${path}.${index + 1}.member.`);
  });
}

export function readReturnConsumedCapacity(json: Json): string | undefined {
  const value = text(json, 'ReturnConsumedCapacity');
  requireAll(oneOf('returnConsumedCapacity', value, ['INDEXES', 'TOTAL', 'NONE']));
  return value;
}

export function readPage(json: Json): { limit: number | undefined; token: string | undefined } {
  const limit = given(json, 'Limit');
  if (limit !== undefined && typeof limit !== 'number') {
    throw wrongType(`${limit === true ? 'TRUE_VALUE' : 'STRING_VALUE'} cannot be converted to Integer`);
  }
  const token = text(json, 'NextToken');
  requireAll(atLeast('limit', limit, 1), length('nextToken', token, 1, 32_768));
  return { limit: limit === undefined ? undefined : Math.floor(limit), token };
}

function given(json: Json, name: string): unknown {
  return Object.hasOwn(json, name) ? (json[name] ?? undefined) : undefined;
}

function text(json: Json, name: string): string | undefined {
  const value = given(json, name);
  if (value === undefined || typeof value === 'string') return value;
  throw wrongType('Start of structure or map found where not expected');
}

function flag(json: Json, name: string): boolean | undefined {
  const value = given(json, name);
  if (value === undefined || typeof value === 'boolean') return value;
  throw wrongType('Unexpected token received from parser');
}

function list(json: Json, name: string): unknown[] | undefined {
  const value = given(json, name);
  if (value === undefined || Array.isArray(value)) return value;
  throw wrongType('Unexpected field type');
}

function present(path: string, value: unknown): Violation {
  if (value !== undefined) return undefined;
  return `Value null at '${path}' failed to satisfy constraint: Member must not be null`;
}

function length(path: string, value: string | undefined, least: number, most: number): Violation {
  if (value === undefined) return undefined;
  const violation = (must: string) =>
    `Value '${value.slice(0, 200)}' at '${path}' failed to satisfy constraint: Member must have length ${must}`;
  if (value.length < least) return violation(`greater than or equal to ${least}`);
  return value.length > most ? violation(`less than or equal to ${most}`) : undefined;
}

function atLeastOne(path: string, elements: readonly unknown[]): Violation {
  return count(path, elements, Number.POSITIVE_INFINITY);
}

/** AWS quotes the whole list, in the notation of Java. */
function count(path: string, elements: readonly unknown[], most: number): Violation {
  const violation = (shown: string, must: string) =>
    `Value '${shown}' at '${path}' failed to satisfy constraint: Member must have length ${must}`;
  if (elements.length === 0) return violation('[]', 'greater than or equal to 1');
  return elements.length > most ? violation('[...]', `less than or equal to ${most}`) : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function wrongType(message: string): AwsError {
  return new AwsError('SerializationException', message);
}
