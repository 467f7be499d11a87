/** The condition keys of a request, as far as a reader of policies can know them. */
import type { AccessRequest, ConditionContext, Principal } from '../../policy/request.ts';
import type { Account } from '../account.ts';

/** What is known of a request's condition keys: values, and keys that it surely lacks. */
export type KnownContext = Required<Pick<AccessRequest, 'context' | 'lacks'>>;

/** All of it; what a later part says counts. */
export function together(...parts: readonly KnownContext[]): KnownContext {
  return parts.reduce((known, { context, lacks }) => {
    const kept = Object.entries(known.context).filter(([key]) => !lacks.includes(key));
    return { context: { ...Object.fromEntries(kept), ...context }, lacks: [...known.lacks, ...lacks] };
  });
}

const principalTypes = {
  root: 'Account',
  user: 'User',
  'role-session': 'AssumedRole',
  'federated-user': 'FederatedUser',
} as const;

/** Keys of services that act for themselves and of identity providers; no request of an IAM principal has the former. */
const ofServices = [
  'aws:PrincipalServiceName',
  'aws:PrincipalServiceNamesList',
  'aws:SourceArn',
  'aws:SourceAccount',
  'aws:SourceOrgID',
  'aws:SourceOrgPaths',
];

/**
 * Keys that follow from who asks and when: "AWS global condition context keys", IAM user guide. Where the request
 * comes from, and how the caller signed in, is not among them.
 *
 * @param tags of a user; those of a role's session are not known, since a session may bring its own
 */
export function callerContext(
  principal: Exclude<Principal, { kind: 'service' }>,
  account: Account<never>,
  tags?: Readonly<Record<string, string>>,
): KnownContext {
  const now = account.now();
  const isSession = principal.kind === 'role-session';
  const context: ConditionContext = {
    // For a session IAM puts the role's ARN here, not the session's.
    'aws:PrincipalArn': isSession ? principal.roleArn : principal.arn,
    'aws:PrincipalAccount': principal.accountId,
    'aws:PrincipalType': principalTypes[principal.kind],
    'aws:PrincipalIsAWSService': 'false',
    'aws:RequestedRegion': account.region,
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
    'aws:SecureTransport': 'true',
    ...(principal.kind === 'root' && { 'aws:userid': principal.accountId }),
    ...(principal.kind !== 'root' && isNamed(principal) && { 'aws:userid': principal.userId }),
    ...(principal.kind === 'user' && { 'aws:username': lastPart(principal.arn) }),
    ...Object.fromEntries(
      Object.entries(tags ?? {}).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]),
    ),
  };
  return {
    context,
    lacks: [
      ...ofServices,
      ...(principal.kind === 'user' ? [] : ['aws:username']),
      ...(isSession ? [] : ['aws:PrincipalTag/*', 'aws:FederatedProvider']),
    ],
  };
}

/** The name of a session that stands for any session of its role; no real session can have it. */
export const anySession = '*';

function isNamed({ userId }: { userId: string }): boolean {
  return !userId.endsWith(`:${anySession}`);
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** What a call has that the caller makes itself. A call to KMS may still name any encryption context. */
export const direct: KnownContext = {
  context: { 'aws:ViaAWSService': 'false' },
  lacks: ['aws:CalledVia', 'aws:CalledViaFirst', 'aws:CalledViaLast', 'kms:ViaService'],
};

/** What every request on a key of the own account has: "Condition keys for AWS KMS", KMS developer guide. */
export function onKey(account: Account<never>): KnownContext {
  return { context: { 'kms:CallerAccount': account.id }, lacks: [] };
}

/** A call to KMS that the caller makes itself, naming the key by its ARN, with exactly this encryption context. */
export function directWith(encryptionContext: Readonly<Record<string, string>>): KnownContext {
  const pairs = Object.entries(encryptionContext);
  return together(direct, {
    context: {
      ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
      ...(pairs.length > 0 && { 'kms:EncryptionContextKeys': pairs.map(([name]) => name) }),
      'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
    },
    lacks: [
      'kms:EncryptionContext:*',
      'kms:RequestAlias',
      ...(pairs.length > 0 ? [] : ['kms:EncryptionContextKeys']),
    ],
  });
}

/**
 * What DynamoDB adds when it asks KMS on the caller's behalf. "How DynamoDB uses AWS KMS" names the encryption
 * context; kms:ViaService is described under "Condition keys for AWS KMS".
 */
export function throughDynamoDb(table: string, account: Account<never>): KnownContext {
  return {
    context: {
      'aws:ViaAWSService': 'true',
      'aws:CalledVia': ['dynamodb.amazonaws.com'],
      'aws:CalledViaFirst': 'dynamodb.amazonaws.com',
      'aws:CalledViaLast': 'dynamodb.amazonaws.com',
      'kms:ViaService': `dynamodb.${account.region}.amazonaws.com`,
      'kms:EncryptionContext:aws:dynamodb:tableName': table,
      'kms:EncryptionContext:aws:dynamodb:subscriberId': account.id,
      'kms:EncryptionContextKeys': ['aws:dynamodb:tableName', 'aws:dynamodb:subscriberId'],
    },
    lacks: ['kms:EncryptionContext:*'],
  };
}
