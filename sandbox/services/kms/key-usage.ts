import type { KeyUsageType } from '@aws-sdk/client-kms';
import { AwsError } from '../../aws-error.ts';
import { allowsAlgorithm } from './key-specs.ts';
import type { KmsKey } from './kms-key.ts';

/**
 * Refuses a key that is not for this operation, and an algorithm that is not one of the key's. First text recorded by
 * LocalStack's test suite on AWS, the second as local-kms gives it.
 *
 * @param operation for the text of the refusal: `Encrypt`
 * @throws AwsError InvalidKeyUsageException
 */
export function checkUsage(key: KmsKey, operation: string, usage: KeyUsageType, algorithm: string): void {
  if (key.keyUsage !== usage) {
    throw new AwsError(
      'InvalidKeyUsageException',
      `${key.arn} key usage is ${key.keyUsage} which is not valid for ${operation}.`,
    );
  }
  if (!allowsAlgorithm(key.keySpec, usage, algorithm)) {
    throw new AwsError(
      'InvalidKeyUsageException',
      `Algorithm ${algorithm} is incompatible with key spec ${key.keySpec}.`,
    );
  }
}
