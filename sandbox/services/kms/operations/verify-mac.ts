import { VerifyMac$, type VerifyMacRequest, type VerifyMacResponse } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { macConditions } from '../condition-keys.ts';
import { endDryRun } from '../dry-run.ts';
import { keyPermission, resolveKey } from '../keys.ts';
import { recordUse } from '../last-usage.ts';
import { verifyMac as verifyMacWith } from '../mac.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<VerifyMacRequest, 'KeyId' | 'Message' | 'Mac' | 'MacAlgorithm'>;

export const verifyMac: Operation<Input, VerifyMacResponse> = {
  schema: VerifyMac$,
  permissions: (call, { KeyId, MacAlgorithm }) => [
    keyPermission(
      resolveKey(call, KeyId, 'kms:VerifyMac'),
      'kms:VerifyMac',
      macConditions(KeyId, MacAlgorithm),
    ),
  ],
  run(call, { KeyId, Message, MacAlgorithm, Mac, DryRun }) {
    const key = resolveKey(call, KeyId);
    verifyMacWith(key, Message, MacAlgorithm, Mac);
    endDryRun(DryRun);
    recordUse(call, key, 'VerifyMac');
    return { KeyId: key.arn, MacValid: true, MacAlgorithm };
  },
};
