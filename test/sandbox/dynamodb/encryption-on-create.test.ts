import { DescribeTableCommand, type SSESpecification } from '@aws-sdk/client-dynamodb';
import {
  CreateAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  ListGrantsCommand,
  ListKeysCommand,
  ScheduleKeyDeletionCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-kms';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { accountId, region, rootArn, Scene } from './scene.ts';

const prefix = 'One or more parameter values were invalid: ';

describe('the key of a new table', () => {
  let scene: Scene;
  let keyArn: string;
  let serial = 0;

  before(async () => {
    scene = await Scene.start();
    keyArn = await scene.key();
    await scene.admin.kms.send(new CreateAliasCommand({ AliasName: 'alias/lab', TargetKeyId: keyArn }));
  });

  after(() => scene.close());

  async function create(specification: SSESpecification | undefined, client = scene.admin) {
    const TableName = `table-${++serial}`;
    await scene.table(TableName, { SSESpecification: specification }, client);
    const { Table } = await scene.admin.dynamodb.send(new DescribeTableCommand({ TableName }));
    return { TableName, encryption: Table?.SSEDescription };
  }

  for (const specification of [undefined, {}, { Enabled: false }]) {
    it(`is the one that AWS owns for ${JSON.stringify(specification)}`, async () => {
      expect((await create(specification)).encryption).to.equal(undefined);
    });
  }

  for (const specification of [
    { Enabled: true },
    { Enabled: true, SSEType: 'KMS' as const },
    { SSEType: 'KMS' as const },
    { Enabled: true, SSEType: 'KMS' as const, KMSMasterKeyId: 'alias/aws/dynamodb' },
  ]) {
    it(`is the one that AWS manages for ${JSON.stringify(specification)}`, async () => {
      const { encryption } = await create(specification);
      const KeyId = encryption?.KMSMasterKeyArn;
      const { KeyMetadata } = await scene.admin.kms.send(new DescribeKeyCommand({ KeyId }));
      expect(encryption).to.include({ Status: 'ENABLED', SSEType: 'KMS' });
      expect(KeyMetadata).to.include({ KeyManager: 'AWS' });
    });
  }

  it('is made once when AWS manages it', async () => {
    const fresh = await Scene.start();
    try {
      const keys = async () => (await fresh.admin.kms.send(new ListKeysCommand({}))).Keys?.length;
      expect(await keys()).to.equal(0);
      await fresh.table('first', { SSESpecification: { Enabled: true } });
      await fresh.table('second', { SSESpecification: { Enabled: true } });
      expect(await keys()).to.equal(1);
    } finally {
      await fresh.close();
    }
  });

  for (const [form, identifier] of [
    ['ARN', () => keyArn],
    ['key id', () => keyArn.split('/')[1]],
    ['alias', () => 'alias/lab'],
    ['alias ARN', () => `arn:aws:kms:${region}:${accountId}:alias/lab`],
  ] as const) {
    it(`is a customer's, named by ${form}`, async () => {
      const { encryption } = await create({ Enabled: true, SSEType: 'KMS', KMSMasterKeyId: identifier() });
      expect(encryption).to.deep.equal({ Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: keyArn });
    });
  }

  it('does not follow its alias to another key', async () => {
    const other = await scene.key();
    await scene.admin.kms.send(new CreateAliasCommand({ AliasName: 'alias/moving', TargetKeyId: keyArn }));
    const { TableName } = await create({ SSEType: 'KMS', KMSMasterKeyId: 'alias/moving' });
    await scene.admin.kms.send(new UpdateAliasCommand({ AliasName: 'alias/moving', TargetKeyId: other }));
    const { Table } = await scene.admin.dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table?.SSEDescription?.KMSMasterKeyArn).to.equal(keyArn);
  });

  it('carries a grant for DynamoDB, limited to the table', async () => {
    const key = await scene.key();
    const { TableName } = await create({ SSEType: 'KMS', KMSMasterKeyId: key });
    const { Grants } = await scene.admin.kms.send(new ListGrantsCommand({ KeyId: key }));
    expect(Grants).to.have.length(1);
    expect(Grants?.[0]).to.deep.include({
      KeyId: key,
      GranteePrincipal: `dynamodb.${region}.amazonaws.com`,
      RetiringPrincipal: `dynamodb.${region}.amazonaws.com`,
      IssuingAccount: rootArn,
      Constraints: {
        EncryptionContextSubset: {
          'aws:dynamodb:tableName': TableName,
          'aws:dynamodb:subscriberId': accountId,
        },
      },
    });
    expect(Grants?.[0]?.Operations).to.have.members([
      'DescribeKey',
      'GenerateDataKey',
      'Decrypt',
      'Encrypt',
      'ReEncryptFrom',
      'ReEncryptTo',
      'RetireGrant',
    ]);
  });

  const malformed: [SSESpecification, string][] = [
    [
      { Enabled: true, KMSMasterKeyId: 'alias/lab' },
      `${prefix}SSEType KMS is required if KMSMasterKeyId is specified`,
    ],
    [{ Enabled: false, SSEType: 'KMS' }, `${prefix}SSEType can not be specified if Enabled is false`],
    [
      { Enabled: false, KMSMasterKeyId: 'x' },
      `${prefix}KMSMasterKeyId can not be specified if Enabled is false`,
    ],
    [
      { Enabled: false, SSEType: 'KMS', KMSMasterKeyId: 'x' },
      `${prefix}SSEType can not be specified if Enabled is false`,
    ],
    [{ Enabled: true, SSEType: 'AES256' }, `${prefix}SSEType AES256 is not supported`],
    [
      { Enabled: true, SSEType: 'kms' as 'KMS' },
      "1 validation error detected: Value 'kms' at 'sSESpecification.sSEType' failed to satisfy constraint: Member must satisfy enum value set: [AES256, KMS]",
    ],
  ];
  for (const [specification, message] of malformed) {
    it(`is refused for ${JSON.stringify(specification)}`, async () => {
      const refused = await refusal(create(specification));
      expect(refused).to.deep.equal({ name: 'ValidationException', message, status: 400 });
    });
  }

  /** Creates a table under a key that cannot be used, and returns what was refused. */
  async function refusedKey(KMSMasterKeyId: string, client = scene.admin) {
    const refused = await refusal(create({ Enabled: true, SSEType: 'KMS', KMSMasterKeyId }, client));
    const TableName = `table-${serial}`;
    const gone = await refusal(scene.admin.dynamodb.send(new DescribeTableCommand({ TableName })));
    expect(gone.name, 'a table was left behind').to.equal('ResourceNotFoundException');
    return refused;
  }

  it('is refused when no such key exists', async () => {
    const id = '11111111-2222-3333-4444-555555555555';
    const refused = await refusedKey(id);
    expect(refused).to.include({ name: 'ValidationException', status: 400 });
    expect(refused.message).to.match(
      /^KMS validation error: com\.amazonaws\.services\.kms\.model\.NotFoundException: /,
    );
    expect(refused.message).to.contain(
      `Key 'arn:aws:kms:${region}:${accountId}:key/${id}' does not exist (Service: AWSKMS; Status Code: 400; Error Code: NotFoundException; Request ID: `,
    );
  });

  it('is refused when no such alias exists', async () => {
    const refused = await refusedKey('alias/nobody');
    expect(refused).to.include({ name: 'ValidationException', status: 400 });
    expect(refused.message).to.contain(
      `KMS validation error: com.amazonaws.services.kms.model.NotFoundException: Alias arn:aws:kms:${region}:${accountId}:alias/nobody is not found. (`,
    );
  });

  it('is refused when it is in another Region', async () => {
    const refused = await refusedKey(keyArn.replace(region, 'us-east-1'));
    expect(refused).to.include({ name: 'ValidationException', status: 400 });
    expect(refused.message).to.contain('NotFoundException: Invalid arn us-east-1 (');
  });

  it("is refused when it is another account's", async () => {
    const refused = await refusedKey(keyArn.replace(accountId, '999999999999'));
    expect(refused).to.include({ name: 'AccessDeniedException', status: 400 });
    expect(refused.message).to.contain(
      'is not authorized to perform: kms:DescribeKey on this resource because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access (',
    );
  });

  it('is refused when it is disabled', async () => {
    const key = await scene.key();
    await scene.admin.kms.send(new DisableKeyCommand({ KeyId: key }));
    const refused = await refusedKey(key);
    expect(refused).to.include({ name: 'ValidationException', status: 400 });
    expect(refused.message).to.contain(
      `KMS key disabled error: com.amazonaws.services.kms.model.DisabledException: ${key} is disabled. (`,
    );
  });

  it('is refused when it is to be deleted', async () => {
    const key = await scene.key();
    await scene.admin.kms.send(new ScheduleKeyDeletionCommand({ KeyId: key, PendingWindowInDays: 7 }));
    const refused = await refusedKey(key);
    expect(refused).to.include({ name: 'ValidationException', status: 400 });
    expect(refused.message).to.contain(
      `KMS validation error: com.amazonaws.services.kms.model.KMSInvalidStateException: ${key} is pending deletion. (`,
    );
  });

  for (const input of [
    { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' },
    { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' },
  ] as const) {
    it(`is refused when it is ${input.KeySpec}, with status 500 as on AWS`, async () => {
      const refused = await refusedKey(await scene.key(input));
      expect(refused).to.include({ name: 'InternalServerError', status: 500 });
      expect(refused.message).to.contain(
        'KMS internal error: com.amazonaws.services.kms.model.AWSKMSException: EncryptionContext is supported only when creating a grant for a symmetric encryption KMS key. (Service: AWSKMS; Status Code: 400; Error Code: ValidationException; Request ID: ',
      );
    });
  }

  const minimum = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
  const createGrant = {
    Effect: 'Allow',
    Action: 'kms:CreateGrant',
    Resource: '*',
    Condition: {
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
      StringEquals: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` },
    },
  };

  it('may be chosen with the permissions that the usage notes list', async () => {
    const creator = await scene.user('creator', [
      { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' },
      { Effect: 'Allow', Action: minimum, Resource: '*' },
      createGrant,
    ]);
    const { encryption } = await create({ SSEType: 'KMS', KMSMasterKeyId: keyArn }, creator);
    expect(encryption?.KMSMasterKeyArn).to.equal(keyArn);
  });

  for (const [missing, statements] of [
    ['kms:DescribeKey', []],
    ['kms:CreateGrant', [{ Effect: 'Allow', Action: minimum, Resource: '*' }]],
    ['kms:Encrypt', [{ Effect: 'Allow', Action: 'kms:DescribeKey', Resource: '*' }, createGrant]],
  ] as const) {
    it(`may not be chosen without ${missing}`, async () => {
      const creator = await scene.user(`without-${missing.slice(4)}`, [
        { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' },
        ...statements,
      ]);
      const refused = await refusedKey(keyArn, creator);
      expect(refused).to.include({ name: 'AccessDeniedException', status: 400 });
      expect(refused.message).to.contain(
        `KMS key access denied error: com.amazonaws.services.kms.model.AWSKMSException: User: ${creator.arn} is not authorized to perform: ${missing} on resource: ${keyArn} because no identity-based policy allows the ${missing} action (`,
      );
    });
  }
});
