/** Every permission question of the sandbox is asked here, and answered by `policy/`. */
import type { Decision } from '../policy/decision.ts';
import { evaluate, type NamedPolicy } from '../policy/evaluate.ts';
import { type Denial, denialReason } from '../policy/explain.ts';
import { evaluateKms, type KeyGrant } from '../policy/kms.ts';
import type { AccessRequest, ConditionContext } from '../policy/request.ts';
import { evaluateRoleTrust } from '../policy/role-trust.ts';
import type { Call } from './call.ts';
import { conditionContext } from './condition-context.ts';
import { type Former, inForce } from './timing/former.ts';

/** One thing the caller must be allowed to do. */
export interface Permission {
  /** `kms:DescribeKey` */
  readonly action: string;
  /** ARN, or `*` for actions without a resource. */
  readonly resource: string;
  /** How the denial names the resource where AWS does not print the ARN: IAM says `user NAME`. Empty: not at all. */
  readonly resourceLabel?: string;
  /** Condition keys of this request beyond the global ones. */
  readonly context?: ConditionContext;
  /** A policy attached to the resource. */
  readonly resourcePolicy?: NamedPolicy;
  /** Set for a KMS key: its policy and grants decide by KMS's own rule. */
  readonly key?: {
    readonly accountId: string;
    readonly policy: NamedPolicy;
    readonly grants: readonly KeyGrant[];
    /** What they were before their last changes, which may not count yet. */
    readonly formerPolicies?: readonly Former<NamedPolicy>[] | undefined;
    readonly formerGrants?: readonly Former<readonly KeyGrant[]>[] | undefined;
    /** Ids of the grants that count at once, as the request carries their tokens. */
    readonly namedGrants?: readonly string[];
  };
  /** Set for a role that is to be assumed: its trust policy decides by the rule of roles. */
  readonly role?: {
    readonly accountId: string;
    readonly trust: NamedPolicy;
  };
}

/** The caller may not do it. `message` is AWS's sentence. */
export class PermissionDenied extends Error {
  readonly permission: Permission;
  readonly decision: Decision;

  constructor(message: string, permission: Permission, decision: Decision) {
    super(message);
    this.name = 'PermissionDenied';
    this.permission = permission;
    this.decision = decision;
  }
}

/** Evaluates every policy that bears on the permission. */
function decide(call: Call, permission: Permission): Decision {
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
