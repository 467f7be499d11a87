/** What RotateKeyOnDemand demands of a key whose material can rotate. */
import { AwsError } from '../../aws-error.ts';
import type { KmsKey } from './kms-key.ts';

/** Description of RotateKeyOnDemand in the SDK's model. */
const maxRotations = 25;

/** "scheduled to begin within the next 20 minutes": ConflictException of RotateKeyOnDemand in the SDK's model. */
const automaticRotationLeadMs = 20 * 60 * 1000;

/**
 * @throws AwsError LimitExceededException, text recorded by LocalStack's test suite on AWS; ConflictException before
 *   an automatic rotation. Inferred: that a rotation on demand that has not ended is a conflict, too
 */
export function checkOnDemandRotation(key: KmsKey, now: Date): void {
  const before = key.materials.filter((material) => material.rotation?.type === 'ON_DEMAND').length;
  if (key.onDemandRotation !== undefined) {
    throw new AwsError('ConflictException', `An on-demand rotation of ${key.arn} is currently in progress.`);
  }
  if (before >= maxRotations) {
    throw new AwsError(
      'LimitExceededException',
      'The on-demand rotations limit has been reached for the given keyId. ' +
        `No more on-demand rotations can be performed for this key: ${key.arn}`,
    );
  }
  if (key.rotation && key.rotation.nextDate.getTime() - now.getTime() <= automaticRotationLeadMs) {
    throw new AwsError(
      'ConflictException',
      'The request was rejected because an automatic rotation of this key is currently in progress or scheduled to ' +
        'begin within the next 20 minutes.',
    );
  }
}
