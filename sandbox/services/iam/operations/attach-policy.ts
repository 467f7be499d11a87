import {
  AttachGroupPolicy$,
  type AttachGroupPolicyRequest,
  AttachRolePolicy$,
  type AttachRolePolicyRequest,
  AttachUserPolicy$,
  type AttachUserPolicyRequest,
} from '@aws-sdk/client-iam';
import type { StaticOperationSchema } from '@smithy/types';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import type { PolicyHolder } from '../entities.ts';
import { findAttachablePolicy, findHolder, type HolderName } from '../lookup.ts';
import { attachmentPermission } from '../permissions.ts';
import { quotas } from '../quotas.ts';

export const attachUserPolicy: Operation<Validated<AttachUserPolicyRequest>, void> = attachPolicy(
  'user',
  AttachUserPolicy$,
);
export const attachGroupPolicy: Operation<Validated<AttachGroupPolicyRequest>, void> = attachPolicy(
  'group',
  AttachGroupPolicy$,
);
export const attachRolePolicy: Operation<Validated<AttachRolePolicyRequest>, void> = attachPolicy(
  'role',
  AttachRolePolicy$,
);

/** Attaching what is attached already changes nothing. */
function attachPolicy<Input extends HolderName & { PolicyArn: string }>(
  kind: PolicyHolder['kind'],
  schema: StaticOperationSchema,
): Operation<Input, void> {
  return {
    schema,
    permissions: (call, input) => [attachmentPermission(call, `iam:${schema[2]}`, kind, input)],
    run(call, input) {
      const holder = findHolder(call, kind, input);
      const { arn } = findAttachablePolicy(call, input.PolicyArn);
      if (holder.attachedPolicies.has(arn)) return;
      quotas.attachedPolicies(holder);
      holder.attachedPolicies.add(arn);
    },
  };
}
