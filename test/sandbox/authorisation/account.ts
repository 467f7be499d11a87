/** An account in which the names that operations ask for exist. */
import { CreateTableCommand, DynamoDB } from '@aws-sdk/client-dynamodb';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import type { Call } from '../../../sandbox/call.ts';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import type { KnownMembers } from './operation-inputs.ts';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' }],
};
const document = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

/** Ends as soon as it is set up: operations are asked for their permissions without a request. */
export async function furnishedAccount(): Promise<{ call: Call; known: KnownMembers }> {
  const sandbox = await startSandbox();
  const { url, region, administrator, clock, account } = sandbox;
  const config = { endpoint: url, region, credentials: administrator, maxAttempts: 1 };
  const Tags = [{ Key: 'team', Value: 'blue' }];
  try {
    const iam = new IAM(config);
    const { Policy } = await iam.createPolicy({
      PolicyName: 'known',
      PolicyDocument: JSON.stringify(document),
      Tags,
    });
    const boundary = { PermissionsBoundary: Policy?.Arn, Tags };
    const { User } = await iam.createUser({ UserName: 'known', ...boundary });
    const { AccessKey } = await iam.createAccessKey({ UserName: 'known' });
    await iam.createGroup({ GroupName: 'known' });
    const { Role } = await iam.createRole({
      RoleName: 'known',
      AssumeRolePolicyDocument: JSON.stringify(trust),
      ...boundary,
    });
    const kms = new KMS(config);
    const { KeyMetadata } = await kms.createKey({ Tags: [{ TagKey: 'team', TagValue: 'blue' }] });
    const KeyId = KeyMetadata?.KeyId;
    await kms.createAlias({ AliasName: 'alias/known', TargetKeyId: KeyId });
    const { CiphertextBlob } = await kms.encrypt({ KeyId, Plaintext: Buffer.from('known') });
    const { GrantId } = await kms.createGrant({
      KeyId,
      GranteePrincipal: User?.Arn,
      Operations: ['Decrypt'],
      Constraints: { EncryptionContextSubset: { team: 'blue' } },
    });
    const { TableDescription } = await new DynamoDB(config).send(
      new CreateTableCommand({
        TableName: 'known',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
        Tags,
      }),
    );
    const credential = account.credential(administrator.accessKeyId);
    if (!credential) throw new Error('The administrator has no credential.');
    return {
      call: {
        account,
        credential,
        region,
        requestId: '',
        clock,
        userAgent: '',
        sourceIp: '127.0.0.1',
        forwarded: [],
      },
      known: {
        UserName: 'known',
        GroupName: 'known',
        RoleName: 'known',
        RoleArn: Role?.Arn,
        PolicyArn: Policy?.Arn,
        PermissionsBoundary: Policy?.Arn,
        PolicySourceArn: User?.Arn,
        AccessKeyId: AccessKey?.AccessKeyId,
        KeyId,
        DestinationKeyId: KeyId,
        TargetKeyId: KeyId,
        AliasName: 'alias/known',
        CiphertextBlob,
        GrantId,
        GranteePrincipal: User?.Arn,
        Operations: ['Decrypt'],
        NumberOfBytes: 8,
        ResourceArn: TableDescription?.TableArn,
        TableName: 'known',
        'RequestItems, key': 'known',
        ConditionExpression: 'attribute_exists(id)',
        KeyConditionExpression: 'id = :id',
        'ExpressionAttributeValues, key': ':id',
        ExpressionAttributeValues: { ':id': { S: 'one' } },
        Select: 'ALL_ATTRIBUTES',
        ReturnConsumedCapacity: 'TOTAL',
        ReturnValues: 'NONE',
        Statement: `SELECT * FROM "known" WHERE id = 'one'`,
      },
    };
  } finally {
    await sandbox.close();
  }
}
