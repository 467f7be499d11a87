import type { JsonSchema } from './to-json-schema.ts';

/** What a reference looks like; the same as in `reference.ts`. What it stands for, only a run knows. */
export const referenceSchema: JsonSchema = {
  type: 'string',
  pattern: '\\$\\{[^}:]*\\}',
  description: 'A reference: `${parameter}`, or `${name.output}` of an earlier check.',
};

const restrictions = ['enum', 'const', 'pattern', 'format', 'minLength', 'maxLength', 'allOf'];

/** The schema of a check's parameter, which at any depth may also be given as a text with a reference. */
export function orReference(schema: JsonSchema): JsonSchema {
  const inner = { ...schema };
  if (isSchema(inner.items)) inner.items = orReference(inner.items);
  if (isSchema(inner.additionalProperties))
    inner.additionalProperties = orReference(inner.additionalProperties);
  if (isSchema(inner.properties)) {
    inner.properties = Object.fromEntries(
      Object.entries(inner.properties).map(([name, member]) => [
        name,
        isSchema(member) ? orReference(member) : member,
      ]),
    );
  }
  if (isAnyText(inner)) return inner;
  const { description, default: standard, ...rest } = inner;
  return {
    ...(description !== undefined && { description }),
    ...(standard !== undefined && { default: standard }),
    anyOf: [rest, { $ref: '#/definitions/reference' }],
  };
}

function isAnyText(schema: JsonSchema): boolean {
  return schema.type === 'string' && restrictions.every((keyword) => schema[keyword] === undefined);
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
