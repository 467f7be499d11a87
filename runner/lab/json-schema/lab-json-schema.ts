/** The JSON Schema of lab files, for editors: one branch per check, with that check's own parameters. */
import type { Check } from '../../../checks/check.ts';
import { madeKinds } from '../../clean/made.ts';
import { checkEntry, labSchema, made } from '../schema.ts';
import { orReference, referenceSchema } from './or-reference.ts';
import { type JsonSchema, toJsonSchema } from './to-json-schema.ts';

/** @param checks those that a lab may use */
export function labJsonSchema(checks: Iterable<Check>): JsonSchema {
  const definitions: JsonSchema = { reference: referenceSchema };
  const { $schema, ...schema } = toJsonSchema(labSchema, (part, json) => {
    if (part === made) oneKindEach(json);
    if (part !== checkEntry) return;
    const { check: _check, with: _with, ...properties } = json.properties as JsonSchema;
    definitions.check = { properties };
    const branches = [...checks].map((check) => branch(check, json, definitions));
    for (const keyword of Object.keys(json)) delete json[keyword];
    json.oneOf = branches;
  });
  const all = { ...(schema.definitions as JsonSchema | undefined), ...definitions };
  return { $schema, title: 'A lab', description: 'What `lab.yaml` may say.', ...schema, definitions: all };
}

/** A check as a lab uses it; what is the same for all of them is said once. @param definitions gets those of its parameters */
function branch(
  { id, title, params, probes }: Check,
  { properties, required }: JsonSchema,
  definitions: JsonSchema,
): JsonSchema {
  const own = parametersOf(id, params, definitions);
  const needs = Array.isArray(own.required) && own.required.length > 0;
  // Where there is one way to the answer, there is nothing to choose.
  const hasChoice = probes.length > 0;
  const common = Object.keys(properties as object).filter(
    (name) => !['check', 'with'].includes(name) && (name !== 'accepts' || hasChoice),
  );
  return {
    title: id,
    description: `${title}.`,
    type: 'object',
    properties: {
      check: { const: id, description: `${title}.` },
      with: { ...own, description: 'Parameters of the check.', ...withReferences(own) },
      ...Object.fromEntries(common.map((name) => [name, { $ref: `#/definitions/check/properties/${name}` }])),
    },
    required: [...(required as string[]), ...(needs ? ['with'] : [])],
    additionalProperties: false,
  };
}

/** The schema of a check's parameters; what it defines for itself moves to the whole schema, under the check's name. */
function parametersOf(id: string, params: Check['params'], definitions: JsonSchema): JsonSchema {
  const { $schema: _$schema, definitions: ofItsOwn = {}, ...own } = toJsonSchema(params);
  const moved = (part: JsonSchema): JsonSchema =>
    JSON.parse(
      JSON.stringify(part).replaceAll('"#/definitions/', `"#/definitions/${id.replaceAll('/', '~1')}~1`),
    );
  for (const [name, definition] of Object.entries(ofItsOwn as Record<string, JsonSchema>))
    definitions[`${id}/${name}`] = moved(definition);
  return moved(own);
}

function withReferences({ properties = {} }: JsonSchema): JsonSchema {
  const entries = Object.entries(properties as Record<string, JsonSchema>);
  return { properties: Object.fromEntries(entries.map(([name, schema]) => [name, orReference(schema)])) };
}

/** An entry of `makes` says one thing, by a parameter. */
function oneKindEach(json: JsonSchema): void {
  const properties = json.properties as Record<string, JsonSchema>;
  for (const kind of madeKinds) {
    const property = properties[kind];
    if (property) property.pattern = '^\\s*\\$\\{[A-Za-z][\\w-]*\\}\\s*$';
  }
  json.oneOf = madeKinds.map((kind) => ({ required: [kind] }));
}
