/** Holds the value of an option against the schema of what it is for. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { unknown } from '../shell/commands-in.ts';
import { membersOf } from './model.ts';
import { parseShorthand, ShorthandError, splitList } from './shorthand.ts';

/**
 * What is wrong with the words that follow an option, one sentence each; nothing where only a run would know.
 *
 * @param words not empty
 */
export function valueFaults(schema: NormalizedSchema, words: readonly string[]): string[] {
  if (words.some((word) => /^(?:fileb?|https?):\/\//.test(word))) return [];
  const [first = ''] = words;
  if (isStructured(schema)) {
    if (words.every((word) => word === unknown)) return [];
    return /^\s*[[{]/.test(first) ? jsonFaults(schema, words) : shorthandFaults(schema, words);
  }
  if (schema.isListSchema() || schema.isMapSchema()) {
    if (/^\s*[[{]/.test(first)) return jsonFaults(schema, words);
    return schema.isListSchema()
      ? words.flatMap((word) => scalarFaults(schema.getValueSchema(), word))
      : shorthandFaults(schema, words);
  }
  return scalarFaults(schema, first);
}

/** A structure, or a list or map of them. */
function isStructured(schema: NormalizedSchema): boolean {
  if (schema.isStructSchema()) return true;
  return (schema.isListSchema() || schema.isMapSchema()) && isStructured(schema.getValueSchema());
}

function jsonFaults(schema: NormalizedSchema, words: readonly string[]): string[] {
  const [text = ''] = words;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    // A variable may stand for more than the inside of a text.
    return text.includes(unknown) ? [] : ['The value begins like JSON, but is none.'];
  }
  return dataFaults(schema, data, '', 'json');
}

function shorthandFaults(schema: NormalizedSchema, words: readonly string[]): string[] {
  try {
    // `--tags TagKey=a,TagValue=b TagKey=c,TagValue=d`: each word is one item of the list.
    if (schema.isListSchema()) {
      const item = schema.getValueSchema();
      return words.flatMap((word) =>
        word === unknown ? [] : dataFaults(item, parseShorthand(word), '', 'shorthand'),
      );
    }
    return words.flatMap((word) => dataFaults(schema, parseShorthand(word), '', 'shorthand'));
  } catch (error) {
    if (!(error instanceof ShorthandError)) throw error;
    return [`The value is neither JSON nor shorthand (Name=value,Name=value): ${error.message}.`];
  }
}

/** @param path `Item.id` within the value; @param form shorthand knows texts only, which the CLI turns into what is wanted */
function dataFaults(
  schema: NormalizedSchema,
  data: unknown,
  path: string,
  form: 'json' | 'shorthand',
): string[] {
  if (typeof data === 'string' && data.includes(unknown)) return [];
  const where = path === '' ? 'The value' : `"${path}"`;
  if (schema.isStructSchema()) {
    if (!isObject(data)) return [`${where} must be a structure.`];
    const members = membersOf(schema);
    const names = members.map(({ name }) => name);
    const wrong = Object.keys(data).filter((name) => !names.includes(name));
    const missing = members.filter(({ name, isRequired }) => isRequired && data[name] === undefined);
    return [
      ...wrong.map((name) => `${where} has no member "${name}"; there are: ${names.join(', ')}.`),
      ...missing.map(({ name }) => `${where} lacks "${name}".`),
      ...members.flatMap(({ name, schema: member }) =>
        data[name] === undefined ? [] : dataFaults(member, data[name], joined(path, name), form),
      ),
    ];
  }
  if (schema.isListSchema()) {
    const items: unknown[] | undefined = Array.isArray(data)
      ? data
      : form === 'shorthand'
        ? asList(data)
        : undefined;
    if (!items) return [`${where} must be a list.`];
    return items.flatMap((item, at) => dataFaults(schema.getValueSchema(), item, `${path}[${at}]`, form));
  }
  if (schema.isMapSchema()) {
    if (!isObject(data)) return [`${where} must be a map.`];
    return Object.entries(data).flatMap(([key, item]) =>
      dataFaults(schema.getValueSchema(), item, joined(path, key), form),
    );
  }
  if (form === 'shorthand')
    return typeof data === 'string' ? scalarFaults(schema, data, where) : [`${where} must be one value.`];
  if (schema.isBooleanSchema()) return typeof data === 'boolean' ? [] : [`${where} must be true or false.`];
  if (schema.isNumericSchema()) return typeof data === 'number' ? [] : [`${where} must be a number.`];
  if (schema.isStringSchema() || schema.isBlobSchema())
    return typeof data === 'string' ? [] : [`${where} must be a text.`];
  return [];
}

function scalarFaults(schema: NormalizedSchema, text: string, where = 'The value'): string[] {
  if (text.includes(unknown)) return [];
  if (schema.isNumericSchema() && (text.trim() === '' || Number.isNaN(Number(text))))
    return [`${where} must be a number.`];
  if (schema.isBooleanSchema() && !/^(?:true|false)$/i.test(text)) return [`${where} must be true or false.`];
  return [];
}

function asList(data: unknown): unknown[] {
  return typeof data === 'string' ? splitList(data) : [data];
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
