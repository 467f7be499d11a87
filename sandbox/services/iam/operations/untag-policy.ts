import { UntagPolicy$, type UntagPolicyRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { policyPermission } from '../permissions.ts';
import { findCustomerPolicy } from '../policy-versions.ts';
import { removeTags } from '../tags.ts';

export const untagPolicy: Operation<Validated<UntagPolicyRequest>, void> = {
  schema: UntagPolicy$,
  permissions: (call, { PolicyArn, TagKeys }) => [
    policyPermission(call, 'iam:UntagPolicy', PolicyArn, { 'aws:TagKeys': TagKeys }),
  ],
  run: (call, { PolicyArn, TagKeys }) =>
    removeTags(findCustomerPolicy(call, PolicyArn, 'iam:UntagPolicy').tags, TagKeys),
};
