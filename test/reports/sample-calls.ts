/** AWS calls as they stand behind the findings of the sample result. */
import type { Evidence } from '../../runner/result.ts';

export const accountId = '111122223333';
export const ownerArn = `arn:aws:iam::${accountId}:user/lab-admin`;
export const userArn = `arn:aws:iam::${accountId}:user/nextwork-kms-user`;
export const keyId = '0c2a1f7e-5b1d-4a63-9d1e-7f0f6b3c2d11';
export const keyArn = `arn:aws:kms:eu-west-1:${accountId}:key/${keyId}`;
export const tableName = 'nextwork-kms-table';

const requestId = (number: number) => `7b1f0c52-8e1d-4c0a-9a55-${String(number).padStart(12, '0')}`;

/** A call at `10:<minute>:<second>` of the sample's day. */
export function sampleCall(
  call: string,
  clock: string,
  rest: Partial<Evidence> & Pick<Evidence, 'input'>,
): Evidence {
  return {
    call,
    principal: ownerArn,
    requestId: requestId(Number(clock.replace(/\D/g, ''))),
    at: `2026-11-22T10:${clock}.120Z`,
    durationMs: 42,
    ...rest,
  };
}

export const describeKey = sampleCall('kms:DescribeKey', '02:05', {
  input: { KeyId: 'alias/nextwork-kms-key' },
  output: {
    KeyMetadata: {
      AWSAccountId: accountId,
      Arn: keyArn,
      CreationDate: '2026-11-22T09:31:12.000Z',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      Description: 'Protects the lab table',
      Enabled: true,
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      KeyId: keyId,
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: false,
      Origin: 'AWS_KMS',
    },
  },
});

const tableWith = (encryption: Record<string, string>) => ({
  Table: {
    TableName: tableName,
    TableStatus: 'ACTIVE',
    TableArn: `arn:aws:dynamodb:eu-west-1:${accountId}:table/${tableName}`,
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    SSEDescription: encryption,
  },
});

/** The table while DynamoDB changes its key, and when it is done. */
export const describeTable = [
  sampleCall('dynamodb:DescribeTable', '02:11', {
    input: { TableName: tableName },
    output: tableWith({ Status: 'UPDATING' }),
  }),
  sampleCall('dynamodb:DescribeTable', '02:34', {
    input: { TableName: tableName },
    output: tableWith({ Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: keyArn }),
  }),
];

const items: Record<string, Record<string, string | string[] | boolean>>[] = [
  { id: { S: '1' }, note: { S: 'Now you see me' }, price: { N: '12.50' } },
  { id: { S: '2' }, tags: { SS: ['plain', 'text'] }, done: { BOOL: true } },
];

export const ownerScan = sampleCall('dynamodb:Scan', '03:01', {
  input: { TableName: tableName },
  output: { Items: items, Count: 2, ScannedCount: 2 },
});

export const userDescribesTable = sampleCall('dynamodb:DescribeTable', '04:10', {
  principal: userArn,
  input: { TableName: tableName },
  output: tableWith({ Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: keyArn }),
});

export const deniedScan = sampleCall('dynamodb:Scan', '04:12', {
  principal: userArn,
  input: { TableName: tableName },
  error: {
    code: 'AccessDeniedException',
    status: 400,
    message: `KMS key access denied error: com.amazonaws.services.kms.model.AWSKMSException: User: ${userArn} is not authorized to perform: kms:Decrypt on resource: ${keyArn} because no identity-based policy allows the kms:Decrypt action (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: 5f3a9b7c-6f1d-4d0e-8f55-9f6f1f0f2a10; Proxy: null)`,
  },
});

export const allowedScan = sampleCall('dynamodb:Scan', '19:40', {
  principal: userArn,
  input: { TableName: tableName },
  output: { Items: items, Count: 2, ScannedCount: 2 },
});

interface PolicyShape {
  readonly users: string | readonly string[];
  /** The console moves `Id` and `Version` around when it saves. */
  readonly idFirst: boolean;
}

/** A key policy like the one that the KMS console writes. */
export function keyPolicy({ users, idFirst }: PolicyShape): string {
  const head = idFirst
    ? { Id: 'key-consolepolicy-3', Version: '2012-10-17' }
    : { Version: '2012-10-17', Id: 'key-consolepolicy-3' };
  const statement = [
    {
      Sid: 'Enable IAM User Permissions',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
    {
      Sid: 'Allow use of the key',
      Effect: 'Allow',
      Principal: { AWS: users },
      Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
      Resource: '*',
    },
    {
      Sid: 'Allow attachment of persistent resources',
      Effect: 'Allow',
      Principal: { AWS: users },
      Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      Resource: '*',
      Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ];
  return JSON.stringify({ ...head, Statement: statement });
}

export const policyBefore = sampleCall('kms:GetKeyPolicy', '04:02', {
  input: { KeyId: keyId, PolicyName: 'default' },
  output: { Policy: keyPolicy({ users: ownerArn, idFirst: true }), PolicyName: 'default' },
});

export const policyAfter = sampleCall('kms:GetKeyPolicy', '19:31', {
  input: { KeyId: keyId, PolicyName: 'default' },
  output: { Policy: keyPolicy({ users: [userArn, ownerArn], idFirst: false }), PolicyName: 'default' },
});
