/** IP address operators: IPv4 and IPv6, single addresses and CIDR ranges. */

import type { Template } from '../template.ts';
import type { ValueOperator, ValueTest } from './operator.ts';

const DECIMAL = /^\d{1,3}$/;
const HEXADECIMAL = /^[0-9a-fA-F]{1,4}$/;

/** An address as bytes: 4 for IPv4, 16 for IPv6. */
function readAddress(text: string): readonly number[] | undefined {
  return text.includes(':') ? readIpv6(text) : readIpv4(text);
}

function readIpv4(text: string): readonly number[] | undefined {
  const parts = text.split('.');
  const bytes = parts.map(Number);
  const valid =
    parts.length === 4 && parts.every((part) => DECIMAL.test(part)) && bytes.every((b) => b <= 255);
  return valid ? bytes : undefined;
}

function readIpv6(text: string): readonly number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map(readGroups);
  if (head === undefined) return undefined;
  if (halves.length === 1) return head.length === 16 ? head : undefined;
  if (tail === undefined || head.length + tail.length > 14) return undefined;
  return [...head, ...Array<number>(16 - head.length - tail.length).fill(0), ...tail];
}

/** The bytes of groups between colons; the last group may be an IPv4 address. */
function readGroups(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const groups = text.split(':');
  const bytes: number[] = [];
  for (const [at, group] of groups.entries()) {
    if (HEXADECIMAL.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
    } else {
      const embedded = at === groups.length - 1 ? readIpv4(group) : undefined;
      if (embedded === undefined) return undefined;
      bytes.push(...embedded);
    }
  }
  return bytes;
}

function within(expected: Template): ValueTest {
  const [address = '', length, ...more] = expected.source.split('/');
  const range = readAddress(address);
  if (range === undefined || more.length > 0) return () => false;
  const bits = length === undefined ? range.length * 8 : DECIMAL.test(length) ? Number(length) : -1;
  if (bits < 0 || bits > range.length * 8) return () => false;
  return (text) => {
    const actual = readAddress(text);
    return actual?.length === range.length && samePrefix(actual, range, bits);
  };
}

function samePrefix(a: readonly number[], b: readonly number[], bits: number): boolean {
  return a.every((byte, at) => {
    const counted = Math.min(8, Math.max(0, bits - at * 8));
    const mask = (0xff << (8 - counted)) & 0xff;
    return (byte & mask) === ((b[at] ?? 0) & mask);
  });
}

export const ipAddressOperators: readonly ValueOperator[] = [
  { name: 'IpAddress', negated: false, variables: false, compile: within },
  { name: 'NotIpAddress', negated: true, variables: false, compile: within },
];
