/** Identifiers as IAM makes them ("IAM identifiers" in the IAM user guide; lengths as seen in AWS's answers). */
import { randomBytes, randomInt } from 'node:crypto';

/** A-Z and 2-7, of which IAM's own ids consist. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const prefixes = {
  user: 'AIDA',
  group: 'AGPA',
  role: 'AROA',
  policy: 'ANPA',
  'access key': 'AKIA',
  'temporary access key': 'ASIA',
} as const;

/** A prefix that tells the kind, then characters up to 21, or 20 for an access key: `AIDACKCEVSQ6C2EXAMPLE`. */
export function uniqueId(kind: keyof typeof prefixes): string {
  const prefix = prefixes[kind];
  return prefix + characters(kind.endsWith('access key') ? 16 : 17);
}

/** 40 characters of base64: 30 random bytes. */
export function secretAccessKey(): string {
  return randomBytes(30).toString('base64');
}

function characters(count: number): string {
  return Array.from({ length: count }, () => alphabet[randomInt(alphabet.length)]).join('');
}
