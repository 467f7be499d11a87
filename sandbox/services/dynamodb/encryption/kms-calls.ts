/**
 * The calls that DynamoDB makes to KMS as the event history shows them, most with the caller's identity; page
 * "DynamoDB encryption at rest: Usage notes".
 */
import type { Call } from '../../../call.ts';
import type { ForwardedCall } from '../../cloudtrail/record-forwarded-call.ts';
import type { KmsKey } from '../../kms/kms-key.ts';
import { encryptionContext, servicePrincipal } from './key-context.ts';

const invokedBy = 'dynamodb.amazonaws.com';

/** Of the table's data key. */
export function decryptCall(call: Call, tableName: string, keyArn: string): ForwardedCall {
  return {
    invokedBy,
    operation: 'Decrypt',
    keyArn,
    requestParameters: { encryptionContext: encryptionContext(call, tableName) },
  };
}

/** Inferred: the parameters; the page names the call and shows no record of it. */
export function describeKeyCall(key: KmsKey): ForwardedCall {
  return { invokedBy, operation: 'DescribeKey', keyArn: key.arn, requestParameters: { keyId: key.keyId } };
}

/** Of the key that is to seal a new table's items. DynamoDB makes it for itself, by its grant. */
export function generateDataKeyCall(call: Call, tableName: string, key: KmsKey): ForwardedCall {
  return {
    invokedBy,
    operation: 'GenerateDataKey',
    keyArn: key.arn,
    requestParameters: {
      encryptionContext: encryptionContext(call, tableName),
      keySpec: 'AES_256',
      keyId: key.keyId,
    },
    asService: true,
  };
}

/** Of DynamoDB's grant on the key for one table. */
export function createGrantCall(
  call: Call,
  tableName: string,
  key: KmsKey,
  operations: readonly string[],
): ForwardedCall {
  return {
    invokedBy,
    operation: 'CreateGrant',
    keyArn: key.arn,
    requestParameters: {
      keyId: key.keyId,
      granteePrincipal: servicePrincipal(call),
      retiringPrincipal: servicePrincipal(call),
      operations,
      constraints: { encryptionContextSubset: encryptionContext(call, tableName) },
    },
  };
}
