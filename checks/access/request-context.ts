/** The condition keys of a request by an IAM user, as far as a reader of policies can know them. */
import type { ConditionContext } from '../../policy/request.ts';
import type { Account } from '../account.ts';
import type { UserPolicies } from '../iam/user-policies.ts';

/** Keys that every request of the user carries: "AWS global condition context keys", IAM user guide. */
export function userContext({ userArn, userId }: UserPolicies, account: Account<never>): ConditionContext {
  const now = new Date();
  return {
    'aws:PrincipalArn': userArn,
    'aws:PrincipalAccount': account.id,
    'aws:PrincipalType': 'User',
    'aws:PrincipalIsAWSService': 'false',
    'aws:userid': userId,
    'aws:username': userArn.slice(userArn.lastIndexOf('/') + 1),
    'aws:RequestedRegion': account.region,
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
    'aws:SecureTransport': 'true',
  };
}

/**
 * What DynamoDB adds when it asks KMS on the user's behalf. "How DynamoDB uses AWS KMS" names the encryption
 * context; kms:ViaService and kms:CallerAccount are described under "Condition keys for AWS KMS".
 */
export function throughDynamoDb(table: string, account: Account<never>): ConditionContext {
  return {
    'aws:ViaAWSService': 'true',
    'aws:CalledVia': ['dynamodb.amazonaws.com'],
    'aws:CalledViaFirst': 'dynamodb.amazonaws.com',
    'aws:CalledViaLast': 'dynamodb.amazonaws.com',
    'kms:ViaService': `dynamodb.${account.region}.amazonaws.com`,
    'kms:CallerAccount': account.id,
    'kms:EncryptionContext:aws:dynamodb:tableName': table,
    'kms:EncryptionContext:aws:dynamodb:subscriberId': account.id,
    'kms:EncryptionContextKeys': ['aws:dynamodb:tableName', 'aws:dynamodb:subscriberId'],
  };
}
