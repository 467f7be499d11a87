import { randomBytes } from 'node:crypto';
import {
  GenerateRandom$,
  type GenerateRandomRequest,
  type GenerateRandomResponse,
} from '@aws-sdk/client-kms';
import { permission } from '../../../authorisation/permission.ts';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';

export const generateRandom: Operation<GenerateRandomRequest, GenerateRandomResponse> = {
  schema: GenerateRandom$,
  permissions(_call, { NumberOfBytes }) {
    if (NumberOfBytes === undefined) {
      // Text: nsmithuk/local-kms#6.
      throw new AwsError('ValidationException', 'Please specify either number of bytes or key spec.');
    }
    return [permission('kms:GenerateRandom')];
  },
  run(_call, { NumberOfBytes = 0, CustomKeyStoreId }) {
    if (CustomKeyStoreId !== undefined) {
      // The sandbox has no custom key stores, so none is found. Inferred: text.
      throw new AwsError(
        'CustomKeyStoreNotFoundException',
        `Custom key store ${CustomKeyStoreId} is not found.`,
      );
    }
    return { Plaintext: randomBytes(NumberOfBytes) };
  },
};
