/**
 * The rule of resources that only their own policy can open: KMS keys and roles. Identity policies count where that policy
 * names the account. AWS: IAM User Guide, "How AWS enforcement code logic evaluates requests", on the exceptions "IAM role
 * trust policies and KMS key policies"; KMS Developer Guide, "Default key policy", "Allows access to the AWS account".
 */

import type { Decision, PolicyType } from './decision.ts';
import { allowedBy, type Findings, implicitDeny } from './findings.ts';
import type { AccessRequest } from './request.ts';

/** Decides from findings without an explicit deny. */
export function decideGuarded(request: AccessRequest, findings: Findings, type: PolicyType): Decision {
  const { principal, resourceAccount } = request;
  const { resource, identity, limit } = findings;

  if (principal.kind === 'service') {
    return resource.principal ? allowedBy(type, resource.principal) : implicitDeny(type);
  }

  if (principal.accountId === resourceAccount) {
    if (resource.principal) return allowedBy(type, resource.principal);
    const role = resource.role && allowedBy(type, resource.role);
    const delegated = resource.account && identity && allowedBy('identity-based', identity);
    const allowed = role ?? delegated;
    if (allowed !== undefined) return limit ?? allowed;
    // Observed on AWS (error texts of CreateTable and GetItem on encrypted tables): with delegation the missing identity policy is
    // named; without it the resource's policy, for the account root as well. Inferred: also when no identity policy
    // allows either, since adding one would not help.
    return implicitDeny(resource.account ? 'identity-based' : type);
  }

  // Across accounts both sides have to allow (KMS Developer Guide, "Allowing users in other accounts to use a KMS key").
  // Inferred: if neither does, the caller's side is named.
  if (principal.kind !== 'root') {
    if (!identity) return implicitDeny('identity-based');
    if (limit !== undefined) return limit;
  }
  const opened = resource.principal ?? resource.role ?? resource.account;
  return opened ? allowedBy(type, opened) : implicitDeny(type);
}
