/** The lab "Encrypt data with AWS KMS" at AWS's own pace, by a clock that is moved. */
import { expect } from 'chai';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { realistic } from '../../../sandbox/timing/timing.ts';
import { Scene, type User } from '../cloudtrail/scene.ts';
import { refusal } from '../refusal.ts';

const TableName = 'patients';

describe('the lab at AWS’s own pace', () => {
  let scene: Scene;
  let user: User;
  let KeyId: string;
  before(async () => {
    scene = new Scene(await startSandbox({ timing: realistic }));
  });
  after(() => scene.close());

  const pass = (milliseconds: number) => scene.sandbox.clock.advance(milliseconds);
  const table = async () => (await scene.admin.dynamodb.describeTable({ TableName })).Table;
  const scan = () => user.dynamodb.scan({ TableName });
  const setUsers = (...users: string[]) => {
    const { id } = scene.sandbox.account;
    const statement = (Principal: object, Action: string) => ({
      Effect: 'Allow',
      Principal,
      Action,
      Resource: '*',
    });
    const Statement = [
      statement({ AWS: `arn:aws:iam::${id}:root` }, 'kms:*'),
      ...users.map((AWS) => statement({ AWS }, 'kms:Decrypt')),
    ];
    return scene.admin.kms.putKeyPolicy({
      KeyId,
      Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
    });
  };

  it('makes a table in seconds, and knows it at once', async () => {
    await scene.admin.dynamodb.createTable({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    expect((await table())?.TableStatus).to.equal('CREATING');
    pass(realistic.tableCreationMs);
    expect((await table())?.TableStatus).to.equal('ACTIVE');
    await scene.admin.dynamodb.putItem({ TableName, Item: { id: { S: '1' } } });
  });

  it('moves the table to the key while it stays ACTIVE', async () => {
    const { KeyMetadata } = await scene.admin.kms.createKey({});
    KeyId = KeyMetadata?.Arn ?? '';
    await scene.admin.dynamodb.updateTable({
      TableName,
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: KeyId },
    });
    expect(await table()).to.deep.include({ TableStatus: 'ACTIVE', SSEDescription: { Status: 'UPDATING' } });
    pass(realistic.encryptionShownMs);
    const shown = { Status: 'UPDATING', SSEType: 'KMS', KMSMasterKeyArn: KeyId };
    expect((await table())?.SSEDescription).to.deep.equal(shown);
    pass(realistic.encryptionChangeMs - realistic.encryptionShownMs);
    expect((await table())?.SSEDescription).to.deep.equal({ ...shown, Status: 'ENABLED' });
  });

  it('knows the test user, its key and its policy after seconds, and refuses it kms:Decrypt', async () => {
    user = await scene.user('nextwork-kms-user', [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }]);
    expect((await refusal(scan())).name).to.equal('UnrecognizedClientException');
    expect(await refusal(setUsers(user.arn))).to.include({ name: 'MalformedPolicyDocumentException' });
    pass(realistic.accessKeysMs);
    expect((await refusal(scan())).message).to.match(/^KMS key access denied error: .*kms:Decrypt/);
  });

  it('lets the user read seconds after the key policy names it', async () => {
    await setUsers(user.arn);
    expect((await refusal(scan())).message).to.match(/^KMS key access denied error/);
    pass(realistic.policiesMs);
    expect((await scan()).Count).to.equal(1);
  });

  it('lets the user read on for five minutes after the key policy names it no more', async () => {
    await setUsers();
    pass(realistic.policiesMs);
    const { CiphertextBlob } = await scene.admin.kms.encrypt({ KeyId, Plaintext: Buffer.from('x') });
    expect((await refusal(user.kms.decrypt({ CiphertextBlob }))).name).to.equal('AccessDeniedException');
    expect((await scan()).Count).to.equal(1);
    pass(realistic.tableKeyCacheMs - realistic.policiesMs - 1000);
    expect((await scan()).Count).to.equal(1);
    pass(1000);
    expect((await refusal(scan())).message).to.match(/^KMS key access denied error/);
  });

  it('shows in the event history minutes later what KMS was asked: no Decrypt for what was at hand', async () => {
    const byUser = async () =>
      (await scene.records('Decrypt')).filter(({ userIdentity }) => userIdentity.invokedBy);
    const denials = async () =>
      (await byUser()).filter(({ errorCode }) => errorCode === 'AccessDenied').length;
    expect(await denials(), 'the last refusal is too new').to.equal(2);
    pass(realistic.eventsMs);
    const all = (await byUser()).filter(({ userIdentity }) => userIdentity.arn === user.arn);
    expect(all.map(({ errorCode }) => errorCode ?? 'decrypted')).to.deep.equal([
      'AccessDenied',
      'AccessDenied',
      'decrypted',
      'AccessDenied',
    ]);
  });

  it('deletes the table in seconds', async () => {
    await scene.admin.dynamodb.deleteTable({ TableName });
    expect((await table())?.TableStatus).to.equal('DELETING');
    pass(realistic.tableDeletionMs);
    expect((await refusal(table())).name).to.equal('ResourceNotFoundException');
  });
});
