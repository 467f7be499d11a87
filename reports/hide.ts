/**
 * Hiding what tells whose account it is: account ids, key ids, grants, access keys, e-mail and IP addresses. The same
 * thing gets the same stand-in wherever it is written.
 */
import { isIP } from 'node:net';
import type { Result } from '../runner/result.ts';

/** What stands for a thing: `ACCOUNT-1`, `KEY-2`. */
type Kind = 'ACCESS-KEY' | 'ACCOUNT' | 'ADDRESS' | 'EMAIL' | 'GRANT' | 'KEY' | 'PRINCIPAL';

export interface Hider {
  /** The text with stand-ins. */
  readonly text: (text: string) => string;
  /** The same for a finished document, of which only what is known is replaced: not what merely looks like it. */
  readonly known: (document: string) => string;
  /** The same value with every string in it, member names included, and every number that is an account's id. */
  readonly json: <Value>(value: Value) => Value;
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** What is what it looks like, wherever it stands. */
const lookalikes: readonly {
  readonly kind: Kind;
  readonly pattern: string;
  readonly is?: (text: string) => boolean;
}[] = [
  // At most so many letters, or a text without an @ would be searched again from each of its letters.
  {
    kind: 'EMAIL',
    pattern: String.raw`(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,200}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+`,
  },
  // IAM User Guide, "IAM identifiers", unique identifiers: access keys begin with AKIA and ASIA, the others are of principals.
  { kind: 'ACCESS-KEY', pattern: '(?<![A-Za-z0-9])A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])' },
  {
    kind: 'PRINCIPAL',
    pattern: '(?<![A-Za-z0-9])A(?:BIA|CCA|GPA|IDA|IPA|NPA|NVA|PKA|ROA|SCA)[A-Z0-9]{16,}(?![A-Za-z0-9])',
  },
  // Twelve digits, as the console writes them as well; the last group of a UUID is none.
  { kind: 'ACCOUNT', pattern: String.raw`(?<![\p{L}\p{N}])(?<![0-9a-fA-F]{4}-)\d{12}(?![\p{L}\p{N}])` },
  { kind: 'ACCOUNT', pattern: String.raw`(?<![\p{L}\p{N}-])\d{4}-\d{4}-\d{4}(?![\p{L}\p{N}-])` },
  { kind: 'KEY', pattern: `(?<=\\bkey/)${uuid}` },
  { kind: 'KEY', pattern: String.raw`\bmrk-[0-9a-f]{32}\b` },
  {
    kind: 'ADDRESS',
    pattern: String.raw`(?<![\p{L}\p{N}.])(?:\d{1,3}\.){3}\d{1,3}(?![\p{L}\p{N}]|\.\d)`,
    is: (text) => isIP(text) === 4,
  },
];

/** Much looks like an IPv6 address and is none, a part of an ARN for instance: it is looked at by itself. */
const ipv6 = /(?<![\p{L}\p{N}:.])(?:[0-9a-f]{1,4}:|::)[0-9a-f:.]{2,45}(?![\p{L}\p{N}])/giu;

/** Where values stand that have no look of their own. */
const members: Readonly<Record<string, Kind>> = {
  accountId: 'ACCOUNT',
  recipientAccountId: 'ACCOUNT',
  AWSAccountId: 'ACCOUNT',
  accessKeyId: 'ACCESS-KEY',
  AccessKeyId: 'ACCESS-KEY',
  grantId: 'GRANT',
  GrantId: 'GRANT',
  GrantToken: 'GRANT',
  keyId: 'KEY',
  KeyId: 'KEY',
  TargetKeyId: 'KEY',
  sourceIPAddress: 'ADDRESS',
};

/** Learns what is in the result, and hides it there and in whatever else belongs to the write-up. */
export function createHider(result: Result): Hider {
  const known = new Map<string, Kind>();
  collect(result, '', (text, kind) => known.set(text.toLowerCase(), kind));
  if (/^\d{12}$/.test(result.account.id)) known.set(result.account.id, 'ACCOUNT');
  for (const key of keysOfTheLearner(result)) known.set(key, 'KEY');
  known.delete('');

  const standIns = new Map<string, string>();
  const counts = new Map<Kind, number>();
  const standIn = (kind: Kind, original: string) => {
    const same = kind === 'ACCOUNT' ? original.replace(/[- ]/g, '') : original.toLowerCase();
    const found = standIns.get(same);
    if (found !== undefined) return found;
    const number = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, number);
    standIns.set(same, `${kind}-${number}`);
    return `${kind}-${number}`;
  };

