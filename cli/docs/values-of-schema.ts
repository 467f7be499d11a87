/** The members of a zod schema in words, for people who write YAML. */
import { z } from 'zod';
import type { ReferredValue } from '../../reports/docs/check-reference.ts';

type JsonSchema = Exclude<z.core.JSONSchema._JSONSchema, boolean>;

/** @param io what is given to the schema, or what comes out of it */
export function valuesOf(schema: z.ZodType, io: 'input' | 'output'): ReferredValue[] {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return Object.entries(properties).map(([name, member]) => {
    const value = typeof member === 'boolean' ? {} : member;
    return {
      name,
      type: typeWords(value),
      required: required.includes(name) && value.default === undefined,
      ...(value.default !== undefined && { default: JSON.stringify(value.default) }),
      ...(value.description !== undefined && { about: value.description }),
    };
  });
}

function typeWords(schema: JsonSchema | boolean | undefined): string {
  if (schema === undefined || typeof schema === 'boolean') return 'anything';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return `one of ${schema.enum.map(choiceWords).join(', ')}`;
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeWords).join(', or ');
  switch (schema.type) {
    case 'string':
      return textWords(schema);
    case 'integer':
    case 'number':
      return `${schema.type === 'integer' ? 'a whole number' : 'a number'}${rangeWords(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'nothing';
    case 'array':
      return listWords(schema);
    case 'object':
      return objectWords(schema);
    default:
      return 'anything';
  }
}

function choiceWords(choice: unknown): string {
  return /^[\w-]+$/.test(String(choice)) ? String(choice) : JSON.stringify(choice);
}

function textWords({ pattern }: JsonSchema): string {
  const [, start] = /^\^((?:[\w ]|\\?[/:-])+)\.\*$/.exec(pattern ?? '') ?? [];
  if (start) return `text that begins with ${start.replaceAll('\\', '')}`;
  return pattern === undefined ? 'text' : `text that fits ${pattern}`;
}

function rangeWords({ minimum, maximum }: JsonSchema): string {
  const least = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  if (least !== undefined && most !== undefined) return `, ${least} to ${most}`;
  if (least !== undefined) return `, ${least} or more`;
  return most === undefined ? '' : `, ${most} or less`;
}

function listWords({ items, minItems = 0 }: JsonSchema): string {
  const each = Array.isArray(items) ? items.map(typeWords).join(', ') : typeWords(items as JsonSchema);
  return `a list${minItems > 0 ? ' of one or more' : ''}: ${each}`;
}

function objectWords({ properties, additionalProperties }: JsonSchema): string {
  const members = Object.entries(properties ?? {}).map(([name, member]) => `${name} (${typeWords(member)})`);
  if (members.length > 0) return `an object: ${members.join(', ')}`;
  return typeof additionalProperties === 'object'
    ? `names, each with ${typeWords(additionalProperties)}`
    : 'an object';
}
