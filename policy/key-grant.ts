/** KMS grants: whom they allow what. AWS: KMS Developer Guide, "Grants in AWS KMS"; KMS API Reference, GrantConstraints. */

import { compilePrincipals, levelOf, type PrincipalLevel } from './principals.ts';
import type { AccessRequest, ConditionContext } from './request.ts';

type EncryptionContext = Readonly<Record<string, string>>;

export interface KeyGrant {
  readonly grantId: string;
  /** ARN of an account, user, role or session, or the name of a service. */
  readonly granteePrincipal: string;
  /** `Decrypt`, `GenerateDataKey`, `CreateGrant`, ... */
  readonly operations: readonly string[];
  readonly constraints?: {
    readonly encryptionContextEquals?: EncryptionContext;
    readonly encryptionContextSubset?: EncryptionContext;
  };
}

const CONTEXT_PREFIX = 'kms:encryptioncontext:';
const WITH_ENCRYPTION_CONTEXT: ReadonlySet<string> = new Set(
  [
    'Encrypt',
    'Decrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateDataKeyPair',
    'GenerateDataKeyPairWithoutPlaintext',
    'ReEncryptFrom',
    'ReEncryptTo',
  ].map((operation) => operation.toLowerCase()),
);

/** How directly the grant allows the request; undefined if it does not. */
export function grantLevel(grant: KeyGrant, request: AccessRequest): PrincipalLevel | undefined {
  const [service, operation = ''] = request.action.toLowerCase().split(':');
  if (service !== 'kms' || !grant.operations.some((name) => name.toLowerCase() === operation))
    return undefined;
  if (WITH_ENCRYPTION_CONTEXT.has(operation) && !meetsConstraints(grant, request.context)) return undefined;
  if (operation === 'creategrant' && !mayHandOn(grant, request.context)) return undefined;
  const { principal } = request;
  if (principal.kind === 'service')
    return grant.granteePrincipal === principal.service ? 'principal' : undefined;
  return levelOf(compilePrincipals({ AWS: [grant.granteePrincipal] }), principal);
}

/** In a constraint the keys' case does not matter, the values' does (API Reference, GrantConstraints). */
function meetsConstraints({ constraints }: KeyGrant, context: ConditionContext): boolean {
  const given = encryptionContextOf(context);
  const equals = Object.entries(constraints?.encryptionContextEquals ?? {});
  const subset = Object.entries(constraints?.encryptionContextSubset ?? {});
  const holdsAll = [...equals, ...subset].every(([key, value]) => given.get(key.toLowerCase()) === value);
  return holdsAll && (equals.length === 0 || equals.length === given.size);
}

/**
 * A grant that allows `CreateGrant` hands on no more than it holds: the new grant's operations are among its own, and its
 * constraints at least as strict (KMS Developer Guide, "Granting CreateGrant permission"). What the new grant holds is read from the
 * request's condition keys `kms:GrantOperations`, `kms:GrantConstraintType` and `kms:EncryptionContext:...`.
 */
function mayHandOn(grant: KeyGrant, context: ConditionContext): boolean {
  const keys = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  const operations = [keys.get('kms:grantoperations') ?? []].flat();
  if (operations.length === 0 || !operations.every((name) => grant.operations.includes(name))) return false;
  const needsEquals = Object.keys(grant.constraints?.encryptionContextEquals ?? {}).length > 0;
  if (needsEquals && keys.get('kms:grantconstrainttype') !== 'EncryptionContextEquals') return false;
  return meetsConstraints(grant, context);
}

function encryptionContextOf(context: ConditionContext): ReadonlyMap<string, string | readonly string[]> {
  return new Map(
    Object.entries(context)
      .map(([key, value]) => [key.toLowerCase(), value] as const)
      .filter(([key]) => key.startsWith(CONTEXT_PREFIX))
      .map(([key, value]) => [key.slice(CONTEXT_PREFIX.length), value]),
  );
}
