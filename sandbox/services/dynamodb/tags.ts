/** Tags of tables. Rules and texts observed on AWS (aws-controllers-k8s/dynamodb-controller DDB-TABLE-107, -110, -372). */
import type { Tag } from '@aws-sdk/client-dynamodb';
import type { ConditionContext } from '../../../policy/request.ts';
import { requestTagContext } from '../../authorisation/tag-context.ts';
import { AwsError } from '../../aws-error.ts';

/** Per table. */
const maxTags = 50;
const keyPattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const valuePattern = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/** All tags or none. @throws AwsError ValidationException */
export function checkTags(tags: readonly Tag[], existing: ReadonlyMap<string, string> = new Map()): void {
  const keys = new Set<string>();
  for (const { Key, Value } of tags) {
    checkTagKey(Key);
    if (Key?.startsWith('aws:')) throw refused(`Tag Key cannot be prefixed with aws:, Key: ${Key}`);
    if (Value === undefined || !valuePattern.test(Value)) {
      throw refused(`The Tag Value provided is invalid, Value: ${Value ?? null}`);
    }
    if (keys.has(Key ?? ''))
      throw refused(`Duplicate Tag Keys provided as input: Duplicate Tag Key found ${Key}`);
    keys.add(Key ?? '');
  }
  if (new Set([...existing.keys(), ...keys]).size > maxTags) throw tooMany();
}

/** For UntagResource. @throws AwsError ValidationException */
export function checkTagKeys(keys: readonly string[]): void {
  for (const key of keys) checkTagKey(key);
  if (keys.length > maxTags) throw tooMany();
}

/** Condition keys of a request that sets or removes tags. */
export function tagConditions(tags: readonly Tag[], removed: readonly string[] = []): ConditionContext {
  return requestTagContext(
    tags.map(({ Key = '', Value = '' }) => [Key, Value]),
    removed,
  );
}

function checkTagKey(key: string | undefined): void {
  if (key === undefined || !keyPattern.test(key)) {
    throw refused(`The Tag Key provided is invalid, Key: ${key ?? null}`);
  }
}

function tooMany(): AwsError {
  return refused('Number of Tags exceed the current limit for the provided ResourceArn');
}

function refused(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
