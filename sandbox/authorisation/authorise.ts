/** Every permission question of the sandbox is asked here, and answered by `policy/`. */
import type { Decision } from '../../policy/decision.ts';
import { evaluate, type NamedPolicy } from '../../policy/evaluate.ts';
import { type Denial, denialReason } from '../../policy/explain.ts';
import { evaluateKms, type KeyGrant } from '../../policy/kms.ts';
import type { AccessRequest } from '../../policy/request.ts';
import { evaluateRoleTrust } from '../../policy/role-trust.ts';
import type { Call } from '../call.ts';
import { inForce } from '../timing/former.ts';
import { conditionContext } from './condition-context.ts';
import type { Permission } from './permission.ts';
import { PermissionDenied } from './permission-denied.ts';

/** Evaluates every policy that bears on the permission. */
export function decide(call: Call, permission: Permission): Decision {
  const { principal, sharedBy } = call.credential;
  const { iam } = call.account;
  const held = sharedBy ? iam.sharedPolicies(sharedBy) : iam.policiesOf(principal);
  const request: AccessRequest = {
    principal,
    action: permission.action,
    resource: permission.resource,
    resourceAccount: (permission.key ?? permission.role)?.accountId ?? call.account.id,
    context: {
      ...conditionContext(call),
      ...permission.context,
      ...(permission.key && { 'kms:CallerAccount': call.account.id }),
    },
  };
  const policies = { ...held, session: call.credential.sessionPolicies };
  if (permission.key) {
    return evaluateKms(request, { ...policies, ...inForceOnKey(call, permission.key) });
  }
  if (permission.role) return evaluateRoleTrust(request, { ...policies, resource: permission.role.trust });
  return evaluate(request, { ...policies, resource: permission.resourcePolicy });
}

/** The key policy and the grants that count for the call at this moment. */
function inForceOnKey(
  { clock }: Call,
  { policy, grants, formerPolicies, formerGrants, namedGrants }: NonNullable<Permission['key']>,
): { resource: NamedPolicy; grants: readonly KeyGrant[] } {
  const resource = inForce(policy, formerPolicies, clock, clock.timing.policiesMs);
  const known = inForce(grants, formerGrants, clock, clock.timing.grantsMs);
  if (known === grants || namedGrants === undefined) return { resource, grants: known };
  return { resource, grants: [...known, ...grants.filter(({ grantId }) => namedGrants.includes(grantId))] };
}

/**
 * Lets the call go on or throws {@link PermissionDenied}.
 *
 * The sentence follows the grammar of "Troubleshoot access denied error messages" in the IAM user guide.
 */
export function authorise(call: Call, permission: Permission): void {
  const decision = decide(call, permission);
  if (decision.effect === 'allowed') return;
  const { principal } = call.credential;
  const who = principal.kind === 'service' ? principal.service : principal.arn;
  const wish = `User: ${who} is not authorized to perform: ${permission.action}`;
  throw new PermissionDenied(wish + refusalTail(call, permission, decision), permission, decision);
}

/** What the sentence says about the resource, and why. */
function refusalTail(call: Call, permission: Permission, decision: Denial): string {
  const { key, role, action, resource, resourceLabel = resource } = permission;
  if (key && key.accountId !== call.account.id && decision.policyType === 'resource-based') {
    // Observed on AWS through DynamoDB's CreateTable (aws-controllers-k8s/dynamodb-controller, finding DDB-TABLE-037):
    // KMS does not tell whether another account's key exists.
    return (
      ' on this resource because the resource does not exist in this Region, no resource-based policies allow ' +
      'access, or a resource-based policy explicitly denies access'
    );
  }
  const where = resourceLabel === '' ? '' : ` on resource: ${resourceLabel}`;
  // STS does not say why a role may not be assumed (observed on AWS, many public logs, e.g. aws/aws-msk-iam-auth#108).
  return role ? where : `${where} ${denialReason(decision, action)}`;
}