  const literal = [...known.keys()].sort((a, b) => b.length - a.length).map(bounded);
  const [email, ...others] = lookalikes.map(({ pattern }) => pattern);
  // An e-mail address may hold any of the others.
  const whole = [email, ...literal, ...others].map((one) => `(?:${one})`);
  const all = new RegExp(whole.join('|'), 'giu');
  const strict = lookalikes.map(({ kind, pattern, is }) => ({
    kind,
    is,
    exactly: new RegExp(`^(?:${pattern})$`, 'u'),
  }));
  const kindOf = (match: string): Kind | undefined => {
    const kind = known.get(match.toLowerCase());
    if (kind) return kind;
    if (/^\d{4}[- ]\d{4}[- ]\d{4}$/.test(match)) return 'ACCOUNT';
    // Whatever looks around a match has been looked at already.
    const like = strict.find(({ exactly, is }) => exactly.test(match) && (is?.(match) ?? true));
    return like?.kind ?? (new RegExp(`^${uuid}$`, 'i').test(match) ? 'KEY' : undefined);
  };
  const text = (original: string) =>
    original
      .replace(all, (match) => {
        const kind = kindOf(match);
        return kind ? standIn(kind, match) : match;
      })
      .replace(ipv6, (match) => (isIP(match) === 6 ? standIn('ADDRESS', match) : match));
  return {
    text,
    json: (value) => hidden(value, text) as typeof value,
    known: (document) => {
      const seen = [...known.keys(), ...standIns.keys()].sort((a, b) => b.length - a.length).map(bounded);
      if (seen.length === 0) return document;
      // The contents of pictures are left alone: letters in them say nothing.
      return document.replace(new RegExp(`data:image/[^"')\\s]*|${seen.join('|')}`, 'giu'), (match) =>
        match.startsWith('data:image/')
          ? match
          : standIn(known.get(match.toLowerCase()) ?? kindOf(match) ?? 'KEY', match),
      );
    },
  };
}

/** The same result with stand-ins, and without the learner's e-mail address. */
export function hideIn(result: Result, hider: Hider): Result {
  const { email: _email, ...additions } = result.additions ?? { sections: [], screenshots: [] };
  return hider.json({ ...result, ...(result.additions && { additions }) });
}

function collect(value: unknown, member: string, found: (text: string, kind: Kind) => void): void {
  if (typeof value === 'string') {
    for (const [, account = ''] of value.matchAll(/arn:[\w-]+:[\w-]*:[\w-]*:(\d{12}):/g))
      found(account, 'ACCOUNT');
    for (const [, key = ''] of value.matchAll(/:key\/([\w-]+)/g)) if (isOfKind('KEY', key)) found(key, 'KEY');
    const kind = Object.hasOwn(members, member) ? members[member] : undefined;
    if (kind && isOfKind(kind, value)) found(value, kind);
    // CloudTrail's records are JSON inside JSON.
    if (/^\s*\{/.test(value)) collect(parsed(value), member, found);
  } else if (Array.isArray(value)) for (const one of value) collect(one, member, found);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value)) collect(one, name, found);
  }
}

/** A key may be named by alias or ARN too, and an address may be the name of a service. */
function isOfKind(kind: Kind, value: string): boolean {
  if (kind === 'KEY') return new RegExp(`^(?:${uuid}|mrk-[0-9a-f]{32})$`, 'i').test(value);
  if (kind === 'ADDRESS') return isIP(value) !== 0;
  return kind === 'ACCOUNT' ? /^\d{12}$/.test(value) : value.length >= 8;
}

/** What the learner wrote that looks like a key's id and is not a request's: perhaps of another key. */
function keysOfTheLearner(result: Result): string[] {
  const words = JSON.stringify([result.questions.map(({ answer }) => answer), result.additions]);
  const requests = new Set(
    result.stages.flatMap(({ checks }) =>
      checks.flatMap(({ evidence }) => evidence.map(({ requestId }) => requestId?.toLowerCase())),
    ),
  );
  const ids = words.match(new RegExp(`\\b${uuid}\\b`, 'gi')) ?? [];
  return ids.map((id) => id.toLowerCase()).filter((id) => !requests.has(id));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function hidden(value: unknown, text: (original: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  // An account's id as a number: no measure in a result is that large.
  if (typeof value === 'number') return /^\d{12}$/.test(String(value)) ? text(String(value)) : value;
  if (Array.isArray(value)) return value.map((one) => hidden(one, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [text(name), hidden(one, text)]));
}

/** A thing that is known by sight; digits and letters beside it would make it another one. */
function bounded(literal: string): string {
  const escaped = literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return /^\d+$/.test(literal)
    ? `(?<!\\d)${escaped.replace(/(\d{4})(\d{4})(\d{4})/, '$1[- ]?$2[- ]?$3')}(?!\\d)`
    : escaped;
}
