/**
 * Matching of ARNs field by field: a wildcard stays inside its field, except in the sixth, the resource part, which may hold
 * more colons. AWS: IAM User Guide, "IAM JSON policy elements: Resource" and "Condition operators", ARN operators.
 */

import { compileWildcards, matchesEverything, matchesPattern, type Pattern } from './wildcard.ts';

const FIELDS = 6;
const COLON = 58;

export type ArnPattern = 'anything' | readonly Pattern[];

/** Splits a pattern at its first five colons. A pattern that is only `*` matches anything, ARN or not. */
export function splitArnPattern(pattern: Pattern): ArnPattern {
  if (matchesEverything(pattern)) return 'anything';
  const fields: Pattern[] = [];
  let from = 0;
  while (fields.length < FIELDS - 1) {
    const colon = pattern.indexOf(COLON, from);
    if (colon < 0) break;
    fields.push(pattern.slice(from, colon));
    from = colon + 1;
  }
  fields.push(pattern.slice(from));
  return fields;
}

/**
 * Fills the missing fields of an incomplete resource ARN with `*`: `arn:aws:sqs` means `arn:aws:sqs:*:*:*`.
 * AWS: "IAM JSON policy elements: Resource", on incomplete ARNs.
 */
export function completeArn(pattern: ArnPattern): ArnPattern {
  if (pattern === 'anything') return pattern;
  const missing = FIELDS - pattern.length;
  return missing > 0 ? [...pattern, ...Array<Pattern>(missing).fill(compileWildcards('*'))] : pattern;
}

/** The six fields of an ARN, or undefined for text that is none. */
export function splitArn(text: string): readonly string[] | undefined {
  const parts = text.split(':');
  if (parts[0] !== 'arn' || parts.length < FIELDS) return undefined;
  return [...parts.slice(0, FIELDS - 1), parts.slice(FIELDS - 1).join(':')];
}

/** Whether an ARN, given by its fields, matches. Case matters. */
export function matchesArn(pattern: ArnPattern, fields: readonly string[] | undefined): boolean {
  if (pattern === 'anything') return true;
  if (fields === undefined || fields.length !== pattern.length) return false;
  return pattern.every((field, at) => matchesPattern(field, fields[at] ?? ''));
}
