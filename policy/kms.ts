/** KMS's own evaluation: the key policy decides who may look elsewhere, and grants allow beside it. */

import type { Decision } from './decision.ts';
import { type Findings, gatherFindings, type Policies } from './findings.ts';
import { decideGuarded } from './guarded-resource.ts';
import { grantLevel, type KeyGrant } from './key-grant.ts';
import type { AccessRequest } from './request.ts';

export type { KeyGrant } from './key-grant.ts';

/**
 * Decides a request on a KMS key; `policies.resource` is the key policy.
 *
 * For operations without a key (`kms:ListKeys`, `kms:CreateKey`) use `evaluate`.
 */
export function evaluateKms(
  request: AccessRequest,
  policies: Policies & { readonly grants: readonly KeyGrant[] },
): Decision {
  const findings = gatherFindings(request, policies);
  if (findings.denial !== undefined) return findings.denial;
  const byPolicy = decideGuarded(request, findings, 'resource-based');
  if (byPolicy.effect === 'allowed') return byPolicy;
  return decideByGrants(request, policies.grants, findings) ?? byPolicy;
}

/**
 * A grant is enough by itself, in another account too ("Troubleshooting key access": there a grant or an IAM policy allows).
 * Inferred: boundary and session policies limit it as they limit a key policy statement that names the same principal,
 * and a grant to an account needs an identity policy beside it.
 */
function decideByGrants(
  request: AccessRequest,
  grants: readonly KeyGrant[],
  { identity, limit }: Findings,
): Decision | undefined {
  let limited: Decision | undefined;
  for (const grant of grants) {
    const level = grantLevel(grant, request);
    if (level === undefined || (level === 'account' && identity === undefined)) continue;
    if (level === 'principal' || limit === undefined) {
      return { effect: 'allowed', policyType: 'grant', grantId: grant.grantId };
    }
    limited = limit;
  }
  return limited;
}
