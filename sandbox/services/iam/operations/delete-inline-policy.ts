import {
  DeleteGroupPolicy$,
  type DeleteGroupPolicyRequest,
  DeleteRolePolicy$,
  type DeleteRolePolicyRequest,
  DeleteUserPolicy$,
  type DeleteUserPolicyRequest,
} from '@aws-sdk/client-iam';
import type { StaticOperationSchema } from '@smithy/types';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import type { PolicyHolder } from '../entities.ts';
import { findHolder, findInlinePolicy, type HolderName } from '../lookup.ts';
import { holderPermission } from '../permissions.ts';

export const deleteUserPolicy: Operation<Validated<DeleteUserPolicyRequest>, void> = deleteInlinePolicy(
  'user',
  DeleteUserPolicy$,
);
export const deleteGroupPolicy: Operation<Validated<DeleteGroupPolicyRequest>, void> = deleteInlinePolicy(
  'group',
  DeleteGroupPolicy$,
);
export const deleteRolePolicy: Operation<Validated<DeleteRolePolicyRequest>, void> = deleteInlinePolicy(
  'role',
  DeleteRolePolicy$,
);

function deleteInlinePolicy<Input extends HolderName & { PolicyName: string }>(
  kind: PolicyHolder['kind'],
  schema: StaticOperationSchema,
): Operation<Input, void> {
  return {
    schema,
    permissions: (call, input) => [holderPermission(call, `iam:${schema[2]}`, kind, input)],
    run(call, input) {
      const holder = findHolder(call, kind, input);
      findInlinePolicy(holder, input.PolicyName);
      holder.inlinePolicies.delete(input.PolicyName);
    },
  };
}
