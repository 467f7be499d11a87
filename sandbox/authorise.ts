/** Every permission question of the sandbox is asked here, and answered by `policy/`. */
import type { Decision } from '../policy/decision.ts';
import { evaluate, type NamedPolicy } from '../policy/evaluate.ts';
import { denialReason } from '../policy/explain.ts';
import { evaluateKms, type KeyGrant } from '../policy/kms.ts';
import type { AccessRequest, ConditionContext } from '../policy/request.ts';
import type { Call } from './call.ts';
import { conditionContext } from './condition-context.ts';

/** One thing the caller must be allowed to do. */
export interface Permission {
  /** `kms:DescribeKey` */
  readonly action: string;
  /** ARN, or `*` for actions without a resource. */
  readonly resource: string;
  /** How the denial names the resource where AWS does not print the ARN: IAM says `user NAME`. */
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
  const { principal } = call.credential;
  const held = call.account.iam.policiesOf(principal);
  const request: AccessRequest = {
    principal,
    action: permission.action,
    resource: permission.resource,
    resourceAccount: permission.key?.accountId ?? call.account.id,
    context: { ...conditionContext(call), ...permission.context },
  };
  const policies = { ...held, session: call.credential.sessionPolicies };
  if (permission.key) {
    const { policy, grants } = permission.key;
    return evaluateKms(request, { ...policies, resource: policy, grants });
  }
  return evaluate(request, { ...policies, resource: permission.resourcePolicy });
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
  const what = permission.resourceLabel ?? permission.resource;
  throw new PermissionDenied(
    `User: ${who} is not authorized to perform: ${permission.action} on resource: ${what} ` +
      denialReason(decision, permission.action),
    permission,
    decision,
  );
}
