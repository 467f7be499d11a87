/** From our zod schemas to JSON Schemas, with what zod's own conversion leaves out. */
import { z } from 'zod';

export type JsonSchema = { [keyword: string]: unknown };

/** The editors' YAML language server knows this draft best. */
const target = 'draft-7';

/**
 * The JSON Schema of what may be written, before defaults are filled in. What JSON Schema has no words for (a refinement by
 * a function) is left out, so that the schema accepts it.
 *
 * @param override may change the schema of any part, in place, once its parts are done
 */
export function toJsonSchema(
  schema: z.ZodType,
  override: (part: z.core.$ZodType, json: JsonSchema) => void = () => undefined,
): JsonSchema {
  const json: JsonSchema = z.toJSONSchema(schema, {
    io: 'input',
    target,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      refineText(zodSchema, jsonSchema as JsonSchema);
      override(zodSchema, jsonSchema as JsonSchema);
    },
  });
  return json;
}

/** Formats that JSON Schema defines. */
const formats: ReadonlySet<string> = new Set([
  'date',
  'date-time',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'regex',
  'time',
  'uri',
  'uri-reference',
]);

/** What is said of a text is said of what is left of it: white space around it is cut off, and letters may match in any case. */
function refineText({ _zod: { def } }: z.core.$ZodType, json: JsonSchema): void {
  if (def.type !== 'string') return;
  const { checks = [] } = def as z.core.$ZodStringDef;
  const defs = checks.map((check) => check._zod.def as { check: string; pattern?: RegExp });
  // zod names `startsWith` and its like as formats too, beside the pattern that says it.
  if (!formats.has(String(json.format))) delete json.format;
  if (defs.some(({ check }) => check === 'overwrite') && json.pattern === undefined) json.pattern = '\\S';
  const loose = defs.find(({ pattern }) => pattern?.flags.includes('i') && pattern.source === json.pattern);
  if (typeof json.pattern === 'string' && loose) json.pattern = inAnyCase(json.pattern);
}

/** The pattern with both cases of every letter: JSON Schema's patterns have no flags. */
export function inAnyCase(pattern: string): string {
  let isClass = false;
  return pattern.replace(/\\.|[[\]]|[a-z]-[a-z]|[A-Z]-[A-Z]|[A-Za-z]/g, (part) => {
    if (part.startsWith('\\')) return part;
    if (part === '[' || part === ']') {
      isClass = part === '[';
      return part;
    }
    const both = `${part.toLowerCase()}${part.toUpperCase()}`;
    if (part.length === 1) return isClass ? both : `[${both}]`;
    // Outside of a class, `a-b` is three characters.
    return isClass
      ? both
      : [...part].map((one) => (one === '-' ? one : `[${one.toLowerCase()}${one.toUpperCase()}]`)).join('');
  });
}
