import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateGrantCommand,
  DecryptCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { accountId, region, rootArn, Scene, type User } from './scene.ts';

const TableName = 'patients';
const Key = { id: { S: '1' } };

/** Everything that touches items, each on an item that is there. */
const itemRequests: Record<string, (client: DynamoDBClient) => Promise<unknown>> = {
  GetItem: (client) => client.send(new GetItemCommand({ TableName, Key })),
  PutItem: (client) => client.send(new PutItemCommand({ TableName, Item: { ...Key, name: { S: 'Ada' } } })),
  UpdateItem: (client) =>
    client.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: 'SET visits = :n',
        ExpressionAttributeValues: { ':n': { N: '1' } },
      }),
    ),
  Query: (client) =>
    client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'id = :id',
        ExpressionAttributeValues: { ':id': Key.id },
      }),
    ),
  Scan: (client) => client.send(new ScanCommand({ TableName })),
  BatchGetItem: (client) =>
    client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [Key] } } })),
  BatchWriteItem: (client) =>
    client.send(
      new BatchWriteItemCommand({ RequestItems: { [TableName]: [{ PutRequest: { Item: Key } }] } }),
    ),
  DeleteItem: (client) => client.send(new DeleteItemCommand({ TableName, Key: { id: { S: 'nobody' } } })),
};

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** The text around what KMS said. */
function wrapped(prefix: string, exception: string, message: string, code: string): RegExp {
  const literal = message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `^${prefix}: com\\.amazonaws\\.services\\.kms\\.model\\.${exception}: ${literal} ` +
      `\\(Service: AWSKMS; Status Code: 400; Error Code: ${code}; Request ID: ${uuid}; Proxy: null\\)$`,
  );
}

