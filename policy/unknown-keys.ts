/**
 * Statements that hang on condition keys whose values are not known, read in the two ways that bound the truth: as if
 * such keys never stood in the way, and as if they always did.
 */
import type { PolicyDocument, Statement } from './document.ts';
import type { KeyGrant } from './key-grant.ts';
import type { AccessRequest } from './request.ts';
import { parseTemplate, variableKeysIn, withWildcards } from './template.ts';

/** Whether a request may carry a condition key, written in any case, that its `context` does not have. */
export type UnknownKeys = (key: string) => boolean;

/** The keys of which a request does not say whether it has them; none where it is known in full. */
export function unknownKeysOf({ context, lacks }: AccessRequest): UnknownKeys {
  if (lacks === undefined) return () => false;
  const known = new Set([...Object.keys(context), ...lacks].map((key) => key.toLowerCase()));
  const families = [...known].filter((key) => key.endsWith('*')).map((key) => key.slice(0, -1));
  return (name) => {
    const key = name.toLowerCase();
    return !known.has(key) && !families.some((family) => key.startsWith(family));
  };
}

/** The unknown keys that a statement hangs on, each once. */
export function openKeys(
  { Condition = {}, Resource, NotResource }: Statement,
  version: string,
  isUnknown: UnknownKeys,
): string[] {
  const conditions = Object.values(Condition).flatMap((keys) => Object.entries(keys));
  const tested = conditions.flatMap(([key, values]) => [key, ...values.flatMap(variablesOf(version))]);
  const named = (Resource ?? NotResource ?? []).flatMap(variablesOf(version));
  return [...new Set([...tested, ...named].filter(isUnknown))];
}

/** The statement as it reads where no unknown key stands in its way: it matches whatever it may match. */
export function widest(statement: Statement, version: string, isUnknown: UnknownKeys): Statement {
  const { Condition, Resource, NotResource } = statement;
  const isOpen = (text: string) => variablesOf(version)(text).some(isUnknown);
  return {
    ...statement,
    ...(Condition && {
      Condition: mapValues(Condition, (keys) =>
        Object.fromEntries(
          Object.entries(keys).filter(([key, values]) => !isUnknown(key) && !values.some(isOpen)),
        ),
      ),
    }),
    ...(Resource && {
      Resource: Resource.map((one) => withWildcards(parseTemplate(one, version), isUnknown)),
    }),
    ...(NotResource && { NotResource: NotResource.filter((one) => !isOpen(one)) }),
  };
}

/**
 * The document if every open statement of that effect matches as widely as it can, and no other open one does. One in which
 * nothing is open is given back itself, so that what was prepared of it is used again.
 */
export function assuming(
  effect: Statement['Effect'],
  document: PolicyDocument,
  isUnknown: UnknownKeys,
): PolicyDocument {
  const { Version } = document;
  const read = (statement: Statement): Statement => {
    if (openKeys(statement, Version, isUnknown).length === 0) return statement;
    if (statement.Effect === effect) return widest(statement, Version, isUnknown);
    // One about no action stands in its place, so that the others keep their positions.
    const { NotAction: _, ...rest } = statement;
    return { ...rest, Action: [] };
  };
  const statements = document.Statement.map(read);
  if (statements.every((statement, at) => statement === document.Statement[at])) return document;
  return { ...document, Statement: statements };
}

/** The unknown parts of the encryption context that a grant demands; `*` where nothing more may be there. */
export function openGrantKeys({ constraints }: KeyGrant, isUnknown: UnknownKeys): string[] {
  const { encryptionContextEquals = {}, encryptionContextSubset = {} } = constraints ?? {};
  const prefix = 'kms:EncryptionContext:';
  const demanded = Object.keys({ ...encryptionContextEquals, ...encryptionContextSubset });
  const keys = demanded.map((key) => prefix + key).filter(isUnknown);
  const isExact = Object.keys(encryptionContextEquals).length > 0;
  return isExact && isUnknown(prefix) ? [...keys, `${prefix}*`] : keys;
}

function variablesOf(version: string): (source: string) => readonly string[] {
  return (source) => variableKeysIn(source, version);
}

function mapValues<Value, Result>(
  object: Readonly<Record<string, Value>>,
  change: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}
