import {
  DeriveSharedSecret$,
  type DeriveSharedSecretRequest,
  type DeriveSharedSecretResponse,
} from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { keyAgreementConditions } from '../condition-keys.ts';
import { endDryRun } from '../dry-run.ts';
import { deriveSecret } from '../key-agreement.ts';
import { keyPermission, resolveKey } from '../keys.ts';
import { recordUse } from '../last-usage.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<DeriveSharedSecretRequest, 'KeyId' | 'KeyAgreementAlgorithm' | 'PublicKey'>;

export const deriveSharedSecret: Operation<Input, DeriveSharedSecretResponse> = {
  schema: DeriveSharedSecret$,
  permissions: (call, { KeyId, KeyAgreementAlgorithm }) => [
    keyPermission(
      resolveKey(call, KeyId, 'kms:DeriveSharedSecret'),
      'kms:DeriveSharedSecret',
      keyAgreementConditions(KeyId, KeyAgreementAlgorithm),
    ),
  ],
  run(call, { KeyId, KeyAgreementAlgorithm, PublicKey, DryRun }) {
    const key = resolveKey(call, KeyId);
    const secret = deriveSecret(key, KeyAgreementAlgorithm, PublicKey);
    endDryRun(DryRun);
    recordUse(call, key, 'DeriveSharedSecret');
    return { KeyId: key.arn, SharedSecret: secret, KeyAgreementAlgorithm, KeyOrigin: key.origin };
  },
};
