/** Turns what a zod schema says of a file into problems with places and fixes. */
import type { z } from 'zod';
import { namesToTake } from './near-names.ts';
import type { Problem } from './problem.ts';
import type { Path, YamlFile } from './yaml-file.ts';

/**
 * @param base path of the validated part within the file
 * @param members what there is at the base, where a member that there is not may be meant for one of them
 */
export function schemaProblems(
  file: YamlFile,
  issues: readonly z.core.$ZodIssue[],
  base: Path = [],
  members: readonly string[] = [],
): Problem[] {
  return issues.flatMap((issue) => issueProblems(file, issue, base, members));
}

function issueProblems(
  file: YamlFile,
  issue: z.core.$ZodIssue,
  base: Path,
  members: readonly string[],
): Problem[] {
  const path = [...base, ...issue.path];
  const name = nameOf(path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) =>
      file.problem(
        [...path, key],
        `${name} has no member "${key}".`,
        issue.path.length === 0 && members.length > 0
          ? namesToTake(key, members)
          : 'Remove it, or correct its name.',
        'key',
      ),
    );
  }
  if (issue.code === 'invalid_type') {
    return path.length > 0 && isMissing(file, path)
      ? [file.problem(path, `${name} is missing.`, `Add it: ${a(issue.expected)}.`)]
      : [file.problem(path, `${name} must be ${a(issue.expected)}.`, 'Correct the value.')];
  }
  if (issue.code === 'invalid_value') {
    const values = issue.values.map((value) => JSON.stringify(value)).join(', ');
    return [file.problem(path, `${name} must be one of ${values}.`, 'Choose one of them.')];
  }
  return [file.problem(path, `${name} ${lowerFirst(issue.message)}.`, 'Correct the value.')];
}

function isMissing(file: YamlFile, path: Path): boolean {
  let value: unknown = file.data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return true;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value === undefined || value === null;
}

/** `stages[0].checks[1].points` */
function nameOf(path: Path): string {
  if (path.length === 0) return 'The file';
  return path.reduce<string>(
    (name, step) =>
      typeof step === 'number' ? `${name}[${step}]` : name === '' ? String(step) : `${name}.${String(step)}`,
    '',
  );
}

function a(type: string): string {
  const names: Record<string, string> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a mapping',
    record: 'a mapping',
  };
  return names[type] ?? type;
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\.$/, '');
}
