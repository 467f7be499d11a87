/** A policy document printed so that two versions of it differ only where they mean something else. */
import { asObject } from './json.ts';

// The order in which the IAM user guide's grammar page lists the elements.
const memberOrder = [
  'Version',
  'Id',
  'Statement',
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** Prints a parsed document, two spaces a level, members in the grammar's order. */
export function printPolicy(document: unknown): string {
  return JSON.stringify(ordered(document), undefined, 2);
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  const object = asObject(value);
  if (!object) return value;
  const rank = (name: string) => {
    const position = memberOrder.indexOf(name);
    return position === -1 ? memberOrder.length : position;
  };
  const names = Object.keys(object).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(names.map((name) => [name, ordered(object[name])]));
}

/**
 * Brings two versions of a document into the same form where form has no meaning: statements with equal `Sid` in
 * equal order, a single value as a list where the other version has a list, and common values of lists in equal
 * order. The order of statements, and of values in a list, has no meaning in a policy.
 */
export function aligned(before: unknown, after: unknown): { before: unknown; after: unknown } {
  const left = asObject(before);
  const right = asObject(after);
  if (left && right) return alignObjects(left, right);
  if (Array.isArray(before) || Array.isArray(after)) return alignLists(asArray(before), asArray(after));
  return { before, after };
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function alignObjects(left: Readonly<Record<string, unknown>>, right: Readonly<Record<string, unknown>>) {
  const pairs = Object.keys({ ...left, ...right }).map((name) => {
    const inBoth = Object.hasOwn(left, name) && Object.hasOwn(right, name);
    const pair = inBoth ? aligned(left[name], right[name]) : { before: left[name], after: right[name] };
    return { name, ...pair };
  });
  const only = (side: 'before' | 'after', of: object) =>
    Object.fromEntries(
      pairs.filter(({ name }) => Object.hasOwn(of, name)).map((pair) => [pair.name, pair[side]]),
    );
  return { before: only('before', left), after: only('after', right) };
}

function alignLists(left: readonly unknown[], right: readonly unknown[]) {
  const rest = [...right];
  const before: unknown[] = [];
  const common: unknown[] = [];
  for (const item of left) {
    const partner = rest.findIndex((candidate) => identity(candidate) === identity(item));
    const pair = partner === -1 ? undefined : aligned(item, rest.splice(partner, 1)[0]);
    before.push(pair ? pair.before : item);
    if (pair) common.push(pair.after);
  }
  // New values of a list come first, as the KMS console writes them; new statements come last, as a reader expects.
  const after = rest.every((item) => typeof item === 'string') ? [...rest, ...common] : [...common, ...rest];
  return { before, after };
}

/** Statements are the same statement when they have the same `Sid`; other values when they are equal. */
function identity(item: unknown): string {
  const sid = asObject(item)?.Sid;
  return typeof sid === 'string' && sid !== '' ? `Sid ${sid}` : printPolicy(item);
}
