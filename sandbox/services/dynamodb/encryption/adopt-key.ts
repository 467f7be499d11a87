/** Takes a key of KMS into use for a table. */
import { authorise } from '../../../authorisation/authorise.ts';
import { AwsError } from '../../../aws-error.ts';
import type { Call } from '../../../call.ts';
import { recordForwardedCall, recordRefusal } from '../../cloudtrail/record-forwarded-call.ts';
import { requestAlias } from '../../kms/condition-keys.ts';
import { createServiceGrant, keyPermission, resolveKey, usableKey } from '../../kms/keys.ts';
import type { KmsKey } from '../../kms/kms-key.ts';
import { encryptionContext, servicePrincipal, tableKeyContext, viaDynamoDb } from './key-context.ts';
import { createGrantCall, describeKeyCall } from './kms-calls.ts';
import { askKms } from './kms-error.ts';
import type { TableKey } from './table-encryption.ts';

/** A key that a table may be put under. */
export interface AdoptedKey {
  readonly key: KmsKey;
  readonly tableKey: TableKey;
}

/** What DynamoDB may do with the key by its grant; page "DynamoDB encryption at rest: Usage notes". */
const grantOperations = [
  'DescribeKey',
  'GenerateDataKey',
  'Decrypt',
  'Encrypt',
  'ReEncryptFrom',
  'ReEncryptTo',
  'RetireGrant',
] as const;

/** Beside DescribeKey and CreateGrant, what the same page requires of the principal that selects a key. */
const cryptographicActions = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
  'kms:GenerateDataKey',
];

/**
 * Checks that the caller may put the table under the key, and makes DynamoDB's grant on it.
 *
 * An alias is resolved here, once: pointing it elsewhere later does not move the table. The order of the checks is
 * inferred from the refusals that were observed on AWS: another account's key is refused for DescribeKey, the key
 * of another service for CreateGrant.
 *
 * @param keyIdentifier what the request named; undefined for the key that AWS manages for DynamoDB
 * @throws AwsError as {@link askKms}; the table is unchanged then
 */
export function adoptKey(call: Call, tableName: string, keyIdentifier: string | undefined): AdoptedKey {
  return askKms(() => {
    const key =
      keyIdentifier === undefined
        ? call.account.kms(call.region).awsManagedKey('dynamodb')
        : resolveKey(call, keyIdentifier);
    const describe = describeKeyCall(key);
    recordRefusal(call, describe, () => {
      const context = { ...viaDynamoDb(call), ...requestAlias(keyIdentifier) };
      authorise(call, keyPermission(key, 'kms:DescribeKey', context));
    });
    recordForwardedCall(call, describe);
    const createGrant = createGrantCall(call, tableName, key, grantOperations);
    recordRefusal(call, createGrant, () => {
      authoriseGrant(call, key, tableName);
      usableKey(key);
      requireSymmetric(key);
    });
    for (const action of cryptographicActions) {
      authorise(call, keyPermission(key, action, tableKeyContext(call, tableName)));
    }
    const grant = createServiceGrant(
      key,
      {
        granteePrincipal: servicePrincipal(call),
        retiringPrincipal: servicePrincipal(call),
        operations: grantOperations,
        constraints: { encryptionContextSubset: encryptionContext(call, tableName) },
        issuingAccount: `arn:aws:iam::${call.account.id}:root`,
      },
      call.clock,
    );
    recordForwardedCall(call, createGrant, { grantId: grant.grantId, keyId: key.arn });
    return { key, tableKey: { arn: key.arn, grantId: grant.grantId } };
  });
}

function requireSymmetric(key: KmsKey): void {
  if (key.keySpec === 'SYMMETRIC_DEFAULT') return;
  throw new AwsError(
    'ValidationException',
    'EncryptionContext is supported only when creating a grant for a symmetric encryption KMS key.',
  );
}

function authoriseGrant(call: Call, key: KmsKey, tableName: string): void {
  authorise(
    call,
    keyPermission(key, 'kms:CreateGrant', {
      ...tableKeyContext(call, tableName),
      'kms:GrantIsForAWSResource': 'true',
      'kms:GrantOperations': grantOperations,
      'kms:GrantConstraintType': 'EncryptionContextSubset',
      'kms:GranteePrincipal': servicePrincipal(call),
      'kms:RetiringPrincipal': servicePrincipal(call),
    }),
  );
}
