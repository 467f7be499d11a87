/** AWS answers as plain JSON for results, secrets removed. */
import type { z } from 'zod';
import { scrub } from './scrub.ts';

type Json = z.core.util.JSONType;

/** Members that carry secrets in the answers and inputs of the services Labwright knows. */
export const secretMembers = new Set([
  'SecretAccessKey',
  'SessionToken',
  'Password',
  'NewPassword',
  'OldPassword',
  'Plaintext',
  'PrivateKeyPlaintext',
  'SharedSecret',
]);

/** A recorded event is a text; that of AssumeRole holds the session token it gave ("AWS STS events", CloudTrail). */
const recordMember = 'CloudTrailEvent';

/** Dates as ISO 8601, bytes as base64, secrets as `(removed)`. */
export function toEvidence(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toEvidence);
  if (typeof value === 'object') {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(
      members.map(([name, member]) => {
        if (secretMembers.has(name)) return [name, '(removed)'];
        if (name === recordMember && typeof member === 'string') return [name, scrub(member)];
        return [name, toEvidence(member)];
      }),
    );
  }
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return String(value);
}
