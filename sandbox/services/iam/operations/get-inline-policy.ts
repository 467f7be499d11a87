import {
  GetGroupPolicy$,
  type GetGroupPolicyRequest,
  type GetGroupPolicyResponse,
  GetRolePolicy$,
  type GetRolePolicyRequest,
  type GetRolePolicyResponse,
  GetUserPolicy$,
  type GetUserPolicyRequest,
  type GetUserPolicyResponse,
} from '@aws-sdk/client-iam';
import type { StaticOperationSchema } from '@smithy/types';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import type { PolicyHolder } from '../entities.ts';
import { findHolder, findInlinePolicy, type HolderName } from '../lookup.ts';
import { holderPermission } from '../permissions.ts';
import { encodePolicy } from '../policy-text.ts';

interface InlinePolicy {
  PolicyName: string;
  PolicyDocument: string;
}

export const getUserPolicy: Operation<
  Validated<GetUserPolicyRequest>,
  GetUserPolicyResponse
> = getInlinePolicy('user', GetUserPolicy$, (UserName, policy) => ({ UserName, ...policy }));
export const getGroupPolicy: Operation<
  Validated<GetGroupPolicyRequest>,
  GetGroupPolicyResponse
> = getInlinePolicy('group', GetGroupPolicy$, (GroupName, policy) => ({ GroupName, ...policy }));
export const getRolePolicy: Operation<
  Validated<GetRolePolicyRequest>,
  GetRolePolicyResponse
> = getInlinePolicy('role', GetRolePolicy$, (RoleName, policy) => ({ RoleName, ...policy }));

function getInlinePolicy<Input extends HolderName & { PolicyName: string }, Answer>(
  kind: PolicyHolder['kind'],
  schema: StaticOperationSchema,
  answer: (holderName: string, policy: InlinePolicy) => Answer,
): Operation<Input, Answer> {
  return {
    schema,
    permissions: (call, input) => [holderPermission(call, `iam:${schema[2]}`, kind, input)],
    run(call, input) {
      const holder = findHolder(call, kind, input);
      const policy = findInlinePolicy(holder, input.PolicyName);
      return answer(holder.name, { PolicyName: input.PolicyName, PolicyDocument: encodePolicy(policy) });
    },
  };
}
