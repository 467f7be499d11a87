import { GetKeyPolicy$, type GetKeyPolicyRequest, type GetKeyPolicyResponse } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import { checkPolicyName, policyName } from '../policy-name.ts';
import type { RequiredMembers } from '../required-members.ts';

export const getKeyPolicy: Operation<RequiredMembers<GetKeyPolicyRequest, 'KeyId'>, GetKeyPolicyResponse> = {
  schema: GetKeyPolicy$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:GetKeyPolicy'), 'kms:GetKeyPolicy'),
  ],
  run(call, { KeyId, PolicyName }) {
    checkPolicyName(PolicyName);
    return { Policy: resolveKeyId(call, KeyId).policyText, PolicyName: policyName };
  },
};
