import { GenerateMac$, type GenerateMacRequest, type GenerateMacResponse } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { macConditions } from '../condition-keys.ts';
import { endDryRun } from '../dry-run.ts';
import { keyPermission, resolveKey } from '../keys.ts';
import { recordUse } from '../last-usage.ts';
import { makeMac } from '../mac.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<GenerateMacRequest, 'KeyId' | 'Message' | 'MacAlgorithm'>;

export const generateMac: Operation<Input, GenerateMacResponse> = {
  schema: GenerateMac$,
  permissions: (call, { KeyId, MacAlgorithm }) => [
    keyPermission(
      resolveKey(call, KeyId, 'kms:GenerateMac'),
      'kms:GenerateMac',
      macConditions(KeyId, MacAlgorithm),
    ),
  ],
  run(call, { KeyId, Message, MacAlgorithm, DryRun }) {
    const key = resolveKey(call, KeyId);
    const mac = makeMac(key, 'GenerateMac', Message, MacAlgorithm);
    endDryRun(DryRun);
    recordUse(call, key, 'GenerateMac');
    return { KeyId: key.arn, Mac: mac, MacAlgorithm };
  },
};
