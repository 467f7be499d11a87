import { expect } from 'chai';
import { allow, Scene, type User } from '../cloudtrail/scene.ts';
import { refusal } from '../refusal.ts';

const delay = 60_000;
const invalidPrincipals = {
  name: 'MalformedPolicyDocumentException',
  message: 'Policy contains a statement with one or more invalid principals.',
  status: 400,
};

describe('KMS keys, where changes take time to count', () => {
  let scene: Scene;
  let ann: User;
  let KeyId: string;
  let root: string;
  beforeEach(async () => {
    scene = await Scene.start();
    ann = await scene.user('ann');
    root = `arn:aws:iam::${scene.sandbox.account.id}:root`;
    const { KeyMetadata } = await scene.admin.kms.createKey({});
    KeyId = KeyMetadata?.Arn ?? '';
    scene.sandbox.setTiming({ policiesMs: delay, grantsMs: delay });
  });
  afterEach(() => scene.close());

  const use = (GrantTokens?: string[]) =>
    ann.kms.encrypt({ KeyId, Plaintext: Buffer.from('x'), GrantTokens });
  const isDenied = async (request: Promise<unknown>) =>
    expect((await refusal(request)).name).to.equal('AccessDeniedException');
  const pass = () => scene.sandbox.clock.advance(delay);
  const keyPolicy = (...principals: string[]) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: principals.map((AWS) => ({
        Effect: 'Allow',
        Principal: { AWS },
        Action: 'kms:*',
        Resource: '*',
      })),
    });
  const grant = async () => {
    const { GrantId = '', GrantToken = '' } = await scene.admin.kms.createGrant({
      KeyId,
      GranteePrincipal: ann.arn,
      Operations: ['Encrypt', 'RetireGrant'],
    });
    return { GrantId, GrantToken };
  };

  it('go by the old key policy until the delay is over', async () => {
    const put = (Policy: string) => scene.admin.kms.putKeyPolicy({ KeyId, Policy });
    await put(keyPolicy(root, ann.arn));
    expect((await scene.admin.kms.getKeyPolicy({ KeyId })).Policy).to.include(ann.arn);
    await isDenied(use());
    pass();
    await use();
    await put(keyPolicy(root));
    await use();
    pass();
    await isDenied(use());
  });

  it('do not know a new grant, but for a request that carries its token', async () => {
    const { GrantId, GrantToken } = await grant();
    const { Grants = [] } = await scene.admin.kms.listGrants({ KeyId });
    expect(Grants.map((one) => one.GrantId)).to.deep.equal([GrantId]);
    await isDenied(use());
    await use([GrantToken]);
    pass();
    await use();
  });

  it('take a token for its own grant only', async () => {
    const { GrantToken } = await grant();
    const { KeyMetadata } = await scene.admin.kms.createKey({});
    const Plaintext = Buffer.from('x');
    const other = ann.kms.encrypt({ KeyId: KeyMetadata?.KeyId, Plaintext, GrantTokens: [GrantToken] });
    await isDenied(other);
    const writer = await scene.user('writer');
    await isDenied(writer.kms.encrypt({ KeyId, Plaintext, GrantTokens: [GrantToken] }));
    const decrypting = ann.kms.generateDataKey({ KeyId, KeySpec: 'AES_256', GrantTokens: [GrantToken] });
    await isDenied(decrypting);
  });

  for (const end of ['revokeGrant', 'retireGrant'] as const) {
    it(`go by a grant that ${end} ended until the delay is over, and its token opens nothing`, async () => {
      const { GrantId, GrantToken } = await grant();
      pass();
      if (end === 'revokeGrant') await scene.admin.kms.revokeGrant({ KeyId, GrantId });
      else await ann.kms.retireGrant({ KeyId, GrantId });
      expect((await scene.admin.kms.listGrants({ KeyId })).Grants).to.deep.equal([]);
      await use();
      pass();
      await isDenied(use());
      await isDenied(use([GrantToken]));
    });
  }

  it('let a grant that is new be retired by its token', async () => {
    const { GrantToken } = await grant();
    await ann.kms.retireGrant({ GrantToken });
    await isDenied(use([GrantToken]));
    pass();
    await isDenied(use());
  });

  it('do not know a new user as a principal', async () => {
    await scene.admin.iam.createUser({ UserName: 'new' });
    const arn = ann.arn.replace('/ann', '/new');
    const put = () => scene.admin.kms.putKeyPolicy({ KeyId, Policy: keyPolicy(root, arn) });
    expect(await refusal(put())).to.deep.equal(invalidPrincipals);
    const made = scene.admin.kms.createGrant({ KeyId, GranteePrincipal: arn, Operations: ['Encrypt'] });
    expect((await refusal(made)).name).to.equal('InvalidArnException');
    pass();
    await put();
  });

  it('do not know a user under its new name', async () => {
    await scene.admin.iam.updateUser({ UserName: 'ann', NewUserName: 'stranger' });
    const Policy = keyPolicy(root, ann.arn.replace('/ann', '/stranger'));
    expect(await refusal(scene.admin.kms.putKeyPolicy({ KeyId, Policy }))).to.deep.equal(invalidPrincipals);
    pass();
    await scene.admin.kms.putKeyPolicy({ KeyId, Policy });
  });
});

