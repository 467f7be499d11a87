import { expect } from 'chai';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { realistic } from '../../../sandbox/timing/timing.ts';
import { allow, Scene, type User } from '../cloudtrail/scene.ts';
import { refusal } from '../refusal.ts';

const delay = 60_000;
const message = 'The security token included in the request is invalid.';

describe('access keys, where they take time to be known', () => {
  let scene: Scene;
  let ann: User;
  beforeEach(async () => {
    scene = await Scene.start();
    ann = await scene.user('ann', [allow('*')]);
    scene.sandbox.setTiming({ accessKeysMs: delay });
  });
  afterEach(() => scene.close());

  const works = () => ann.kms.listKeys({});
  const pass = () => scene.sandbox.clock.advance(delay);

  it('are refused while they are new, in each service’s words', async () => {
    const { AccessKey } = await scene.admin.iam.createAccessKey({ UserName: 'ann' });
    const young = scene.clients({
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    });
    const unknown = { name: 'UnrecognizedClientException', message, status: 400 };
    const invalid = { name: 'InvalidClientTokenId', message, status: 403 };
    expect(await refusal(young.kms.listKeys({}))).to.deep.equal(unknown);
    expect(await refusal(young.dynamodb.listTables({}))).to.deep.equal(unknown);
    expect(await refusal(young.sts.getCallerIdentity({}))).to.deep.equal(invalid);
    expect(await refusal(young.iam.getUser({}))).to.deep.equal(invalid);
    scene.sandbox.clock.advance(delay - 5000);
    expect(await refusal(young.kms.listKeys({}))).to.deep.equal(unknown);
    scene.sandbox.clock.advance(5000);
    await young.kms.listKeys({});
    expect((await young.sts.getCallerIdentity({})).Arn).to.equal(ann.arn);
  });

  it('work on while their deactivation is new, and come back as late', async () => {
    const AccessKeyId = ann.accessKey.accessKeyId;
    const set = (Status: 'Active' | 'Inactive') =>
      scene.admin.iam.updateAccessKey({ UserName: 'ann', AccessKeyId, Status });
    await set('Inactive');
    const { AccessKeyMetadata } = await scene.admin.iam.listAccessKeys({ UserName: 'ann' });
    expect(AccessKeyMetadata?.[0]?.Status).to.equal('Inactive');
    await works();
    pass();
    expect((await refusal(works())).name).to.equal('UnrecognizedClientException');
    await set('Active');
    expect((await refusal(works())).name).to.equal('UnrecognizedClientException');
    pass();
    await works();
  });

  it('work on while their deletion is new, even that of their user', async () => {
    scene.sandbox.setTiming({ policiesMs: delay });
    const { iam } = scene.admin;
    await iam.deleteAccessKey({ UserName: 'ann', AccessKeyId: ann.accessKey.accessKeyId });
    await works();
    await iam.deleteUserPolicy({ UserName: 'ann', PolicyName: 'inline' });
    await iam.deleteUser({ UserName: 'ann' });
    await works();
    pass();
    expect((await refusal(works())).name).to.equal('UnrecognizedClientException');
  });
});

describe('the access keys that an account begins with', () => {
  it('work at once, whatever the timing', async () => {
    const sandbox = await startSandbox({ timing: realistic });
    const scene = new Scene(sandbox);
    await scene.admin.kms.listKeys({});
    await scene.clients(sandbox.root).iam.listUsers({});
    const { administrator } = sandbox.addAccount();
    await scene.clients(administrator).kms.createKey({});
    await sandbox.close();
  });
});
