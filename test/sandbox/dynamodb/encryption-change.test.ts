import {
  DeleteTableCommand,
  DescribeTableCommand,
  PutItemCommand,
  ScanCommand,
  type SSESpecification,
  UpdateTableCommand,
  type UpdateTableInput,
} from '@aws-sdk/client-dynamodb';
import {
  CreateAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  ListGrantsCommand,
} from '@aws-sdk/client-kms';
import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { Scene } from './scene.ts';

const TableName = 'lab-table';
const hourMs = 60 * 60 * 1000;
const invalid = 'One or more parameter values were invalid: ';

describe('changing the key of a table', () => {
  let scene: Scene;
  let first: string;
  let second: string;

  beforeEach(async () => {
    scene = await Scene.start();
    first = await scene.key();
    second = await scene.key();
    await scene.table(TableName);
  });

  afterEach(() => scene.close());

  async function update(input: Omit<UpdateTableInput, 'TableName'>) {
    const { TableDescription } = await scene.admin.dynamodb.send(
      new UpdateTableCommand({ TableName, ...input }),
    );
    return TableDescription;
  }

  const encrypt = (SSESpecification: SSESpecification) => update({ SSESpecification });
  const encryptUnder = (KMSMasterKeyId: string) => encrypt({ Enabled: true, SSEType: 'KMS', KMSMasterKeyId });

  async function describe() {
    const { Table } = await scene.admin.dynamodb.send(new DescribeTableCommand({ TableName }));
    return Table;
  }

  async function grantsOn(KeyId: string): Promise<number | undefined> {
    return (await scene.admin.kms.send(new ListGrantsCommand({ KeyId }))).Grants?.length;
  }

  it('answers UPDATING and is done by the next request', async () => {
    const answer = await encryptUnder(first);
    expect(answer).to.deep.include({ TableStatus: 'ACTIVE', SSEDescription: { Status: 'UPDATING' } });
    expect((await describe())?.SSEDescription).to.deep.equal({
      Status: 'ENABLED',
      SSEType: 'KMS',
      KMSMasterKeyArn: first,
    });
  });

  it('shows the old key first, then the new one, while it is under way', async () => {
    await encryptUnder(first);
    scene.sandbox.setTiming({ encryptionShownMs: 9_000, encryptionChangeMs: 22_000 });
    const updating = (KMSMasterKeyArn: string) => ({ Status: 'UPDATING', SSEType: 'KMS', KMSMasterKeyArn });
    expect((await encryptUnder(second))?.SSEDescription).to.deep.equal(updating(first));
    scene.sandbox.clock.advance(8_000);
    expect((await describe())?.SSEDescription).to.deep.equal(updating(first));
    scene.sandbox.clock.advance(2_000);
    expect((await describe())?.SSEDescription).to.deep.equal(updating(second));
    expect(await grantsOn(first)).to.equal(1);
    scene.sandbox.clock.advance(13_000);
    expect(await describe()).to.deep.include({
      TableStatus: 'ACTIVE',
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: second },
    });
    expect([await grantsOn(first), await grantsOn(second)]).to.deep.equal([0, 1]);
  });

  it('goes back to the key that AWS owns, and the description goes', async () => {
    await encryptUnder(first);
    expect((await encrypt({ Enabled: false }))?.SSEDescription).to.deep.equal({
      Status: 'UPDATING',
      SSEType: 'KMS',
      KMSMasterKeyArn: first,
    });
    expect((await describe())?.SSEDescription).to.equal(undefined);
    expect(await grantsOn(first)).to.equal(0);
  });

  it('to the one that AWS manages needs no key', async () => {
    await encrypt({ Enabled: true });
    const KeyId = (await describe())?.SSEDescription?.KMSMasterKeyArn;
    const { KeyMetadata } = await scene.admin.kms.send(new DescribeKeyCommand({ KeyId }));
    expect(KeyMetadata?.KeyManager).to.equal('AWS');
  });

  it('closes the table to a user who cannot decrypt with the new one', async () => {
    const user = await scene.user('reader', 'AmazonDynamoDBFullAccess');
    await user.dynamodb.send(new PutItemCommand({ TableName, Item: { id: { S: '1' } } }));
    await encryptUnder(first);
    expect((await refusal(user.dynamodb.send(new ScanCommand({ TableName })))).message).to.contain(
      `kms:Decrypt on resource: ${first}`,
    );
    await encrypt({ Enabled: false });
    expect((await user.dynamodb.send(new ScanCommand({ TableName }))).Count).to.equal(1);
  });

  it('keeps the grant of a table that is there until the table goes', async () => {
    await encryptUnder(first);
    await scene.admin.dynamodb.send(new DeleteTableCommand({ TableName }));
    expect(await grantsOn(first)).to.equal(0);
  });

  it('is refused while another change is under way, as is deleting the table', async () => {
    const { dynamodb } = scene.admin;
    scene.sandbox.setTiming({ encryptionShownMs: 9_000, encryptionChangeMs: 22_000 });
    await encryptUnder(first);
    expect(await refusal(encrypt({ Enabled: false }))).to.deep.equal({
      name: 'ResourceInUseException',
      message:
        'Attempt to change a resource which is still in use: Server-Side Encryption is still being updated',
      status: 400,
    });
    expect(await refusal(dynamodb.send(new DeleteTableCommand({ TableName })))).to.deep.equal({
      name: 'ResourceInUseException',
      message: `Attempt to change a resource which is still in use: Table: ${TableName} is in the process of being updated.`,
      status: 400,
    });
    expect(await update({ DeletionProtectionEnabled: true })).to.include({ DeletionProtectionEnabled: true });
  });

  it('to the same key is refused by ARN only', async () => {
    await scene.admin.kms.send(new CreateAliasCommand({ AliasName: 'alias/lab', TargetKeyId: first }));
    await encryptUnder(first);
    expect(await refusal(encryptUnder(first))).to.deep.equal({
      name: 'ValidationException',
      message: `${invalid}Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key`,
      status: 400,
    });
    await encryptUnder('alias/lab');
    await encryptUnder(first.split('/')[1] ?? '');
    expect((await describe())?.SSEDescription).to.include({ Status: 'ENABLED', KMSMasterKeyArn: first });
    expect(await grantsOn(first)).to.equal(1);
  });

  it('to the one that AWS owns is refused when it is in use', async () => {
    for (const specification of [{ Enabled: false }, {}]) {
      expect(await refusal(encrypt(specification))).to.deep.equal({
        name: 'ValidationException',
        message: `${invalid}Table is already encrypted by default`,
        status: 400,
      });
    }
  });

  it('must be all that an UpdateTable asks for', async () => {
    const refused = await refusal(
      update({ SSESpecification: { Enabled: true }, DeletionProtectionEnabled: true }),
    );
    expect(refused).to.deep.equal({
      name: 'ValidationException',
      message: `${invalid}Server-Side Encryption modification must be the only operation in the request`,
      status: 400,
    });
    expect(await describe()).to.deep.include({ DeletionProtectionEnabled: false });
  });

  it('needs the old key as well as the new one', async () => {
    await encryptUnder(first);
    await scene.admin.kms.send(new DisableKeyCommand({ KeyId: first }));
    for (const change of [() => encryptUnder(second), () => encrypt({ Enabled: false })]) {
      expect((await refusal(change())).message).to.contain(`${first} is disabled.`);
    }
    expect((await describe())?.SSEDescription).to.include({ Status: 'ENABLED', KMSMasterKeyArn: first });
    expect(await grantsOn(second)).to.equal(0);
  });

  it('is possible four times in a day, then every six hours', async () => {
    for (let change = 0; change < 2; change++) {
      await encryptUnder(first);
      await encrypt({ Enabled: false });
    }
    const refused = await refusal(encryptUnder(first));
    expect(refused).to.include({ name: 'LimitExceededException', status: 400 });
    const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
    expect(refused.message).to.match(
      new RegExp(
        `^Subscriber limit exceeded: Encryption mode changes are limited in the 24h window ending at ${time}\\. ` +
          'After the first 4 change, each subsequent change in the same window can be performed at most once every 21600 seconds\\. ' +
          `Number of updates today: 4\\. Last change at ${time}\\. Next changes can be made at ${time}\\.$`,
      ),
    );
    scene.sandbox.clock.advance(6 * hourMs);
    await encryptUnder(first);
    expect((await refusal(encryptUnder(second))).name).to.equal('LimitExceededException');
    scene.sandbox.clock.advance(18 * hourMs);
    await encryptUnder(second);
    await encryptUnder(first);
  });

  it('counts only what was carried out', async () => {
    for (let attempt = 0; attempt < 5; attempt++) {
      expect((await refusal(encryptUnder('alias/nobody'))).name).to.equal('ValidationException');
    }
    await encryptUnder(first);
  });
});