describe('roles, where changes take time to count', () => {
  let scene: Scene;
  let ann: User;
  let RoleArn: string;
  const RoleName = 'operator';
  beforeEach(async () => {
    scene = await Scene.start();
    ann = await scene.user('ann', [allow('sts:AssumeRole')]);
    RoleArn = `arn:aws:iam::${scene.sandbox.account.id}:role/${RoleName}`;
  });
  afterEach(() => scene.close());

  const trusting = (AWS: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }],
    });
  const slow = () => scene.sandbox.setTiming({ policiesMs: delay });
  const create = () => scene.admin.iam.createRole({ RoleName, AssumeRolePolicyDocument: trusting(ann.arn) });
  const assume = async () => {
    const { Credentials } = await ann.sts.assumeRole({ RoleArn, RoleSessionName: 'visit' });
    return scene.clients({
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    });
  };

  it('cannot be assumed while they are new', async () => {
    slow();
    await create();
    expect((await refusal(assume())).name).to.equal('AccessDenied');
    scene.sandbox.clock.advance(delay);
    await assume();
  });

  it('go by the old trust policy', async () => {
    await create();
    slow();
    const PolicyDocument = trusting(`arn:aws:iam::${scene.sandbox.account.id}:user/administrator`);
    await scene.admin.iam.updateAssumeRolePolicy({ RoleName, PolicyDocument });
    await assume();
    scene.sandbox.clock.advance(delay);
    expect((await refusal(assume())).name).to.equal('AccessDenied');
  });

  it('have the policies of before in their sessions, and give them working credentials at once', async () => {
    await create();
    scene.sandbox.setTiming({ policiesMs: delay, accessKeysMs: delay });
    const session = await assume();
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [allow('kms:ListKeys')] });
    await scene.admin.iam.putRolePolicy({ RoleName, PolicyName: 'own', PolicyDocument });
    expect((await refusal(session.kms.listKeys({}))).name).to.equal('AccessDeniedException');
    scene.sandbox.clock.advance(delay);
    await session.kms.listKeys({});
    await scene.admin.iam.deleteRolePolicy({ RoleName, PolicyName: 'own' });
    await scene.admin.iam.deleteRole({ RoleName });
    await session.kms.listKeys({});
    scene.sandbox.clock.advance(delay);
    expect((await refusal(session.kms.listKeys({}))).name).to.equal('AccessDeniedException');
  });

  it('are unknown to the trust policies of others while they are new', async () => {
    slow();
    await create();
    const trust = () =>
      scene.admin.iam.createRole({ RoleName: 'second', AssumeRolePolicyDocument: trusting(RoleArn) });
    expect(await refusal(trust())).to.include({
      name: 'MalformedPolicyDocumentException',
      message: `Invalid principal in policy: "AWS":"${RoleArn}"`,
    });
    scene.sandbox.clock.advance(delay);
    await trust();
  });
});
