/** What policies see when DynamoDB calls KMS for a caller. */
import type { ConditionContext } from '../../../../policy/request.ts';
import type { Call } from '../../../call.ts';
import { cryptographicConditions } from '../../kms/condition-keys.ts';

/** The principal that DynamoDB's grants are made to. */
export function servicePrincipal(call: Call): string {
  return `dynamodb.${call.region}.amazonaws.com`;
}

/** The encryption context of a request on a table of the caller's account. */
export function encryptionContext(call: Call, tableName: string): Record<string, string> {
  return tableContext(call.account.id, tableName);
}

/** Goes with every use of a table's key; page "DynamoDB encryption at rest: Usage notes". */
export function tableContext(accountId: string, tableName: string): Record<string, string> {
  return { 'aws:dynamodb:tableName': tableName, 'aws:dynamodb:subscriberId': accountId };
}

/**
 * Condition keys of a call that DynamoDB makes with the caller's identity: a forward access session (pages
 * "Forward access sessions" and "AWS global condition context keys" of the IAM user guide). `aws:SourceIp` stays
 * the caller's: which address AWS puts there is not documented.
 */
export function viaDynamoDb(call: Call): ConditionContext {
  const service = 'dynamodb.amazonaws.com';
  return {
    'kms:ViaService': servicePrincipal(call),
    'kms:CallerAccount': call.credential.accountId,
    'aws:ViaAWSService': 'true',
    'aws:CalledVia': [service],
    'aws:CalledViaFirst': service,
    'aws:CalledViaLast': service,
  };
}

/** Condition keys of a cryptographic operation with a table's key. */
export function tableKeyContext(call: Call, tableName: string): ConditionContext {
  return {
    ...viaDynamoDb(call),
    ...cryptographicConditions(undefined, encryptionContext(call, tableName)),
  };
}
