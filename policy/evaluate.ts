/**
 * AWS's general evaluation logic, for services whose resources are open to the account's identity policies.
 * AWS: IAM User Guide, "How AWS enforcement code logic evaluates requests to allow or deny access", "Cross-account policy
 * evaluation logic". KMS keys and roles have their own rule: see kms.ts and role-trust.ts.
 */

import type { Decision } from './decision.ts';
import { allowedBy, gatherFindings, implicitDeny, type Policies } from './findings.ts';
import type { AccessRequest } from './request.ts';

export type { NamedPolicy, Policies } from './findings.ts';

/**
 * Decides a request. Organizations' policies (SCPs, RCPs) and VPC endpoint policies are not modelled.
 *
 * Of an allowed request the decision names one statement that was needed: across accounts that of the resource policy.
 */
export function evaluate(request: AccessRequest, policies: Policies): Decision {
  const { principal, resourceAccount } = request;
  const { denial, resource, identity, limit } = gatherFindings(request, policies);
  if (denial !== undefined) return denial;

  if (principal.kind === 'service') {
    return resource.principal
      ? allowedBy('resource-based', resource.principal)
      : implicitDeny('resource-based');
  }

  if (principal.accountId === resourceAccount) {
    // What a resource policy gives to the caller itself needs nothing else, and no boundary or session policy limits it.
    if (resource.principal) return allowedBy('resource-based', resource.principal);
    if (principal.kind === 'root') return { effect: 'allowed', policyType: 'identity-based' };
    const allowed = identity
      ? allowedBy('identity-based', identity)
      : resource.role && allowedBy('resource-based', resource.role);
    return allowed === undefined ? implicitDeny('identity-based') : (limit ?? allowed);
  }

  // Both accounts have to allow. Inferred: if neither does, AWS names the caller's side.
  if (principal.kind !== 'root') {
    if (!identity) return implicitDeny('identity-based');
    if (limit !== undefined) return limit;
  }
  const opened = resource.principal ?? resource.role ?? resource.account;
  return opened ? allowedBy('resource-based', opened) : implicitDeny('resource-based');
}
