import {
  GetPolicyVersion$,
  type GetPolicyVersionRequest,
  type GetPolicyVersionResponse,
} from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeVersionInFull } from '../describe-policies.ts';
import { findPolicy } from '../lookup.ts';
import { policyPermission } from '../permissions.ts';
import { findVersion } from '../policy-versions.ts';

export const getPolicyVersion: Operation<Validated<GetPolicyVersionRequest>, GetPolicyVersionResponse> = {
  schema: GetPolicyVersion$,
  permissions: (call, { PolicyArn }) => [policyPermission(call, 'iam:GetPolicyVersion', PolicyArn)],
  run(call, { PolicyArn, VersionId }) {
    const policy = findPolicy(call, PolicyArn);
    return { PolicyVersion: describeVersionInFull(policy, findVersion(policy, VersionId)) };
  },
};
