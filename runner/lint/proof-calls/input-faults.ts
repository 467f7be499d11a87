/** Holds the input of a call in a proof against the schema that the SDK has of it. */
import type { NormalizedSchema } from '@smithy/core/schema';
import { namesToTake } from '../../lab/near-names.ts';
import type { Path } from '../../lab/yaml-file.ts';
import { membersOf } from '../aws-cli/model.ts';
import type { CallFault } from './call-fault.ts';

/**
 * Members that are not there, and structures, lists and maps that are something else. Whether a single value is right is
 * left to the run, and what a reference stands for is taken to be right.
 */
export function inputFaults(schema: NormalizedSchema, data: unknown, path: Path): CallFault[] {
  if (data === null || data === undefined || isReference(data) || schema.isDocumentSchema()) return [];
  if (schema.isStructSchema()) {
    if (!isObject(data)) return [notA('mapping', path)];
    const members = new Map(membersOf(schema).map((member) => [member.name, member.schema]));
    return Object.entries(data).flatMap(([name, value]) => {
      const member = members.get(name);
      return member
        ? inputFaults(member, value, [...path, name])
        : [noMember(name, [...members.keys()], path)];
    });
  }
  if (schema.isListSchema()) {
    if (!Array.isArray(data)) return [notA('list', path)];
    return data.flatMap((item, at) => inputFaults(schema.getValueSchema(), item, [...path, at]));
  }
  if (schema.isMapSchema()) {
    if (!isObject(data)) return [notA('mapping', path)];
    return Object.entries(data).flatMap(([key, item]) =>
      inputFaults(schema.getValueSchema(), item, [...path, key]),
    );
  }
  return schema.isStringSchema() && (Array.isArray(data) || (isObject(data) && !('$json' in data)))
    ? [noText(path)]
    : [];
}

/** @param path of what should have it, with the call as its first step */
export function noMember(name: string, names: readonly string[], path: Path): CallFault {
  const message = `${shown(path)} has no member "${name}".`;
  return { path: [...path, name], where: 'key', message, fix: namesToTake(name, names) };
}

function notA(shape: 'mapping' | 'list', path: Path): CallFault {
  return { path, where: 'value', message: `${shown(path)} must be a ${shape}.`, fix: 'Correct the value.' };
}

function noText(path: Path): CallFault {
  const message = `${shown(path)} must be a text.`;
  return {
    path,
    where: 'value',
    message,
    fix: 'Data that is sent as JSON text is written `{ $json: ... }`.',
  };
}

/** `dynamodb.UpdateTimeToLive`, `dynamodb.CreateTable: KeySchema[0]` */
function shown([call, ...inner]: Path): string {
  const name = inner.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return name === '' ? String(call) : `${String(call)}: ${name.slice(1)}`;
}

function isReference(data: unknown): boolean {
  return typeof data === 'string' && data.includes('${');
}

function isObject(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data) && !(data instanceof Uint8Array);
}
