/**
 * Inputs and outputs as CloudTrail shows them: member names with a small first letter, dates as text, and nothing
 * secret. What is secret the SDK's model says by the trait `sensitive`; bytes and tokens never show either.
 */
import { NormalizedSchema } from '@smithy/core/schema';
import type { SchemaRef } from '@smithy/types';
import type { JsonObject, JsonValue } from './event.ts';

/**
 * Tokens that grant something and are not marked as sensitive in the model. AWS does show the session token that
 * AssumeRole gave; the sandbox keeps none.
 */
const tokens: ReadonlySet<string> = new Set([
  'AuthenticationCode1',
  'AuthenticationCode2',
  'GrantToken',
  'GrantTokens',
  'SAMLAssertion',
  'SessionToken',
  'TokenCode',
  'WebIdentityToken',
]);

interface ShownMember {
  readonly name: string;
  readonly schema: NormalizedSchema;
}

const shownMembers = new WeakMap<object, ReadonlyMap<string, ShownMember>>();

/** @returns null where nothing is to be shown */
export function describedMembers(schema: SchemaRef, value: unknown): JsonObject | null {
  const normalized = NormalizedSchema.of(schema);
  if (!normalized.isStructSchema() || typeof value !== 'object' || value === null) return null;
  const described = struct(normalized, value);
  for (const _name in described) return described;
  return null;
}

function struct(schema: NormalizedSchema, value: object): JsonObject {
  const described: Record<string, JsonValue> = {};
  const members = membersOf(schema);
  for (const [name, member] of Object.entries(value)) {
    const shown = members.get(name);
    if (shown && member !== undefined && member !== null) described[shown.name] = any(shown.schema, member);
  }
  return described;
}

function any(schema: NormalizedSchema, value: unknown): JsonValue {
  if (value instanceof Date) return dateText(value);
  if (Array.isArray(value)) return value.map((item) => any(schema.getValueSchema(), item));
  if (typeof value === 'object' && value !== null) {
    if (schema.isStructSchema()) return struct(schema, value);
    const values = schema.getValueSchema();
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, any(values, item)]));
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}

/** Worked out once for every structure. */
function membersOf(schema: NormalizedSchema): ReadonlyMap<string, ShownMember> {
  const key: unknown = schema.getSchema();
  const known = typeof key === 'object' && key !== null ? shownMembers.get(key) : undefined;
  if (known) return known;
  const members = new Map<string, ShownMember>();
  for (const [name, member] of schema.structIterator()) {
    if (isSecret(name, member)) continue;
    // `AWSAccountId` becomes `aWSAccountId`, `SSESpecification` `sSESpecification`: observed in AWS's records.
    members.set(name, { name: name.charAt(0).toLowerCase() + name.slice(1), schema: member });
  }
  if (typeof key === 'object' && key !== null) shownMembers.set(key, members);
  return members;
}

function isSecret(name: string, member: NormalizedSchema): boolean {
  return tokens.has(name) || member.isBlobSchema() || Boolean(member.getMergedTraits().sensitive);
}

const dateFormat = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
});

/** `Aug 10, 2022, 10:38:27 PM`, as in the KMS developer guide's examples. */
function dateText(date: Date): string {
  return dateFormat.format(date).replaceAll('\u202f', ' ');
}
