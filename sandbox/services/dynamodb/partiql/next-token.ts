/** Where a SELECT goes on. A token holds nothing that Query would not give its caller as a LastEvaluatedKey. */
import { createHash } from 'node:crypto';
import { readToken, writeToken } from '../../../protocol/opaque-token.ts';
import { refused } from './refusals.ts';

export interface ReadPosition {
  /** Which of the statement's reads. */
  readonly read: number;
  /** The last key that was read there; undefined at its beginning. */
  readonly key?: Readonly<Record<string, unknown>>;
}

/** @param statement with its parameters */
export function writeNextToken(statement: readonly unknown[], position: ReadPosition): string {
  const { read, key } = position;
  return writeToken([digest(statement), read, key ?? null]);
}

/** Texts of DynamoDB local. @throws AwsError ValidationException for a token that no answer to the statement gave */
export function readNextToken(statement: readonly unknown[], token: string): ReadPosition {
  const content = readToken(token);
  if (!Array.isArray(content) || content.length !== 3) throw refused('Invalid NextToken');
  const [of, read, key] = content as unknown[];
  if (of !== digest(statement)) throw refused('NextToken does not match request');
  if (!Number.isSafeInteger(read) || typeof key !== 'object') throw refused('Invalid NextToken');
  return { read: Number(read), ...(key !== null && { key: key as Record<string, unknown> }) };
}

function digest(statement: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(statement)).digest('base64');
}
