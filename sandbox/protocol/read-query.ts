/**
 * Reads an awsQuery form (`Tags.member.1.Key=a`) into an operation's input, by the SDK's runtime schema. The SDK
 * has only the writing half of this.
 */
import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef } from '@smithy/types';
import { AwsError } from '../aws-error.ts';

/** Form fields as a tree: `Tags.member.1.Key` lies under Tags, member, 1, Key. */
interface Node {
  value?: string;
  children?: Map<string, Node>;
}

/** Fields and depth beyond which a form is refused; no AWS operation comes near. */
const maxFields = 10_000;
const maxDepth = 32;

/** @throws AwsError MalformedInput for a form that cannot be read by the schema */
export function readQuery(schema: SchemaRef, form: URLSearchParams): Record<string, unknown> {
  const value = read(NormalizedSchema.of(schema), toTree(form));
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function toTree(form: URLSearchParams): Node {
  const root: Node = {};
  let fields = 0;
  for (const [name, value] of form) {
    if (++fields > maxFields) throw malformed(`more than ${maxFields} fields`);
    const path = name.split('.');
    if (path.length > maxDepth) throw malformed('a field is nested too deeply');
    let node = root;
    for (const step of path) {
      node.children ??= new Map();
      let child = node.children.get(step);
      if (!child) {
        child = {};
        node.children.set(step, child);
      }
      node = child;
    }
    node.value = value;
  }
  return root;
}

function read(schema: NormalizedSchema, node: Node): unknown {
  if (schema.isStructSchema()) {
    const struct: Record<string, unknown> = {};
    for (const [name, member] of schema.structIterator()) {
      const child = node.children?.get(member.getMergedTraits().xmlName ?? name);
      if (child) struct[name] = read(member, child);
    }
    return struct;
  }
  if (schema.isListSchema()) {
    const member = schema.getValueSchema();
    const items = schema.getMergedTraits().xmlFlattened
      ? node
      : node.children?.get(member.getMergedTraits().xmlName ?? 'member');
    return numbered(items).map((item) => read(member, item));
  }
  if (schema.isMapSchema()) {
    const entries = schema.getMergedTraits().xmlFlattened ? node : node.children?.get('entry');
    const keyName = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
    const valueName = schema.getValueSchema().getMergedTraits().xmlName ?? 'value';
    const pairs = numbered(entries).map((entry) => [
      entry.children?.get(keyName)?.value ?? '',
      read(schema.getValueSchema(), entry.children?.get(valueName) ?? {}),
    ]);
    return Object.fromEntries(pairs);
  }
  return readSimple(schema, node.value ?? '');
}

function readSimple(schema: NormalizedSchema, text: string): unknown {
  if (schema.isBooleanSchema()) {
    if (text === 'true' || text === 'false') return text === 'true';
    throw malformed(`'${text}' is not a boolean`);
  }
  if (schema.isNumericSchema()) {
    const number = Number(text);
    if (text !== '' && Number.isFinite(number)) return number;
    throw malformed(`'${text}' is not a number`);
  }
  if (schema.isTimestampSchema()) {
    const date = new Date(text);
    if (!Number.isNaN(date.getTime())) return date;
    throw malformed(`'${text}' is not a timestamp`);
  }
  if (schema.isBlobSchema()) return Buffer.from(text, 'base64');
  return text;
}

/** The children `1`, `2`, ... in their numbers' order, gaps ignored. */
function numbered(node: Node | undefined): Node[] {
  return [...(node?.children ?? [])]
    .filter(([name]) => /^\d+$/.test(name))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}

function malformed(why: string): AwsError {
  return new AwsError('MalformedInput', `The request could not be read: ${why}.`);
}
