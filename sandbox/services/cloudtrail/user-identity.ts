/** Who made a call: the element `userIdentity` (page "CloudTrail userIdentity element" of the CloudTrail user guide). */
import type { Principal } from '../../../policy/request.ts';
import type { Credential } from '../../credential.ts';
import type { JsonObject } from './event.ts';

/** A credential without what is secret about it. */
export type Caller = Pick<Credential, 'principal' | 'issuedAt' | 'sharedBy'> & {
  /** Absent for a service. */
  readonly accessKeyId?: string;
};

export function withoutSecrets({ principal, accessKeyId, issuedAt, sharedBy }: Credential): Caller {
  return { principal, accessKeyId, issuedAt, sharedBy };
}

/** @param invokedBy the service that made the call with the caller's identity: `dynamodb.amazonaws.com` */
export function userIdentity(caller: Caller, invokedBy?: string): JsonObject {
  const { principal, accessKeyId, issuedAt } = caller;
  if (principal.kind === 'service') return { type: 'AWSService', invokedBy: principal.service };
  const { arn, accountId } = principal;
  return {
    type: types[principal.kind],
    principalId: principalId(principal),
    arn,
    accountId,
    accessKeyId,
    ...(principal.kind === 'user' && { userName: lastPart(arn) }),
    ...(issuedAt && { sessionContext: sessionContext(caller, issuedAt) }),
    ...(invokedBy !== undefined && { invokedBy }),
  };
}

const types = {
  root: 'Root',
  user: 'IAMUser',
  'role-session': 'AssumedRole',
  'federated-user': 'FederatedUser',
} as const;

/** How temporary credentials came about. Nobody in the sandbox signs in with a second factor. */
function sessionContext({ principal, sharedBy }: Caller, issuedAt: Date): JsonObject {
  const attributes = { creationDate: isoSeconds(issuedAt), mfaAuthenticated: 'false' };
  if (principal.kind === 'role-session') {
    const { roleArn, accountId, userId } = principal;
    const issuerId = userId.slice(0, userId.indexOf(':'));
    return { sessionIssuer: issuer('Role', issuerId, roleArn, accountId), attributes };
  }
  if (sharedBy?.kind === 'user') {
    const { arn, accountId, userId } = sharedBy;
    return { sessionIssuer: issuer('IAMUser', userId, arn, accountId), attributes };
  }
  return { attributes };
}

function issuer(type: string, principalId: string, arn: string, accountId: string): JsonObject {
  return { type, principalId, arn, accountId, userName: lastPart(arn) };
}

function principalId(principal: Exclude<Principal, { kind: 'service' }>): string {
  return principal.kind === 'root' ? principal.accountId : principal.userId;
}

/** `2026-11-22T10:00:00Z` */
export function isoSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/**
 * The lookup attribute `Username`. Inferred: for a session its name, as the console's event history shows it; for
 * a service nothing.
 */
export function userName(principal: Principal): string | undefined {
  if (principal.kind === 'service') return undefined;
  return principal.kind === 'root' ? 'root' : lastPart(principal.arn);
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
