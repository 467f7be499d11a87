/** The keys that AWS makes in an account for its services. */
import { randomUUID } from 'node:crypto';
import { keyArn } from './key-identifiers.ts';
import { createSymmetricMaterial } from './key-material.ts';
import { keyPolicy } from './key-policy.ts';
import { startRotation } from './key-rotation.ts';
import type { KmsKey } from './kms-key.ts';
import { writePolicyText } from './policy-text.ts';

interface ServiceKey {
  readonly description: string;
  readonly policy: (accountId: string, region: string) => object;
}

/** Services of the sandbox that encrypt with a key of their own. */
export type AwsManagedService = 'dynamodb';

const serviceKeys: Readonly<Record<AwsManagedService, ServiceKey>> = {
  dynamodb: {
    description: 'Default key that protects my DynamoDB data when no other key is defined',
    policy: dynamoDbPolicy,
  },
};

export function isAwsManagedService(name: string): name is AwsManagedService {
  return Object.hasOwn(serviceKeys, name);
}

export function createAwsManagedKey(
  service: AwsManagedService,
  accountId: string,
  region: string,
  now: Date,
): KmsKey {
  const { description, policy } = serviceKeys[service];
  const keyId = randomUUID();
  const key: KmsKey = {
    arn: keyArn(region, accountId, keyId),
    keyId,
    accountId,
    region,
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    keyManager: 'AWS',
    origin: 'AWS_KMS',
    multiRegion: false,
    creationDate: now,
    description,
    state: 'Enabled',
    ...keyPolicy(writePolicyText(policy(accountId, region))),
    grants: [],
    aliases: [{ name: `alias/aws/${service}`, creationDate: now, lastUpdatedDate: now }],
    tags: [],
    materials: [createSymmetricMaterial()],
  };
  // AWS rotates the keys it manages every year (description of GetKeyRotationStatus, KMS API reference).
  startRotation(key, 365, now);
  return key;
}

/** The policy of `aws/dynamodb`, from the page "DynamoDB encryption at rest: Usage notes". */
function dynamoDbPolicy(accountId: string, region: string): object {
  return {
    Version: '2012-10-17',
    Id: 'auto-dynamodb-1',
    Statement: [
      {
        Sid: 'Allow access through Amazon DynamoDB for all principals in the account that are authorized to use Amazon DynamoDB',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'kms:Encrypt',
          'kms:Decrypt',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:CreateGrant',
          'kms:DescribeKey',
        ],
        Resource: '*',
        Condition: {
          StringEquals: {
            'kms:CallerAccount': accountId,
            'kms:ViaService': `dynamodb.${region}.amazonaws.com`,
          },
        },
      },
      {
        Sid: 'Allow direct access to key metadata to the account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
        Resource: '*',
      },
      {
        Sid: 'Allow DynamoDB Service with service principal name dynamodb.amazonaws.com to describe the key directly',
        Effect: 'Allow',
        Principal: { Service: 'dynamodb.amazonaws.com' },
        Action: ['kms:Describe*', 'kms:Get*', 'kms:List*'],
        Resource: '*',
      },
    ],
  };
}