describe('a table under a customer managed key', () => {
  let scene: Scene;
  let keyArn: string;
  let user: User;

  beforeEach(async () => {
    scene = await Scene.start();
    keyArn = await scene.key();
    await scene.table(TableName, {
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
    });
    await scene.admin.dynamodb.send(new PutItemCommand({ TableName, Item: Key }));
    user = await scene.user('reader', 'AmazonDynamoDBFullAccess');
  });

  afterEach(() => scene.close());

  async function expectDenied(): Promise<void> {
    for (const [operation, request] of Object.entries(itemRequests)) {
      const denied = await refusal(request(user.dynamodb));
      expect(denied, operation).to.include({ name: 'AccessDeniedException', status: 400 });
      expect(denied.message, operation).to.match(
        wrapped(
          'KMS key access denied error',
          'AWSKMSException',
          `User: ${user.arn} is not authorized to perform: kms:Decrypt on resource: ${keyArn} because no identity-based policy allows the kms:Decrypt action`,
          'AccessDeniedException',
        ),
      );
    }
  }

  async function expectAllowed(): Promise<void> {
    for (const request of Object.values(itemRequests)) await request(user.dynamodb);
  }

  it('is closed to a user who may do everything in DynamoDB but not decrypt', async () => {
    await expectDenied();
  });

  it('changes nothing when it refuses a write', async () => {
    await expectDenied();
    const { Items } = await scene.admin.dynamodb.send(new ScanCommand({ TableName }));
    expect(Items).to.deep.equal([Key]);
  });

  it('shows its description to that user', async () => {
    const { Table } = await user.dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table?.SSEDescription).to.deep.equal({
      Status: 'ENABLED',
      SSEType: 'KMS',
      KMSMasterKeyArn: keyArn,
    });
  });

  it('opens to the user whom the key policy names', async () => {
    await scene.admin.kms.send(
      new PutKeyPolicyCommand({
        KeyId: keyArn,
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { AWS: rootArn }, Action: 'kms:*', Resource: '*' },
            { Effect: 'Allow', Principal: { AWS: user.arn }, Action: 'kms:Decrypt', Resource: '*' },
          ],
        }),
      }),
    );
    await expectAllowed();
  });

  it('opens through an IAM policy, since the key policy delegates to the account', async () => {
    await scene.allow('reader', [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: keyArn }]);
    await expectAllowed();
  });

  it('does not open through an IAM policy when the key policy does not delegate', async () => {
    await scene.allow('reader', [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: keyArn }]);
    await scene.admin.kms.send(
      new PutKeyPolicyCommand({
        KeyId: keyArn,
        BypassPolicyLockoutSafetyCheck: true,
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::${accountId}:user/administrator` },
              Action: 'kms:*',
              Resource: '*',
            },
          ],
        }),
      }),
    );
    const denied = await refusal(itemRequests.Scan?.(user.dynamodb) ?? Promise.resolve());
    expect(denied.message).to.contain('because no resource-based policy allows the kms:Decrypt action');
  });

  it('opens through a grant for this table, and not through one for another', async () => {
    const grant = (tableName: string) =>
      scene.admin.kms.send(
        new CreateGrantCommand({
          KeyId: keyArn,
          GranteePrincipal: user.arn,
          Operations: ['Decrypt'],
          Constraints: { EncryptionContextSubset: { 'aws:dynamodb:tableName': tableName } },
        }),
      );
    await grant('another-table');
    await expectDenied();
    await grant(TableName);
    await expectAllowed();
  });

  it('is read through DynamoDB only, where a policy says so', async () => {
    await scene.allow('reader', [
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: keyArn,
        Condition: {
          StringEquals: {
            'kms:ViaService': `dynamodb.${region}.amazonaws.com`,
            'kms:CallerAccount': accountId,
            'kms:EncryptionContext:aws:dynamodb:tableName': TableName,
            'kms:EncryptionContext:aws:dynamodb:subscriberId': accountId,
            'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
            'aws:CalledViaLast': 'dynamodb.amazonaws.com',
          },
          Bool: { 'aws:ViaAWSService': 'true' },
          'ForAllValues:StringEquals': {
            'kms:EncryptionContextKeys': ['aws:dynamodb:tableName', 'aws:dynamodb:subscriberId'],
          },
        },
      },
    ]);
    await expectAllowed();
    const { CiphertextBlob } = await scene.admin.kms.send(
      new EncryptCommand({ KeyId: keyArn, Plaintext: Buffer.from('text') }),
    );
    expect(await refusal(user.kms.send(new DecryptCommand({ CiphertextBlob })))).to.include({
      name: 'AccessDeniedException',
    });
  });

  it('closes to everyone when the key is disabled, and opens again', async () => {
    await scene.admin.kms.send(new DisableKeyCommand({ KeyId: keyArn }));
    for (const [operation, request] of Object.entries(itemRequests)) {
      const refused = await refusal(request(scene.admin.dynamodb));
      expect(refused, operation).to.include({ name: 'ValidationException', status: 400 });
      expect(refused.message).to.match(
        wrapped('KMS key disabled error', 'DisabledException', `${keyArn} is disabled.`, 'DisabledException'),
      );
    }
    await scene.admin.kms.send(new EnableKeyCommand({ KeyId: keyArn }));
    await scene.admin.dynamodb.send(new ScanCommand({ TableName }));
  });

  it('closes to everyone when the key is to be deleted, and stays closed when it is', async () => {
    await scene.admin.kms.send(new ScheduleKeyDeletionCommand({ KeyId: keyArn, PendingWindowInDays: 7 }));
    const pending = await refusal(scene.admin.dynamodb.send(new ScanCommand({ TableName })));
    expect(pending).to.include({ name: 'ValidationException', status: 400 });
    expect(pending.message).to.match(
      wrapped(
        'KMS validation error',
        'KMSInvalidStateException',
        `${keyArn} is pending deletion.`,
        'KMSInvalidStateException',
      ),
    );
    scene.sandbox.clock.advance(8 * 24 * 60 * 60 * 1000);
    const deleted = await refusal(scene.admin.dynamodb.send(new ScanCommand({ TableName })));
    expect(deleted.message).to.contain(`Key '${keyArn}' does not exist (`);
    await scene.admin.dynamodb.send(new DeleteTableCommand({ TableName }));
  });

  it('refuses for the missing DynamoDB permission first, table or no table', async () => {
    const nobody = await scene.user('nobody', []);
    for (const name of [TableName, 'no-such-table']) {
      expect(await refusal(nobody.dynamodb.send(new ScanCommand({ TableName: name })))).to.deep.equal({
        name: 'AccessDeniedException',
        message: `User: ${nobody.arn} is not authorized to perform: dynamodb:Scan on resource: arn:aws:dynamodb:${region}:${accountId}:table/${name} because no identity-based policy allows the dynamodb:Scan action`,
        status: 400,
      });
    }
  });

  it('is looked for before its key is', async () => {
    expect(await refusal(user.dynamodb.send(new ScanCommand({ TableName: 'no-such-table' })))).to.deep.equal({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found',
      status: 400,
    });
  });

  it('is refused in a batch with another table that is open', async () => {
    await scene.table('open-table');
    const RequestItems = {
      'open-table': [{ PutRequest: { Item: Key } }],
      [TableName]: [{ DeleteRequest: { Key } }],
    };
    const denied = await refusal(user.dynamodb.send(new BatchWriteItemCommand({ RequestItems })));
    expect(denied.message).to.contain('kms:Decrypt');
    const { Count } = await user.dynamodb.send(new ScanCommand({ TableName: 'open-table' }));
    expect(Count).to.equal(0);
  });
});

describe('a table under another key', () => {
  let scene: Scene;
  let user: User;

  before(async () => {
    scene = await Scene.start();
    user = await scene.user('reader', 'AmazonDynamoDBFullAccess');
  });

  after(() => scene.close());

  for (const [title, SSESpecification] of [
    ['that AWS owns', undefined],
    ['that AWS manages', { Enabled: true, SSEType: 'KMS' as const }],
  ] as const) {
    it(`${title} is open to every user who may use DynamoDB`, async () => {
      const name = `table-${SSESpecification ? 'managed' : 'owned'}`;
      await scene.table(name, { SSESpecification });
      const Item = { id: { S: '1' } };
      await user.dynamodb.send(new PutItemCommand({ TableName: name, Item }));
      const { Items } = await user.dynamodb.send(new ScanCommand({ TableName: name }));
      expect(Items).to.deep.equal([Item]);
    });
  }
});
