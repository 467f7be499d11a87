import { UpdateAssumeRolePolicy$, type UpdateAssumeRolePolicyRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findRole } from '../lookup.ts';
import { rolePermission } from '../permissions.ts';
import { trustPolicy } from '../policy-text.ts';
import { quotas } from '../quotas.ts';

export const updateAssumeRolePolicy: Operation<Validated<UpdateAssumeRolePolicyRequest>, void> = {
  schema: UpdateAssumeRolePolicy$,
  permissions: (call, { RoleName }) => [rolePermission(call, 'iam:UpdateAssumeRolePolicy', RoleName)],
  run(call, { RoleName, PolicyDocument }) {
    const role = findRole(call, RoleName);
    const trust = trustPolicy(PolicyDocument, call.account);
    quotas.trustPolicySize(trust);
    role.trustPolicy = trust;
  },
};
