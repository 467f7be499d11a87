import { TagPolicy$, type TagPolicyRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { policyPermission } from '../permissions.ts';
import { findCustomerPolicy } from '../policy-versions.ts';
import { setTags, tagConditions } from '../tags.ts';

export const tagPolicy: Operation<Validated<TagPolicyRequest>, void> = {
  schema: TagPolicy$,
  permissions: (call, { PolicyArn, Tags }) => [
    policyPermission(call, 'iam:TagPolicy', PolicyArn, tagConditions(Tags)),
  ],
  run: (call, { PolicyArn, Tags }) =>
    setTags(findCustomerPolicy(call, PolicyArn, 'iam:TagPolicy').tags, Tags),
};
