/** Condition keys of tags, as "Controlling access to AWS resources using tags" in the IAM user guide names them. */
import type { ConditionContext } from '../../policy/request.ts';

/** Keys and values. */
export type Tags = Iterable<readonly [key: string, value: string]>;

/**
 * A condition key per tag.
 *
 * @param prefix `aws:ResourceTag`, for keys as `aws:ResourceTag/team`
 */
export function tagContext(prefix: string, tags: Tags): ConditionContext {
  return Object.fromEntries([...tags].map(([key, value]) => [`${prefix}/${key}`, value]));
}

/**
 * `aws:RequestTag/...` and `aws:TagKeys` of a request.
 *
 * @param set the tags that it sets
 * @param removed the keys of those that it removes
 */
export function requestTagContext(set: Tags, removed: readonly string[] = []): ConditionContext {
  const tags = [...set];
  if (tags.length + removed.length === 0) return {};
  return {
    ...tagContext('aws:RequestTag', tags),
    'aws:TagKeys': [...tags.map(([key]) => key), ...removed],
  };
}
