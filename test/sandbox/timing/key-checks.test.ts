import { expect } from 'chai';
import { Scene } from '../cloudtrail/scene.ts';
import { refusal } from '../refusal.ts';

const TableName = 'patients';
const minutes = 60_000;

describe('a table whose key stops working', () => {
  let scene: Scene;
  let KeyId: string;
  beforeEach(async () => {
    scene = await Scene.start();
    scene.sandbox.setTiming({ keyChecksMs: 40 * minutes });
    KeyId = await newKey();
    await scene.admin.dynamodb.createTable({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: KeyId },
    });
  });
  afterEach(() => scene.close());

  const newKey = async () => (await scene.admin.kms.createKey({})).KeyMetadata?.Arn ?? '';
  const pass = (minutesLater: number) => scene.sandbox.clock.advance(minutesLater * minutes);
  const table = async () => {
    const { Table } = await scene.admin.dynamodb.describeTable({ TableName });
    const { Status, InaccessibleEncryptionDateTime: since } = Table?.SSEDescription ?? {};
    return { status: Table?.TableStatus, encryption: Status, since: since?.getTime() };
  };
  const active = { status: 'ACTIVE', encryption: 'ENABLED', since: undefined };
  const inaccessible = { status: 'INACCESSIBLE_ENCRYPTION_CREDENTIALS', encryption: 'ENABLED' };
  const scan = () => scene.admin.dynamodb.scan({ TableName });

  it('shows it when DynamoDB has looked, and that it is back as late', async () => {
    const disabledAt = scene.sandbox.clock.now().getTime();
    await scene.admin.kms.disableKey({ KeyId });
    pass(39);
    expect(await table()).to.deep.equal(active);
    expect((await refusal(scan())).message).to.match(/^KMS key disabled error/);
    pass(1);
    const lost = await table();
    expect(lost).to.include(inaccessible);
    expect((lost.since ?? 0) - disabledAt).to.be.within(40 * minutes, 40 * minutes + 5000);
    pass(10);
    expect(await table()).to.deep.equal(lost);
    await scene.admin.kms.enableKey({ KeyId });
    await scan();
    expect(await table()).to.deep.equal(lost);
    pass(40);
    expect(await table()).to.deep.equal(active);
  });

  it('counts from the first of several states that it cannot be used in', async () => {
    await scene.admin.kms.disableKey({ KeyId });
    pass(30);
    await scene.admin.kms.scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 });
    pass(10);
    expect(await table()).to.include(inaccessible);
    await scene.admin.kms.cancelKeyDeletion({ KeyId });
    pass(40);
    expect(await table(), 'the key comes back disabled').to.include(inaccessible);
  });

  it('shows it when its grant was revoked, and is healed by another key', async () => {
    const { Grants } = await scene.admin.kms.listGrants({ KeyId });
    await scene.admin.kms.revokeGrant({ KeyId, GrantId: Grants?.[0]?.GrantId });
    expect(await table()).to.deep.equal(active);
    pass(40);
    expect(await table()).to.include(inaccessible);
    await scene.admin.dynamodb.updateTable({
      TableName,
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: await newKey() },
    });
    expect(await table()).to.deep.equal(active);
  });

  it('can be deleted', async () => {
    await scene.admin.kms.disableKey({ KeyId });
    pass(40);
    expect(await table()).to.include(inaccessible);
    await scene.admin.dynamodb.deleteTable({ TableName });
    expect((await refusal(table())).name).to.equal('ResourceNotFoundException');
  });

  it('stays ACTIVE when nobody looks', async () => {
    scene.sandbox.setTiming({ keyChecksMs: 0 });
    await scene.admin.kms.disableKey({ KeyId });
    pass(24 * 60);
    expect(await table()).to.deep.equal(active);
  });
});
