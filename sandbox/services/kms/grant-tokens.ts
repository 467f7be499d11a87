/**
 * Grant tokens name a grant that is so new that not all of KMS has heard of it: for a request that carries the token it
 * counts at once. A token gives nothing that its grant will not give to the same principal a moment later, and needs no
 * protection against forgery.
 */
import { randomUUID } from 'node:crypto';
import { AwsError } from '../../aws-error.ts';
import type { AnyOperation } from '../../operation.ts';
import { readToken, writeToken } from '../../protocol/opaque-token.ts';

export interface GrantTokenContent {
  readonly keyArn: string;
  readonly grantId: string;
}

/** The operation, with the grants that the request's GrantTokens name counting at once. */
export function withGrantTokens(operation: AnyOperation): AnyOperation {
  return {
    ...operation,
    permissions(call, input: { readonly GrantTokens?: readonly string[] }) {
      const named = (input.GrantTokens ?? []).map(readGrantToken);
      const permissions = operation.permissions(call, input);
      if (named.length === 0) return permissions;
      const namedGrants = named.map(({ grantId }) => grantId);
      return permissions.map((permission) =>
        permission.key ? { ...permission, key: { ...permission.key, namedGrants } } : permission,
      );
    },
  };
}

/** A token is different each time, also for the same grant (description of CreateGrant's Name in the SDK's model). */
export function createGrantToken(content: GrantTokenContent): string {
  return writeToken({ ...content, nonce: randomUUID() });
}

/** @throws AwsError InvalidGrantTokenException */
export function readGrantToken(token: string): GrantTokenContent {
  const content = readToken(token);
  if (isContent(content)) return { keyArn: content.keyArn, grantId: content.grantId };
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
