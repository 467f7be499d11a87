import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { accountId, allow, region, Scene } from './scene.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe('event records', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.start();
  });

  afterEach(() => scene.close());

  async function key(): Promise<{ id: string; arn: string }> {
    const { KeyMetadata } = await scene.admin.kms.createKey({});
    return { id: KeyMetadata?.KeyId ?? '', arn: KeyMetadata?.Arn ?? '' };
  }

  it('show a call that reads in full', async () => {
    const { id, arn } = await key();
    const { $metadata } = await scene.admin.kms.describeKey({ KeyId: id });
    const record = await scene.record('DescribeKey');
    const { administrator, account } = scene.sandbox;
    const userArn = `arn:aws:iam::${accountId}:user/administrator`;
    expect(record.eventID).to.match(uuid);
    expect(record.eventTime).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(record.userAgent).to.contain('aws-sdk-js');
    expect(record).to.deep.equal({
      eventVersion: '1.11',
      userIdentity: {
        type: 'IAMUser',
        principalId: account.iam.userIdOf(userArn),
        arn: userArn,
        accountId,
        accessKeyId: administrator.accessKeyId,
        userName: 'administrator',
      },
      eventTime: record.eventTime,
      eventSource: 'kms.amazonaws.com',
      eventName: 'DescribeKey',
      awsRegion: region,
      sourceIPAddress: '127.0.0.1',
      userAgent: record.userAgent,
      requestParameters: { keyId: id },
      responseElements: null,
      requestID: $metadata.requestId,
      eventID: record.eventID,
      readOnly: true,
      resources: [{ accountId, type: 'AWS::KMS::Key', ARN: arn }],
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: accountId,
      eventCategory: 'Management',
    });
  });

  it('show what CreateKey was asked, what KMS filled in, and what it made', async () => {
    await scene.admin.kms.createKey({ Description: 'of the lab', Tags: [{ TagKey: 'a', TagValue: 'b' }] });
    const record = await scene.record('CreateKey');
    expect(record.readOnly).to.equal(false);
    expect(record.requestParameters).to.deep.equal({
      bypassPolicyLockoutSafetyCheck: false,
      customerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      description: 'of the lab',
      keySpec: 'SYMMETRIC_DEFAULT',
      keyUsage: 'ENCRYPT_DECRYPT',
      multiRegion: false,
      origin: 'AWS_KMS',
      tags: [{ tagKey: 'a', tagValue: 'b' }],
    });
    const made = record.responseElements?.keyMetadata as Record<string, unknown>;
    expect(made).to.include({ aWSAccountId: accountId, keyState: 'Enabled', keyManager: 'CUSTOMER' });
    expect(made.creationDate).to.match(/^[A-Z][a-z]{2} \d{1,2}, \d{4}, \d{1,2}:\d\d:\d\d [AP]M$/);
    expect(record.resources?.map(({ ARN }) => ARN)).to.deep.equal([made.arn]);
  });

  it('name the key that a change of KMS affected, whatever it answered', async () => {
    const { id, arn } = await key();
    await scene.admin.kms.createAlias({ AliasName: 'alias/lab', TargetKeyId: id });
    const alias = await scene.record('CreateAlias');
    expect(alias.responseElements).to.deep.equal({ keyId: arn });
    expect(alias.resources?.map(({ ARN }) => ARN)).to.deep.equal([
      arn,
      `arn:aws:kms:${region}:${accountId}:alias/lab`,
    ]);
    await scene.admin.kms.scheduleKeyDeletion({ KeyId: id, PendingWindowInDays: 7 });
    const deletion = await scene.record('ScheduleKeyDeletion');
    expect(deletion.responseElements).to.include({ keyId: arn, keyState: 'PendingDeletion' });
  });

  it('hold cryptographic operations, with their context and without their content', async () => {
    const { arn } = await key();
    const EncryptionContext = { Department: 'Engineering' };
    const Plaintext = Buffer.from('of nobody’s business');
    const { CiphertextBlob } = await scene.admin.kms.encrypt({ KeyId: arn, Plaintext, EncryptionContext });
    await scene.admin.kms.decrypt({ CiphertextBlob, EncryptionContext });
    for (const name of ['Encrypt', 'Decrypt']) {
      const record = await scene.record(name);
      expect(record.readOnly, name).to.equal(true);
      expect(record.responseElements, name).to.equal(null);
      expect(record.requestParameters, name).to.deep.equal({
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
        encryptionContext: EncryptionContext,
        ...(name === 'Encrypt' && { keyId: arn }),
      });
    }
    const { additionalEventData } = await scene.record('Decrypt');
    expect(additionalEventData)
      .to.have.property('keyMaterialId')
      .that.matches(/^[0-9a-f]{64}$/);
  });

  it('show a denied call without its parameters', async () => {
    const { id, arn } = await key();
    const user = await scene.user('student');
    const denied = await refusal(user.kms.describeKey({ KeyId: id }));
    expect(denied.name).to.equal('AccessDeniedException');
    const record = await scene.record('DescribeKey');
    expect(record).to.include({ errorCode: 'AccessDenied', errorMessage: denied.message });
    expect(record.requestParameters).to.equal(null);
    expect(record.responseElements).to.equal(null);
    expect(record).not.to.have.property('resources');
    expect(record.errorMessage).to.contain(arn);
    expect(record.userIdentity).to.include({ userName: 'student', arn: user.arn });
  });

  it('show what a failed call asked for', async () => {
    const KeyId = '1234abcd-12ab-34cd-56ef-1234567890ab';
    await refusal(scene.admin.kms.describeKey({ KeyId }));
    const ofKms = await scene.record('DescribeKey');
    expect(ofKms.errorCode).to.equal('NotFoundException');
    expect(ofKms.requestParameters).to.deep.equal({ keyId: KeyId });

    await refusal(scene.admin.iam.getUser({ UserName: 'nobody' }));
    const ofIam = await scene.record('GetUser', 'us-east-1');
    expect(ofIam).to.include({
      errorCode: 'NoSuchEntityException',
      errorMessage: 'The user with name nobody cannot be found.',
    });
    expect(ofIam.requestParameters).to.deep.equal({ userName: 'nobody' });
  });

  it('keep nothing of a request that could not be read but its error', async () => {
    const GrantTokens = Array.from({ length: 11 }, (_, index) => `token${index}`);
    const refused = await refusal(
      scene.admin.kms.encrypt({ KeyId: 'any', Plaintext: Buffer.from('a'), GrantTokens }),
    );
    expect(refused.message).to.contain('token7');
    const record = await scene.record('Encrypt');
    expect(record.errorCode).to.equal('ValidationException');
    expect(record).not.to.have.property('errorMessage');
    expect(record.requestParameters).to.equal(null);
  });

  it('show tables as DynamoDB describes them', async () => {
    await scene.admin.dynamodb.createTable({
      TableName: 'books',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { Enabled: false },
    });
    const record = await scene.record('CreateTable');
    expect(record).to.include({ eventSource: 'dynamodb.amazonaws.com', apiVersion: '2012-08-10' });
    expect(record.requestParameters).to.deep.include({
      tableName: 'books',
      sSESpecification: { enabled: false },
      keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
    });
    expect(record.responseElements?.tableDescription).to.include({ tableName: 'books' });
    const ARN = `arn:aws:dynamodb:${region}:${accountId}:table/books`;
    expect(record.resources).to.deep.equal([{ accountId, type: 'AWS::DynamoDB::Table', ARN }]);
  });

  it('leave out what happens to items', async () => {
    const TableName = 'books';
    await scene.admin.dynamodb.createTable({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    await scene.admin.dynamodb.putItem({ TableName, Item: { id: { S: '1' } } });
    await scene.admin.dynamodb.getItem({ TableName, Key: { id: { S: '1' } } });
    await scene.admin.dynamodb.scan({ TableName });
    await refusal((await scene.user('nobody')).dynamodb.scan({ TableName }));
    await scene.admin.dynamodb.describeTable({ TableName });
    const names = (await scene.events()).map(({ EventName }) => EventName);
    expect(names).to.deep.equal(['DescribeTable', 'CreateTable']);
  });

  it('put IAM into us-east-1 and everything else where it was called', async () => {
    const here = scene.clients(scene.sandbox.administrator, 'ap-south-1');
    await here.iam.listUsers({});
    await here.sts.getCallerIdentity({});
    await here.kms.listKeys({});
    const names = async (inRegion: string) =>
      (await scene.events({}, inRegion)).map((event) => event.EventName);
    expect(await names('ap-south-1')).to.deep.equal(['ListKeys', 'GetCallerIdentity']);
    expect(await names('us-east-1')).to.deep.equal(['ListUsers']);
    const { awsRegion, requestParameters } = await scene.record('ListUsers', 'us-east-1');
    expect({ awsRegion, requestParameters }).to.deep.equal({
      awsRegion: 'us-east-1',
      requestParameters: null,
    });
  });

  it('leave out requests with a wrong signature and operations that are not there', async () => {
    const forged = scene.clients({ ...scene.sandbox.administrator, secretAccessKey: 'forged' });
    expect((await refusal(forged.kms.listKeys({}))).name).to.equal('InvalidSignatureException');
    await refusal(scene.admin.cloudTrail.createTrail({ Name: 'trail', S3BucketName: 'bucket' }));
    expect(await scene.events()).to.deep.equal([]);
  });

  it('tell who called by the kind of the caller', async () => {
    const Statement = [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'sts:AssumeRole',
      },
    ];
    const { Role } = await scene.admin.iam.createRole({
      RoleName: 'auditor',
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    });
    const RoleArn = Role?.Arn ?? '';
    const { Credentials: given } = await scene.admin.sts.assumeRole({ RoleArn, RoleSessionName: 'author' });
    const accessKeyId = given?.AccessKeyId ?? '';
    const session = scene.clients({
      accessKeyId,
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
    });
    await session.sts.getCallerIdentity({});
    const bySession = (await scene.record('GetCallerIdentity')).userIdentity;
    const context = bySession.sessionContext as { attributes: { creationDate: string } };
    expect(context.attributes.creationDate).to.match(/Z$/);
    expect(bySession).to.deep.equal({
      type: 'AssumedRole',
      principalId: `${Role?.RoleId}:author`,
      arn: `arn:aws:sts::${accountId}:assumed-role/auditor/author`,
      accountId,
      accessKeyId,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: Role?.RoleId,
          arn: RoleArn,
          accountId,
          userName: 'auditor',
        },
        attributes: { creationDate: context.attributes.creationDate, mfaAuthenticated: 'false' },
      },
    });
    const [event] = await scene.events({
      LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: 'author' }],
    });
    expect(event).to.include({ EventName: 'GetCallerIdentity', AccessKeyId: accessKeyId });

    const assumed = await scene.record('AssumeRole');
    expect(assumed.resources).to.deep.equal([{ accountId, type: 'AWS::IAM::Role', ARN: RoleArn }]);
    expect(assumed.responseElements?.credentials).to.have.keys('accessKeyId', 'expiration');

    await scene.clients(scene.sandbox.root).kms.listKeys({});
    const root = scene.sandbox.root.accessKeyId;
    expect((await scene.record('ListKeys')).userIdentity).to.deep.equal({
      type: 'Root',
      principalId: accountId,
      arn: `arn:aws:iam::${accountId}:root`,
      accountId,
      accessKeyId: root,
    });
  });

  it('leave out parameters that are too large', async () => {
    const PolicyDocument = `${' '.repeat(120_000)}{}`;
    await refusal(scene.admin.iam.createPolicy({ PolicyName: 'large', PolicyDocument }));
    const record = await scene.record('CreatePolicy', 'us-east-1');
    expect(record.errorCode).to.equal('MalformedPolicyDocumentException');
    expect(record.requestParameters).to.deep.equal({ omitted: true });
  });

  it('are seen by whoever may look them up, and the denial names no resource', async () => {
    const user = await scene.user('student');
    expect(await refusal(user.cloudTrail.lookupEvents({}))).to.deep.equal({
      name: 'AccessDeniedException',
      message:
        `User: ${user.arn} is not authorized to perform: cloudtrail:LookupEvents because no identity-based policy ` +
        'allows the cloudtrail:LookupEvents action',
      status: 400,
    });
    const auditor = await scene.user('auditor', [allow('cloudtrail:LookupEvents')]);
    const { Events } = await auditor.cloudTrail.lookupEvents({});
    expect(Events?.map(({ EventName, Username }) => `${EventName} ${Username}`)).to.deep.equal([
      'LookupEvents student',
    ]);
  });
});
