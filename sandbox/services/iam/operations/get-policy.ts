import { GetPolicy$, type GetPolicyRequest, type GetPolicyResponse } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describePolicyInFull } from '../describe-policies.ts';
import { findPolicy } from '../lookup.ts';
import { policyPermission } from '../permissions.ts';

export const getPolicy: Operation<Validated<GetPolicyRequest>, GetPolicyResponse> = {
  schema: GetPolicy$,
  permissions: (call, { PolicyArn }) => [policyPermission(call, 'iam:GetPolicy', PolicyArn)],
  run: (call, { PolicyArn }) => ({
    Policy: describePolicyInFull(call.account.iam, findPolicy(call, PolicyArn)),
  }),
};
