/**
 * What goes into AWS calls and comes out of them, as JSON from which the same values can be made again: times and bytes
 * keep their kind, and secrets are left out.
 */
import { secretMembers } from '../accounts/evidence.ts';
import { scrub } from '../accounts/scrub.ts';

/** Stands where a secret text was. */
const removed = '(removed)';

/** Texts of AWS that may hold a secret in their midst: a recorded event, of AssumeRole say. */
const scrubbedMembers = new Set(['CloudTrailEvent']);

/**
 * A value as JSON. What JSON has no word for is an object with one member: `{ "$date": ISO 8601 }`, `{ "$bytes": base64 }`,
 * `{ "$number": "NaN" }`, and `{ "$object": ... }` around an object with a member that begins so itself.
 */
export function encode(value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number')
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { $number: Object.is(value, -0) ? '-0' : String(value) };
  if (typeof value === 'bigint') return { $bigint: String(value) };
  if (value instanceof Date) return { $date: Number.isNaN(value.getTime()) ? null : value.toISOString() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map((one) => (one === undefined ? null : encode(one)));
  if (typeof value !== 'object') return null;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]): [string, unknown] => [name, encodeMember(name, member)]);
  const object = Object.fromEntries(members);
  return members.some(([name]) => name.startsWith('$')) ? { $object: object } : object;
}

function encodeMember(name: string, member: unknown): unknown {
  if (secretMembers.has(name)) return member instanceof Uint8Array ? { $bytes: '' } : removed;
  if (scrubbedMembers.has(name) && typeof member === 'string') return scrub(member);
  return encode(member);
}

/** The value that {@link encode} was given, but for its secrets. */
export function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== 'object' || value === null) return value;
  const [only, ...more] = Object.entries(value);
  if (only && more.length === 0 && only[0].startsWith('$')) {
    const [kind, content] = only;
    if (kind === '$date') return new Date(content === null ? Number.NaN : String(content));
    if (kind === '$bytes') return new Uint8Array(Buffer.from(String(content), 'base64'));
    if (kind === '$number') return Number(content);
    if (kind === '$bigint') return BigInt(String(content));
    if (kind === '$object') return decodeMembers(content as object);
  }
  return decodeMembers(value);
}

function decodeMembers(object: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([name, member]) => [name, decode(member)]));
}

/** An encoded value as a text that is the same for equal values, in whatever order their members stand. */
export function canonical(encoded: unknown): string {
  if (Array.isArray(encoded)) return `[${encoded.map(canonical).join()}]`;
  if (typeof encoded !== 'object' || encoded === null) return JSON.stringify(encoded ?? null);
  const members = Object.entries(encoded).filter(([, value]) => value !== undefined);
  if (members.length > 1) members.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${canonical(value)}`).join()}}`;
}
