import { expect } from 'chai';
import { type Clients, Scene, type User } from '../cloudtrail/scene.ts';
import { refusal } from '../refusal.ts';

const TableName = 'patients';
const minutes = 60_000;

describe('table keys that DynamoDB has at hand', () => {
  let scene: Scene;
  let ann: User;
  let KeyId: string;
  beforeEach(async () => {
    scene = await Scene.start();
    scene.sandbox.setTiming({ tableKeyCacheMs: 5 * minutes });
    const { KeyMetadata } = await scene.admin.kms.createKey({});
    KeyId = KeyMetadata?.Arn ?? '';
    await table(KeyId);
    ann = await scene.user('ann', statements('dynamodb:*', 'kms:Decrypt'));
  });
  afterEach(() => scene.close());

  const statements = (...Action: string[]) => [{ Effect: 'Allow', Action, Resource: '*' }];
  const table = (KMSMasterKeyId: string) =>
    scene.admin.dynamodb.createTable({
      TableName,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId },
    });
  const read = ({ dynamodb }: Clients) => dynamodb.getItem({ TableName, Key: { id: { S: '1' } } });
  const isDenied = async (clients: Clients) =>
    expect((await refusal(read(clients))).message).to.match(/^KMS key access denied error: .*kms:Decrypt/);
  const revoke = () => scene.admin.iam.deleteUserPolicy({ UserName: 'ann', PolicyName: 'inline' });
  const permit = (...actions: string[]) =>
    scene.admin.iam.putUserPolicy({
      UserName: 'ann',
      PolicyName: 'inline',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements(...actions) }),
    });
  const decrypts = async () => (await scene.records('Decrypt')).length;
  const pass = (minutesLater: number) => scene.sandbox.clock.advance(minutesLater * minutes);

  it('open the table for five minutes after access was taken away, and no longer', async () => {
    await read(ann);
    await permit('dynamodb:*');
    for (let minute = 0; minute < 4; minute++) {
      await read(ann);
      pass(1);
    }
    await read(ann);
    pass(1);
    await isDenied(ann);
    await permit('dynamodb:*', 'kms:Decrypt');
    await read(ann);
  });

  it('do not spare the caller the permission of DynamoDB', async () => {
    await read(ann);
    await revoke();
    expect((await refusal(read(ann))).message).to.include('dynamodb:GetItem');
  });

  it('outlast a key that is disabled, and are asked for again after five minutes of use', async () => {
    await read(ann);
    await scene.admin.kms.disableKey({ KeyId });
    for (let half = 0; half < 9; half++) {
      pass(0.5);
      await read(ann);
    }
    pass(0.5);
    expect((await refusal(read(ann))).message).to.match(/^KMS key disabled error/);
    await scene.admin.kms.enableKey({ KeyId });
    await read(ann);
  });

  it('are not there after a refusal: what was just allowed works on the next try', async () => {
    await permit('dynamodb:*');
    await isDenied(ann);
    await permit('dynamodb:*', 'kms:Decrypt');
    await read(ann);
  });

  it('leave one Decrypt in five minutes, whatever the traffic', async () => {
    for (let call = 0; call < 3; call++) await read(ann);
    await ann.dynamodb.scan({ TableName });
    await ann.dynamodb.putItem({ TableName, Item: { id: { S: '2' } } });
    expect(await decrypts()).to.equal(1);
    pass(5);
    await read(ann);
    expect(await decrypts()).to.equal(2);
  });

  it('are the caller’s own', async () => {
    await read(ann);
    const writer = await scene.user('writer', statements('dynamodb:*'));
    await isDenied(writer);
    await read(scene.admin);
    expect(await decrypts()).to.equal(3);
  });

  it('serve a user’s other access key, but not its sessions', async () => {
    await read(ann);
    await permit('dynamodb:*');
    const { AccessKey } = await scene.admin.iam.createAccessKey({ UserName: 'ann' });
    await read(
      scene.clients({
        accessKeyId: AccessKey?.AccessKeyId ?? '',
        secretAccessKey: AccessKey?.SecretAccessKey ?? '',
      }),
    );
    const { Credentials } = await ann.sts.getSessionToken({});
    await isDenied(
      scene.clients({
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      }),
    );
  });

  it('are of no use once the table is under another KMS key, or is another table of the same name', async () => {
    await read(ann);
    const { KeyMetadata } = await scene.admin.kms.createKey({});
    await scene.admin.dynamodb.updateTable({
      TableName,
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: KeyMetadata?.Arn },
    });
    await permit('dynamodb:*');
    await isDenied(ann);
    await permit('dynamodb:*', 'kms:Decrypt');
    await read(ann);
    await scene.admin.dynamodb.deleteTable({ TableName });
    await table(KeyId);
    await permit('dynamodb:*');
    await isDenied(ann);
  });

  it('are not kept when nothing is said of them', async () => {
    scene.sandbox.setTiming({ tableKeyCacheMs: 0 });
    await read(ann);
    await read(ann);
    expect(await decrypts()).to.equal(2);
    await permit('dynamodb:*');
    await isDenied(ann);
  });
});
