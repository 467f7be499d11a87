/** Condition keys that policies need a value for: in conditions, and as variables. */
import type { PolicyDocument, Statement } from '../../../../policy/document.ts';
import { parseTemplate } from '../../../../policy/template.ts';

/** Names of the keys, each once whatever its case, in the order of the policies. */
export function requiredContextKeys(documents: readonly PolicyDocument[]): string[] {
  const found = new Map<string, string>();
  for (const { Statement: statements, Version } of documents) {
    for (const key of statements.flatMap((statement) => keysOf(statement, Version))) {
      if (!found.has(key.toLowerCase())) found.set(key.toLowerCase(), key);
    }
  }
  return [...found.values()];
}

function keysOf({ Condition = {}, Resource, NotResource }: Statement, version: string): string[] {
  const conditions = Object.values(Condition);
  const values = conditions.flatMap((keys) => Object.values(keys).flat());
  const variables = [...(Resource ?? NotResource ?? []), ...values].flatMap(
    (text) => parseTemplate(text, version).variables,
  );
  return [
    ...conditions.flatMap((keys) => Object.keys(keys)),
    // A variable with a default value does without one.
    ...variables.filter(({ fallback }) => fallback === undefined).map(({ key }) => key),
  ];
}
