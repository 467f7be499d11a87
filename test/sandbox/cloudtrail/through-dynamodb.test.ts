import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { accountId, allow, type EventRecord, recordOf, region, Scene, type User } from './scene.ts';

const TableName = 'patients';
const encryptionContext = { 'aws:dynamodb:tableName': TableName, 'aws:dynamodb:subscriberId': accountId };

describe('calls that DynamoDB makes to KMS', () => {
  let scene: Scene;
  let keyId: string;
  let keyArn: string;
  let user: User;

  beforeEach(async () => {
    scene = await Scene.start();
    const { KeyMetadata } = await scene.admin.kms.createKey({});
    keyId = KeyMetadata?.KeyId ?? '';
    keyArn = KeyMetadata?.Arn ?? '';
    await createTable(scene, keyArn);
    user = await scene.user('student', [allow('dynamodb:*')]);
  });

  afterEach(() => scene.close());

  /** Records of one event name that a user caused, oldest first. */
  async function recordsOf(name: string, userName: string): Promise<EventRecord[]> {
    const records = await scene.records(name);
    return records.filter(({ userIdentity }) => userIdentity.userName === userName);
  }

  it('show a reader who may not decrypt, and one who may, as the lab has it', async () => {
    const denied = await refusal(user.dynamodb.scan({ TableName }));
    expect(denied.name).to.equal('AccessDeniedException');
    await scene.admin.kms.createGrant({
      KeyId: keyId,
      GranteePrincipal: user.arn,
      Operations: ['Decrypt'],
    });
    await user.dynamodb.scan({ TableName });

    const [before, after, ...more] = await recordsOf('Decrypt', 'student');
    expect(more).to.deep.equal([]);
    for (const record of [before, after]) {
      expect(record).to.include({
        eventSource: 'kms.amazonaws.com',
        awsRegion: region,
        sourceIPAddress: 'dynamodb.amazonaws.com',
        userAgent: 'dynamodb.amazonaws.com',
        responseElements: null,
        readOnly: true,
      });
      expect(record?.userIdentity).to.include({
        type: 'IAMUser',
        arn: user.arn,
        accessKeyId: user.accessKey.accessKeyId,
        invokedBy: 'dynamodb.amazonaws.com',
      });
    }
    expect(before).to.include({ errorCode: 'AccessDenied', requestParameters: null });
    expect(before?.errorMessage).to.equal(
      `User: ${user.arn} is not authorized to perform: kms:Decrypt on resource: ${keyArn} because no identity-based policy allows the kms:Decrypt action`,
    );
    expect(before).not.to.have.property('resources');
    expect(after).not.to.have.property('errorCode');
    expect(after?.requestParameters).to.deep.equal({ encryptionContext });
    expect(after?.resources).to.deep.equal([{ accountId, type: 'AWS::KMS::Key', ARN: keyArn }]);

    const byKey = { AttributeKey: 'ResourceName', AttributeValue: keyArn } as const;
    const onKey = (await scene.events({ LookupAttributes: [byKey] })).map((event) => recordOf(event).eventID);
    expect(onKey).to.include(after?.eventID).and.not.to.include(before?.eventID);
  });

  it('show a table whose key is disabled', async () => {
    await scene.admin.kms.disableKey({ KeyId: keyId });
    await refusal(scene.admin.dynamodb.scan({ TableName }));
    const record = (await recordsOf('Decrypt', 'administrator')).at(-1);
    expect(record).to.include({ errorCode: 'DisabledException', errorMessage: `${keyArn} is disabled.` });
    expect(record?.requestParameters).to.deep.equal({ encryptionContext });
  });

  it('show the grant that whoever chose the key made', async () => {
    const record = await scene.record('CreateGrant');
    expect(record.userIdentity).to.include({
      userName: 'administrator',
      invokedBy: 'dynamodb.amazonaws.com',
    });
    expect(record.readOnly).to.equal(false);
    expect(record.requestParameters).to.deep.equal({
      keyId,
      granteePrincipal: `dynamodb.${region}.amazonaws.com`,
      retiringPrincipal: `dynamodb.${region}.amazonaws.com`,
      operations: [
        'DescribeKey',
        'GenerateDataKey',
        'Decrypt',
        'Encrypt',
        'ReEncryptFrom',
        'ReEncryptTo',
        'RetireGrant',
      ],
      constraints: { encryptionContextSubset: encryptionContext },
    });
    const { Grants } = await scene.admin.kms.listGrants({ KeyId: keyId });
    expect(record.responseElements).to.deep.equal({ grantId: Grants?.[0]?.GrantId, keyId: keyArn });
    expect(await scene.record('DescribeKey')).to.deep.include({ requestParameters: { keyId } });
  });

  it('show the data key that DynamoDB made for itself', async () => {
    const record = await scene.record('GenerateDataKey');
    expect(record.userIdentity).to.deep.equal({ type: 'AWSService', invokedBy: 'dynamodb.amazonaws.com' });
    expect(record.requestParameters).to.deep.equal({ encryptionContext, keySpec: 'AES_256', keyId });
    expect(record).to.include({ readOnly: true, sourceIPAddress: 'dynamodb.amazonaws.com' });
    const [event] = await scene.events({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'GenerateDataKey' }],
    });
    expect(event).not.to.have.any.keys('AccessKeyId', 'Username');
  });

  it('show a key that may not be chosen, and the table that was refused for it', async () => {
    const chooser = await scene.user('chooser', [allow(['dynamodb:*', 'kms:DescribeKey'])]);
    await refusal(createTable({ admin: chooser }, keyArn, 'others'));
    const [grant] = await recordsOf('CreateGrant', 'chooser');
    expect(grant).to.include({ errorCode: 'AccessDenied', requestParameters: null });
    expect(grant?.errorMessage).to.contain('kms:CreateGrant').and.to.contain(keyArn);
    const [table] = await recordsOf('CreateTable', 'chooser');
    expect(table?.errorCode).to.equal('AccessDenied');
    expect(table?.requestParameters).to.include({ tableName: 'others' });
    expect(table?.sourceIPAddress).to.equal('127.0.0.1');
  });

  it('are not there for a table under the key that AWS owns', async () => {
    await createTable(scene, undefined, 'plain');
    const before = (await scene.records('Decrypt')).length;
    await user.dynamodb.scan({ TableName: 'plain' });
    expect(await scene.records('Decrypt')).to.have.lengthOf(before);
  });
});

async function createTable({ admin }: { admin: Scene['admin'] }, keyArn?: string, name = TableName) {
  await admin.dynamodb.createTable({
    TableName: name,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    ...(keyArn !== undefined && {
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
    }),
  });
}
