/**
 * Fills the holes of a file that breaks its schema, so that the rest of it can be judged in the same go. Never
 * used for anything but finding more problems.
 */
import type { z } from 'zod';
import type { Path } from './yaml-file.ts';

/** Rounds of filling: each may uncover members that were hidden by a wrong type above them. */
const maxRounds = 3;

/** The repaired data, or undefined when it cannot be made to fit. */
export function repair<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
): z.output<Schema> | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const copy: unknown = structuredClone(data);
  for (let round = 0; round < maxRounds; round++) {
    const parsed = schema.safeParse(copy);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      if (issue.code === 'unrecognized_keys') {
        for (const key of issue.keys) put(copy, [...issue.path, key], undefined);
      } else {
        put(copy, issue.path, filler(issue));
      }
    }
  }
  return undefined;
}

function filler(issue: z.core.$ZodIssue): unknown {
  if (issue.code === 'invalid_type') {
    const fillers: Record<string, unknown> = {
      string: 'filled',
      number: 1,
      array: [],
      object: {},
      record: {},
    };
    return fillers[issue.expected];
  }
  return issue.code === 'invalid_format' ? 'filled' : undefined;
}

function put(data: unknown, path: Path, value: unknown): void {
  let target = data;
  for (const step of path.slice(0, -1)) {
    if (typeof target !== 'object' || target === null) return;
    target = (target as Record<PropertyKey, unknown>)[step];
  }
  const last = path.at(-1);
  if (typeof target !== 'object' || target === null || last === undefined) return;
  if (value === undefined) delete (target as Record<PropertyKey, unknown>)[last];
  else (target as Record<PropertyKey, unknown>)[last] = value;
}
