import { AwsError } from '../../aws-error.ts';
import type { KmsKey } from './kms-key.ts';

/**
 * Only symmetric keys whose material KMS made rotate by themselves. Page "Key states of AWS KMS keys", [6]; the
 * empty text recorded for RotateKeyOnDemand by LocalStack's test suite on AWS. Inferred: the same text here.
 *
 * @throws AwsError UnsupportedOperationException
 */
export function rotatableKey(key: KmsKey): void {
  if (key.keySpec !== 'SYMMETRIC_DEFAULT') throw new AwsError('UnsupportedOperationException', '');
  if (key.origin !== 'AWS_KMS') {
    throw new AwsError(
      'UnsupportedOperationException',
      `${key.arn} origin is ${key.origin} which is not valid for this operation.`,
    );
  }
}
