/** Values that fit a runtime schema of the SDK, as fast-check arbitraries. */
import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef } from '@smithy/types';
import fc from 'fast-check';

/** Nesting at which recursive structures stop. */
const maxDepth = 4;

/**
 * Text with what escaping gets wrong, within what the SDK reads back from XML: no control characters but tab and
 * line feed, and not only white space.
 */
const text = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(...'<>&"\'%+=&;#/ \t\n.:,[]{}é€'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    ),
  })
  .filter((value) => value === '' || value.trim() !== '')
  .filter((value) => [...value].every((char) => isXmlText(char.codePointAt(0) ?? 0)));

/** Values with every required member and some of the others. Maps and structures are empty at the outermost level only, as in a form. */
export function schemaValue(ref: SchemaRef): fc.Arbitrary<unknown> {
  return arbitrary(NormalizedSchema.of(ref), 0);
}

function arbitrary(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  if (schema.isUnitSchema()) return fc.constant({});
  if (schema.isUnionSchema()) return union(schema, depth);
  if (schema.isStructSchema()) return structure(schema, depth);
  if (schema.isListSchema()) {
    return fc.array(arbitrary(schema.getValueSchema(), depth + 1), { maxLength: depth > 2 ? 1 : 3 });
  }
  if (schema.isMapSchema()) {
    const key = text.filter((value) => value !== '' && value !== '__proto__');
    return fc.dictionary(key, arbitrary(schema.getValueSchema(), depth + 1), {
      minKeys: 1,
      maxKeys: 3,
      noNullPrototype: true,
    });
  }
  if (schema.isBooleanSchema()) return fc.boolean();
  if (schema.isNumericSchema()) return fc.integer();
  if (schema.isTimestampSchema()) return wholeSeconds;
  if (schema.isBlobSchema()) return fc.uint8Array({ maxLength: 20 });
  if (schema.isStringSchema()) return text;
  throw new Error(`There are no values for ${schema.getName(true)}.`);
}

function structure(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  const members: Record<string, fc.Arbitrary<unknown>> = {};
  const required: string[] = [];
  const requiredCount = countRequired(schema);
  let index = 0;
  for (const [name, member] of schema.structIterator()) {
    const isRequired = index++ < requiredCount || member.isIdempotencyToken();
    const nests = member.isStructSchema() || member.isListSchema() || member.isMapSchema();
    if (!isRequired && nests && depth >= maxDepth) continue;
    members[name] = arbitrary(member, depth + 1);
    if (isRequired) required.push(name);
  }
  const record = fc.record(members, { requiredKeys: required, noNullPrototype: true });
  return depth === 0 ? record : record.filter((value) => Object.keys(value).length > 0);
}

/** Exactly one of the members: a flat one where the value would nest too deeply. */
function union(schema: NormalizedSchema, depth: number): fc.Arbitrary<unknown> {
  const members = [...schema.structIterator()].filter(
    ([, member]) => depth < maxDepth || !(member.isListSchema() || member.isMapSchema()),
  );
  return fc.oneof(
    ...members.map(([name, member]) =>
      arbitrary(member, depth + 1).map((value) => ({ __proto__: null, [name]: value })),
    ),
  );
}

/** How many members of a structure are required, the first ones: the seventh element of its tuple. */
export function countRequired(schema: NormalizedSchema): number {
  const tuple: unknown = schema.getSchema();
  const count: unknown = Array.isArray(tuple) ? tuple[6] : undefined;
  return typeof count === 'number' ? count : 0;
}

const wholeSeconds = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000));

function isXmlText(code: number): boolean {
  return (
    code === 0x9 ||
    code === 0xa ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    code >= 0x10000
  );
}
