/** Compares attribute values: page "Comparison operator and function reference" of the DynamoDB developer guide. */
import type { WireValue } from '../data-plane.ts';
import { db } from './library.ts';

/** `S`, `N`, `M`, ... */
export function typeOf(value: WireValue): string | undefined {
  return Object.keys(value)[0];
}

/** Same type and same value: sets without regard to order, lists and maps in depth. What is not there equals nothing. */
export function equal(left: WireValue | undefined, right: WireValue | undefined): boolean {
  const type = left && typeOf(left);
  if (left === undefined || right === undefined || type === undefined || type !== typeOf(right)) return false;
  const a = left[type];
  const b = right[type];
  if (type === 'L') return equalLists(a as WireValue[], b as WireValue[]);
  if (type === 'M') return equalMaps(a as Record<string, WireValue>, b as Record<string, WireValue>);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element) => b.includes(element));
  }
  return a === b;
}

/**
 * Negative, zero or positive for two strings, two numbers or two binary values; undefined for anything else.
 * Strings are ordered by their UTF-8 bytes.
 */
export function order(left: WireValue, right: WireValue): number | undefined {
  const type = typeOf(left);
  if (type !== typeOf(right)) return undefined;
  if (type === 'S') return Buffer.compare(Buffer.from(String(left.S)), Buffer.from(String(right.S)));
  if (type === 'B') return Buffer.compare(bytes(left.B), bytes(right.B));
  if (type !== 'N') return undefined;
  if (left.N === right.N) return 0;
  return db().compare('LT', left, right) ? -1 : 1;
}

export function startsWith(value: WireValue, prefix: WireValue): boolean {
  if (typeof value.S === 'string' && typeof prefix.S === 'string') return value.S.startsWith(prefix.S);
  if (value.B === undefined || prefix.B === undefined) return false;
  const start = bytes(prefix.B);
  return bytes(value.B).subarray(0, start.length).equals(start);
}

/** A substring of text or bytes, or a member of a set or a list. */
export function contains(value: WireValue, operand: WireValue): boolean {
  if (typeof value.S === 'string') return typeof operand.S === 'string' && value.S.includes(operand.S);
  if (value.B !== undefined) return operand.B !== undefined && bytes(value.B).includes(bytes(operand.B));
  if (Array.isArray(value.L)) return value.L.some((element: WireValue) => equal(element, operand));
  const members = value[`${typeOf(operand)}S`];
  return Array.isArray(members) && members.includes(Object.values(operand)[0]);
}

/** What `size` gives: characters, bytes or elements; undefined for numbers, booleans and null. */
export function sizeOf(value: WireValue): number | undefined {
  if (typeof value.S === 'string') return value.S.length;
  if (value.B !== undefined) return bytes(value.B).length;
  if (value.M !== undefined) return Object.keys(value.M as object).length;
  const elements = value.L ?? value.SS ?? value.NS ?? value.BS;
  return Array.isArray(elements) ? elements.length : undefined;
}

function equalLists(a: readonly WireValue[], b: readonly WireValue[]): boolean {
  return a.length === b.length && a.every((element, index) => equal(element, b[index]));
}

function equalMaps(a: Readonly<Record<string, WireValue>>, b: Readonly<Record<string, WireValue>>): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equal(a[name], b[name]))
  );
}

function bytes(base64: unknown): Buffer {
  return Buffer.from(String(base64), 'base64');
}
