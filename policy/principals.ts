/** Whom a statement of a resource policy names, and how directly. AWS: "IAM JSON policy elements: Principal". */

import type { PrincipalElement } from './document.ts';
import type { Principal } from './request.ts';

/**
 * How a policy names the caller: the calling principal itself (or everyone), the role behind a session, or only the caller's
 * account, which leaves the choice to that account's identity policies.
 */
export type PrincipalLevel = 'principal' | 'role' | 'account';

/**
 * A `Principal` or `NotPrincipal`, ready for matching. `Federated` and `CanonicalUser` are left out: no principal of a request
 * is known by them.
 */
export interface PrincipalSet {
  readonly everyone: boolean;
  readonly aws: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
}

const ACCOUNT_ROOT = /^arn:[a-z-]+:iam::(\d{12}):root$/;

export function compilePrincipals(element: PrincipalElement): PrincipalSet {
  const { AWS = [], Service = [] } = element === '*' ? { AWS: ['*'] } : element;
  return {
    // AWS treats `"*"` and `{"AWS": "*"}` alike: everyone.
    everyone: AWS.includes('*'),
    aws: new Set(AWS.map((name) => ACCOUNT_ROOT.exec(name)?.[1] ?? name)),
    services: new Set(Service),
  };
}

/** How the set names this caller; undefined if it does not. The most direct way counts. */
export function levelOf(set: PrincipalSet, principal: Principal): PrincipalLevel | undefined {
  if (set.everyone) return 'principal';
  if (principal.kind === 'service') return isNamedService(set, principal.service) ? 'principal' : undefined;
  return namesOf(principal).find(([, names]) => names.some((name) => set.aws.has(name)))?.[0];
}

/**
 * Whether a `NotPrincipal` spares this caller from a Deny. It must name every level, for a session the account, the role and the
 * session itself, since each of them is checked; and it never spares a caller with a permissions boundary.
 * AWS: "IAM JSON policy elements: NotPrincipal". Inferred: that no level may be missing, where AWS says that it might deny.
 */
export function spares(set: PrincipalSet, principal: Principal, hasBoundary: boolean): boolean {
  if (hasBoundary) return false;
  if (set.everyone) return true;
  if (principal.kind === 'service') return isNamedService(set, principal.service);
  return namesOf(principal).every(([, names]) => names.some((name) => set.aws.has(name)));
}

function isNamedService(set: PrincipalSet, service: string): boolean {
  return set.services.has(service) || set.services.has('*');
}

type Names = readonly (readonly [PrincipalLevel, readonly string[]])[];

/**
 * What a policy may call the caller, most direct first. Unique ids (`AIDA...`, `AROA...`) stand where AWS has replaced the ARN of
 * a user or role that it could no longer find.
 */
function namesOf(principal: Exclude<Principal, { kind: 'service' }>): Names {
  const account = ['account', [principal.accountId]] as const;
  switch (principal.kind) {
    case 'root':
      return [['principal', [principal.accountId]]];
    case 'user':
      return [['principal', [principal.arn, principal.userId]], account];
    case 'federated-user':
      return [['principal', [principal.arn]], account];
    case 'role-session': {
      const roleId = principal.userId.split(':')[0] ?? '';
      return [['principal', [principal.arn]], ['role', [principal.roleArn, roleId]], account];
    }
  }
}
