/** Inputs of an operation, made from its runtime schema and from what is there in the account. */
import { NormalizedSchema } from '@smithy/core/schema';
import type { StaticOperationSchema } from '@smithy/types';
import { countRequired } from '../gateway/schema-values.ts';

/** By member name: names and ids of what exists, and values that an operation takes. */
export type KnownMembers = Readonly<Record<string, unknown>>;

type Input = Record<string, unknown>;

/** What every operation can make of its input: the required members only, or those that are known beside them. */
export function plainInputs(schema: StaticOperationSchema, known: KnownMembers): Input[] {
  const members = membersOf(NormalizedSchema.of(schema[4]));
  const required = members.filter((member) => member.isRequired);
  const knownToo = members.filter(({ name, isRequired }) => isRequired || Object.hasOwn(known, name));
  return [required, knownToo].map((chosen) => structure(chosen, known));
}

/** An input with each of the other members beside it, one at a time. */
export function extendedInputs(schema: StaticOperationSchema, base: Input, known: KnownMembers): Input[] {
  return membersOf(NormalizedSchema.of(schema[4]))
    .filter(({ name }) => !Object.hasOwn(base, name))
    .map((member) => ({ ...base, ...structure([member], known) }));
}

interface Member {
  readonly name: string;
  readonly schema: NormalizedSchema;
  readonly isRequired: boolean;
}

function membersOf(schema: NormalizedSchema): Member[] {
  if (schema.isUnitSchema()) return [];
  const required = countRequired(schema);
  return [...schema.structIterator()].map(([name, member], index) => ({
    name,
    schema: member,
    isRequired: index < required,
  }));
}

function structure(members: readonly Member[], known: KnownMembers): Input {
  return Object.fromEntries(members.map(({ name, schema }) => [name, valueFor(name, schema, known)]));
}

function valueFor(name: string, schema: NormalizedSchema, known: KnownMembers): unknown {
  if (Object.hasOwn(known, name)) return known[name];
  if (schema.isStructSchema()) {
    const members = membersOf(schema);
    const required = members.filter((member) => member.isRequired);
    // One of them is enough where none is required, as in a union.
    return structure(required.length > 0 ? required : members.slice(0, 1), known);
  }
  if (schema.isListSchema()) return [valueFor('', schema.getValueSchema(), known)];
  if (schema.isMapSchema()) {
    const key = known[`${name}, key`] ?? 'id';
    return { [String(key)]: valueFor('', schema.getValueSchema(), known) };
  }
  if (schema.isBooleanSchema()) return true;
  if (schema.isNumericSchema()) return 10;
  if (schema.isTimestampSchema()) return new Date(0);
  if (schema.isBlobSchema()) return Buffer.from('example');
  return 'example';
}
