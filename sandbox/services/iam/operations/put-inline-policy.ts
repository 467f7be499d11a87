import {
  PutGroupPolicy$,
  type PutGroupPolicyRequest,
  PutRolePolicy$,
  type PutRolePolicyRequest,
  PutUserPolicy$,
  type PutUserPolicyRequest,
} from '@aws-sdk/client-iam';
import type { StaticOperationSchema } from '@smithy/types';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import type { PolicyHolder } from '../entities.ts';
import { findHolder, type HolderName } from '../lookup.ts';
import { holderPermission } from '../permissions.ts';
import { identityPolicy } from '../policy-text.ts';
import { quotas } from '../quotas.ts';

export const putUserPolicy: Operation<Validated<PutUserPolicyRequest>, void> = putInlinePolicy(
  'user',
  PutUserPolicy$,
);
export const putGroupPolicy: Operation<Validated<PutGroupPolicyRequest>, void> = putInlinePolicy(
  'group',
  PutGroupPolicy$,
);
export const putRolePolicy: Operation<Validated<PutRolePolicyRequest>, void> = putInlinePolicy(
  'role',
  PutRolePolicy$,
);

/** Writes a policy that lives in its user, group or role, over one of the same name. */
function putInlinePolicy<Input extends HolderName & { PolicyName: string; PolicyDocument: string }>(
  kind: PolicyHolder['kind'],
  schema: StaticOperationSchema,
): Operation<Input, void> {
  return {
    schema,
    permissions: (call, input) => [holderPermission(call, `iam:${schema[2]}`, kind, input)],
    run(call, input) {
      const holder = findHolder(call, kind, input);
      const policy = identityPolicy(input.PolicyDocument);
      quotas.inlineSize(holder, input.PolicyName, policy);
      holder.inlinePolicies.set(input.PolicyName, policy);
    },
  };
}
