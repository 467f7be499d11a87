/** Tags of users, roles and policies ("Tags for AWS Identity and Access Management resources" in the IAM user guide). */
import type { Tag } from '@aws-sdk/client-iam';
import type { ConditionContext } from '../../../policy/request.ts';
import { requestTagContext, tagContext } from '../../authorisation/tag-context.ts';
import { invalidInput, limitExceeded } from './errors.ts';

const mostTags = 50;

/** A tag of a request whose members were checked to be there. */
export interface GivenTag {
  readonly Key: string;
  readonly Value: string;
}

/**
 * Adds tags, or overwrites those whose key is the same but for its case: IAM's tag keys are not case-sensitive.
 *
 * @throws AwsError InvalidInput, LimitExceeded
 */
export function setTags(tags: Map<string, string>, given: readonly GivenTag[]): void {
  const keys = given.map(({ Key }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  if (keys.some((key) => key.startsWith('aws:'))) {
    // Inferred: the rule is AWS's, the sentence is not known.
    throw invalidInput('Tag keys that start with aws: are reserved for AWS use.');
  }
  const kept = [...tags].filter(([key]) => !keys.includes(key.toLowerCase()));
  if (kept.length + given.length > mostTags)
    throw limitExceeded(`Cannot exceed quota for TagsPerResource: ${mostTags}`);
  tags.clear();
  for (const [key, value] of kept) tags.set(key, value);
  for (const { Key, Value } of given) tags.set(Key, Value);
}

export function removeTags(tags: Map<string, string>, keys: readonly string[]): void {
  const removed = new Set(keys.map((key) => key.toLowerCase()));
  for (const key of [...tags.keys()]) if (removed.has(key.toLowerCase())) tags.delete(key);
}

export function describeTags(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

/** `aws:RequestTag/...` and `aws:TagKeys` of a request that sets tags. */
export function tagConditions(given: readonly GivenTag[] = []): ConditionContext {
  return requestTagContext(given.map(({ Key, Value }) => [Key, Value]));
}

/** `aws:ResourceTag/...`, and `iam:ResourceTag/...` beside it: IAM has both for what it holds. */
export function resourceTags(tags: ReadonlyMap<string, string>): ConditionContext {
  return { ...tagContext('aws:ResourceTag', tags), ...tagContext('iam:ResourceTag', tags) };
}
