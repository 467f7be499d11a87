import { PutKeyPolicy$, type PutKeyPolicyRequest } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { keepFormer } from '../../../timing/former.ts';
import { acceptKeyPolicy } from '../key-policy.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import { checkPolicyName } from '../policy-name.ts';
import type { RequiredMembers } from '../required-members.ts';

export const putKeyPolicy: Operation<RequiredMembers<PutKeyPolicyRequest, 'KeyId' | 'Policy'>, undefined> = {
  schema: PutKeyPolicy$,
  permissions(call, { KeyId, BypassPolicyLockoutSafetyCheck: bypass }) {
    const key = resolveKeyId(call, KeyId, 'kms:PutKeyPolicy');
    return [
      keyPermission(key, 'kms:PutKeyPolicy', {
        ...(bypass !== undefined && { 'kms:BypassPolicyLockoutSafetyCheck': String(bypass) }),
      }),
    ];
  },
  run(call, { KeyId, Policy, PolicyName, BypassPolicyLockoutSafetyCheck = false }) {
    checkPolicyName(PolicyName);
    const key = resolveKeyId(call, KeyId);
    const accepted = acceptKeyPolicy(call, key, Policy, BypassPolicyLockoutSafetyCheck);
    const { clock } = call;
    key.formerPolicies = keepFormer(key.formerPolicies, key.policy, clock, clock.timing.policiesMs);
    Object.assign(key, accepted);
    return undefined;
  },
};
