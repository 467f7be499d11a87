/**
 * Grant tokens name a new grant before AWS has spread it. Here every grant is in force at once, so a token gives
 * nothing that the grant does not give already, and needs no protection against forgery.
 */
import { randomUUID } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';

export interface GrantTokenContent {
  readonly keyArn: string;
  readonly grantId: string;
}

/** A token is different each time, also for the same grant (description of CreateGrant's Name in the SDK's model). */
export function createGrantToken(content: GrantTokenContent): string {
  return Buffer.from(JSON.stringify({ ...content, nonce: randomUUID() })).toString('base64');
}

/** @throws AwsError InvalidGrantTokenException */
export function readGrantToken(token: string): GrantTokenContent {
  try {
    const content: unknown = JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
    if (isContent(content)) return { keyArn: content.keyArn, grantId: content.grantId };
  } catch {
    // Not a token of ours, like one whose members are wrong.
  }
  // The code is the model's. Inferred: that AWS gives no text.
  throw new AwsError('InvalidGrantTokenException', '');
}

function isContent(value: unknown): value is GrantTokenContent {
  return (
    typeof value === 'object' &&
    value !== null &&
    'keyArn' in value &&
    typeof value.keyArn === 'string' &&
    'grantId' in value &&
    typeof value.grantId === 'string'
  );
}
