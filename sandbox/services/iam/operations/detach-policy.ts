import {
  DetachGroupPolicy$,
  type DetachGroupPolicyRequest,
  DetachRolePolicy$,
  type DetachRolePolicyRequest,
  DetachUserPolicy$,
  type DetachUserPolicyRequest,
} from '@aws-sdk/client-iam';
import type { StaticOperationSchema } from '@smithy/types';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import type { PolicyHolder } from '../entities.ts';
import { noSuchEntity } from '../errors.ts';
import { checkPolicyArn, findHolder, type HolderName } from '../lookup.ts';
import { attachmentPermission } from '../permissions.ts';

export const detachUserPolicy: Operation<Validated<DetachUserPolicyRequest>, void> = detachPolicy(
  'user',
  DetachUserPolicy$,
);
export const detachGroupPolicy: Operation<Validated<DetachGroupPolicyRequest>, void> = detachPolicy(
  'group',
  DetachGroupPolicy$,
);
export const detachRolePolicy: Operation<Validated<DetachRolePolicyRequest>, void> = detachPolicy(
  'role',
  DetachRolePolicy$,
);

function detachPolicy<Input extends HolderName & { PolicyArn: string }>(
  kind: PolicyHolder['kind'],
  schema: StaticOperationSchema,
): Operation<Input, void> {
  return {
    schema,
    permissions: (call, input) => [attachmentPermission(call, `iam:${schema[2]}`, kind, input)],
    run(call, input) {
      const holder = findHolder(call, kind, input);
      checkPolicyArn(input.PolicyArn);
      if (!holder.attachedPolicies.delete(input.PolicyArn)) {
        throw noSuchEntity(`Policy ${input.PolicyArn} was not found.`);
      }
    },
  };
}
