import { expect } from 'chai';
import fc from 'fast-check';
import type { AccountAccess } from '../../../sandbox/sandbox.ts';
import { Accounts, allow, policy, type User } from '../accounts/scene.ts';
import { refusal } from '../refusal.ts';

const RoleSessionName = 'visit';

describe('AssumeRole', () => {
  let accounts: Accounts;
  let home: AccountAccess;
  let other: AccountAccess;
  let account: string;

  before(async () => {
    accounts = await Accounts.start();
    home = accounts.sandbox;
    other = accounts.sandbox.addAccount();
    account = home.account.id;
  });
  after(() => accounts.sandbox.close());

  const denial = (arn: string, role: string): object => ({
    name: 'AccessDenied',
    message: `User: ${arn} is not authorized to perform: sts:AssumeRole on resource: ${role}`,
    status: 403,
  });

  it('gives out temporary credentials of a session', async () => {
    const ann = await accounts.user(home, 'ann');
    const RoleArn = await accounts.role(home, 'plain', { Principal: { AWS: ann.arn } });
    const before = accounts.sandbox.clock.now().getTime();
    const { $metadata, Credentials, AssumedRoleUser, ...rest } = await ann.sts.assumeRole({
      RoleArn,
      RoleSessionName,
    });
    const { Role } = await accounts.admin(home).iam.getRole({ RoleName: 'plain' });
    const Arn = `arn:aws:sts::${account}:assumed-role/plain/visit`;
    expect(AssumedRoleUser).to.deep.equal({ Arn, AssumedRoleId: `${Role?.RoleId}:visit` });
    expect(rest).to.deep.equal({});
    expect(Credentials?.AccessKeyId).to.match(/^ASIA[A-Z2-7]{16}$/);
    expect(Credentials?.SecretAccessKey).to.match(/^[A-Za-z0-9+/]{40}$/);
    const lasts = (Credentials?.Expiration?.getTime() ?? 0) - before;
    expect(lasts).to.be.within(3_598_000, 3_601_000);
    const session = await accounts.session(ann.sts, { RoleArn, RoleSessionName });
    const { $metadata: _, ...identity } = await session.sts.getCallerIdentity({});
    expect(identity).to.deep.equal({ Account: account, Arn, UserId: `${Role?.RoleId}:visit` });
  });

  it('leaves the path of the role out of the ARN of the session', async () => {
    const { iam, sts } = accounts.admin(home);
    const trust = policy({ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' });
    const { Role } = await iam.createRole({
      RoleName: 'deep',
      Path: '/a/b/',
      AssumeRolePolicyDocument: trust,
    });
    const { AssumedRoleUser } = await sts.assumeRole({ RoleArn: Role?.Arn, RoleSessionName });
    expect(AssumedRoleUser?.Arn).to.equal(`arn:aws:sts::${account}:assumed-role/deep/visit`);
    const pathless = `arn:aws:iam::${account}:role/deep`;
    expect((await refusal(sts.assumeRole({ RoleArn: pathless, RoleSessionName }))).name).to.equal(
      'AccessDenied',
    );
  });

  describe('is decided by the trust policy and the own account', () => {
    const cases: Record<
      string,
      { names: 'user' | 'account'; from: 'home' | 'other'; identity: boolean; ok: boolean }
    > = {
      'the user named, same account, no identity policy': {
        names: 'user',
        from: 'home',
        identity: false,
        ok: true,
      },
      'the account named, no identity policy': { names: 'account', from: 'home', identity: false, ok: false },
      'the account named, identity policy': { names: 'account', from: 'home', identity: true, ok: true },
      'the user of another account named, no identity policy': {
        names: 'user',
        from: 'other',
        identity: false,
        ok: false,
      },
      'the user of another account named, identity policy': {
        names: 'user',
        from: 'other',
        identity: true,
        ok: true,
      },
      'another account named, no identity policy': {
        names: 'account',
        from: 'other',
        identity: false,
        ok: false,
      },
      'another account named, identity policy': { names: 'account', from: 'other', identity: true, ok: true },
    };
    for (const [index, [title, { names, from, identity, ok }]] of Object.entries(cases).entries()) {
      it(`${title}: ${ok ? 'assumed' : 'denied'}`, async () => {
        const access = from === 'home' ? home : other;
        const user = await accounts.user(
          access,
          `user-${index}`,
          identity ? [allow('sts:AssumeRole', `arn:aws:iam::${account}:role/role-${index}`)] : [],
        );
        const named = names === 'user' ? user.arn : access.account.id;
        const RoleArn = await accounts.role(home, `role-${index}`, { Principal: { AWS: named } });
        const call = user.sts.assumeRole({ RoleArn, RoleSessionName });
        if (ok) expect((await call).AssumedRoleUser?.Arn).to.contain(`:${account}:assumed-role/`);
        else expect(await refusal(call)).to.deep.equal(denial(user.arn, RoleArn));
      });
    }
  });

  it('is denied in one sentence, whatever is missing', async () => {
    const stranger = await accounts.user(home, 'stranger', [allow('sts:*')]);
    const closed = await accounts.role(home, 'closed', { Principal: { AWS: other.account.id } });
    const guarded = await accounts.role(home, 'guarded', {
      Principal: { AWS: account },
      Condition: { StringEquals: { 'sts:ExternalId': 'secret' } },
    });
    const missing = `arn:aws:iam::${account}:role/missing`;
    const nowhere = 'arn:aws:iam::999999999999:role/missing';
    for (const RoleArn of [closed, guarded, missing, nowhere]) {
      const answer = await refusal(stranger.sts.assumeRole({ RoleArn, RoleSessionName }));
      expect(answer).to.deep.equal(denial(stranger.arn, RoleArn));
    }
    const wrong = await refusal(
      stranger.sts.assumeRole({ RoleArn: guarded, RoleSessionName, ExternalId: 'guess' }),
    );
    expect(wrong).to.deep.equal(denial(stranger.arn, guarded));
    await stranger.sts.assumeRole({ RoleArn: guarded, RoleSessionName, ExternalId: 'secret' });
  });

  it('takes an external id that the role does not ask for', async () => {
    const { sts } = accounts.admin(home);
    const RoleArn = await accounts.role(home, 'careless', { Principal: { AWS: account } });
    await sts.assumeRole({ RoleArn, RoleSessionName, ExternalId: 'whatever' });
  });

  it('lets the trust policy look at the name of the session', async () => {
    const { sts } = accounts.admin(home);
    const RoleArn = await accounts.role(home, 'named', {
      Principal: { AWS: account },
      Condition: { StringLike: { 'sts:RoleSessionName': 'ci-*' } },
    });
    await sts.assumeRole({ RoleArn, RoleSessionName: 'ci-1' });
    expect((await refusal(sts.assumeRole({ RoleArn, RoleSessionName }))).name).to.equal('AccessDenied');
  });

  it('is refused to the account root', async () => {
    const RoleArn = await accounts.role(home, 'for-all', { Principal: '*' });
    const { sts } = accounts.clients(home.root);
    expect(await refusal(sts.assumeRole({ RoleArn, RoleSessionName }))).to.deep.equal({
      name: 'AccessDenied',
      message: 'Roles may not be assumed by root accounts.',
      status: 403,
    });
  });

  describe('refuses', () => {
    const invalid: Record<string, string> = {
      'nothing-valid-in-here': 'nothing-valid-in-here is invalid',
      'arn::b:::something/test-role': 'arn::b:::something/test-role is invalid',
      'arn:a::::something/test-role': 'arn:a::::something/test-role is invalid',
      'arn:a:::something/test-role': 'arn:a:::something/test-role is invalid',
      'arn:a:a::aaaaaaaaaa:': 'arn:a:a::aaaaaaaaaa: is invalid',
      'arn:aws:iam::123456789012:user/ann': 'arn:aws:iam::123456789012:user/ann is invalid',
    };
    for (const [RoleArn, message] of Object.entries(invalid)) {
      it(`the ARN ${RoleArn}`, async () => {
        const { sts } = accounts.admin(home);
        expect(await refusal(sts.assumeRole({ RoleArn, RoleSessionName }))).to.deep.equal({
          name: 'ValidationError',
          message,
          status: 400,
        });
      });
    }

    it('a session name with other characters', async () => {
      const { sts } = accounts.admin(home);
      const RoleArn = `arn:aws:iam::${account}:role/any`;
      expect(await refusal(sts.assumeRole({ RoleArn, RoleSessionName: 'Session1:2' }))).to.deep.equal({
        name: 'ValidationError',
        message:
          "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
        status: 400,
      });
    });

    it('what it would have to honour and does not', async () => {
      const { sts } = accounts.admin(home);
      const RoleArn = await accounts.role(home, 'tagged', { Principal: { AWS: account } });
      const input = { RoleArn, RoleSessionName, Tags: [{ Key: 'a', Value: 'b' }] };
      expect((await refusal(sts.assumeRole(input))).message).to.equal(
        'The sandbox does not support Tags in AssumeRole.',
      );
      const coded = { RoleArn, RoleSessionName, SerialNumber: 'arn:aws:iam::1:mfa/a', TokenCode: '123456' };
      expect((await refusal(sts.assumeRole(coded))).message).to.contain('MultiFactorAuthentication failed');
    });
  });

  it('bounds the duration by the role, and by an hour where roles are chained', async () => {
    const { sts, iam } = accounts.admin(home);
    const RoleArn = await accounts.role(
      home,
      'long',
      { Principal: { AWS: account } },
      [allow('sts:*')],
      7200,
    );
    const ask = (client: User['sts'], DurationSeconds: number): Promise<unknown> =>
      client.assumeRole({ RoleArn, RoleSessionName, DurationSeconds });
    await ask(sts, 7200);
    expect((await refusal(ask(sts, 7201))).message).to.equal(
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
    expect((await refusal(ask(sts, 899))).message).to.contain(
      "Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
    );
    const chained = await accounts.session(sts, { RoleArn, RoleSessionName });
    await ask(chained.sts, 3600);
    expect(await refusal(ask(chained.sts, 3601))).to.deep.equal({
      name: 'ValidationError',
      message:
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
      status: 400,
    });
    await iam.updateRole({ RoleName: 'long', MaxSessionDuration: 3600 });
    expect((await refusal(ask(sts, 7200))).message).to.contain('MaxSessionDuration');
  });
});

describe('a role session', () => {
  let accounts: Accounts;
  let home: AccountAccess;
  let account: string;

  beforeEach(async () => {
    accounts = await Accounts.start();
    home = accounts.sandbox;
    account = home.account.id;
  });
  afterEach(() => accounts.sandbox.close());

  const open = (statements: readonly object[]): Promise<string> =>
    accounts.role(home, 'worker', { Principal: { AWS: account } }, statements);

  it('may do what the role may, not what the caller may', async () => {
    const { sts, iam, kms } = accounts.admin(home);
    const RoleArn = await open([allow('kms:DescribeKey')]);
    const { KeyMetadata } = await kms.createKey({});
    const session = await accounts.session(sts, { RoleArn, RoleSessionName });
    await session.kms.describeKey({ KeyId: KeyMetadata?.KeyId });
    const arn = `arn:aws:sts::${account}:assumed-role/worker/visit`;
    expect((await refusal(session.kms.getKeyPolicy({ KeyId: KeyMetadata?.KeyId }))).message).to.equal(
      `User: ${arn} is not authorized to perform: kms:GetKeyPolicy on resource: ${KeyMetadata?.Arn} because no identity-based policy allows the kms:GetKeyPolicy action`,
    );
    // What the role may do changes for sessions that are open.
    await iam.deleteRolePolicy({ RoleName: 'worker', PolicyName: 'own' });
    expect((await refusal(session.kms.describeKey({ KeyId: KeyMetadata?.KeyId }))).name).to.equal(
      'AccessDeniedException',
    );
  });

  it('is limited by its session policies, inline and managed', async () => {
    const { sts } = accounts.admin(home);
    const RoleArn = await open([allow(['kms:*', 'iam:ListUsers'])]);
    const session = (input: { Policy?: string; PolicyArns?: { arn: string }[] }) =>
      accounts.session(sts, { RoleArn, RoleSessionName, ...input });
    const arn = `arn:aws:sts::${account}:assumed-role/worker/visit`;
    const noSession = `User: ${arn} is not authorized to perform: kms:ListKeys on resource: * because no session policy allows the kms:ListKeys action`;
    const inline = await session({ Policy: policy(allow(['iam:ListUsers', 'iam:ListRoles'])) });
    await inline.iam.listUsers({});
    expect((await refusal(inline.kms.listKeys({}))).message).to.equal(noSession);
    // A session policy gives nothing that the role does not have.
    expect((await refusal(inline.iam.listRoles({}))).message).to.contain('no identity-based policy allows');
    const managed = await session({ PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/IAMFullAccess' }] });
    await managed.iam.listUsers({});
    expect((await refusal(managed.kms.listKeys({}))).message).to.equal(noSession);
    const both = await session({
      Policy: policy(allow('kms:ListKeys')),
      PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/IAMFullAccess' }],
    });
    await both.iam.listUsers({});
    await both.kms.listKeys({});
  });

  it('is told how large its session policies are, and that some are no policies', async () => {
    const { sts } = accounts.admin(home);
    const RoleArn = await open([]);
    const ask = (more: object) => sts.assumeRole({ RoleArn, RoleSessionName, ...more });
    expect((await ask({ Policy: policy(allow('kms:*')) })).PackedPolicySize).to.be.within(1, 100);
    expect(await refusal(ask({ Policy: '{"Version"' }))).to.deep.include({
      name: 'MalformedPolicyDocumentException',
      message: 'This policy contains invalid Json',
    });
    expect((await refusal(ask({ Policy: ' '.repeat(2049) }))).message).to.contain(
      'length less than or equal to 2048',
    );
    const arn = `arn:aws:iam::${account}:policy/missing`;
    expect((await refusal(ask({ PolicyArns: [{ arn }] }))).message).to.contain(arn);
  });

  it('ends with its expiration by the clock of the account', async () => {
    const { sts } = accounts.admin(home);
    const RoleArn = await open([allow('*')]);
    const session = await accounts.session(sts, { RoleArn, RoleSessionName, DurationSeconds: 900 });
    accounts.sandbox.clock.advance(895_000);
    await session.sts.getCallerIdentity({});
    accounts.sandbox.clock.advance(5_000);
    expect(await refusal(session.iam.listUsers({}))).to.deep.equal({
      name: 'ExpiredToken',
      message: 'The security token included in the request is expired',
      status: 403,
    });
    expect(await refusal(session.kms.listKeys({}))).to.deep.equal({
      name: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
      status: 400,
    });
  });

  it('is forgotten a day after it expired, once another one is opened', async () => {
    const { sts } = accounts.admin(home);
    const RoleArn = await open([allow('*')]);
    const session = await accounts.session(sts, { RoleArn, RoleSessionName, DurationSeconds: 900 });
    const again = async (): Promise<string> => {
      await sts.assumeRole({ RoleArn, RoleSessionName });
      return (await refusal(session.kms.listKeys({}))).name;
    };
    accounts.sandbox.clock.advance(24 * 3_600_000);
    expect(await again()).to.equal('ExpiredTokenException');
    accounts.sandbox.clock.advance(900_000);
    expect(await again()).to.equal('UnrecognizedClientException');
  });

  it('needs its own session token', async () => {
    const { sts } = accounts.admin(home);
    const RoleArn = await open([allow('*')]);
    const one = await accounts.session(sts, { RoleArn, RoleSessionName });
    const two = await accounts.session(sts, { RoleArn, RoleSessionName });
    const { accessKeyId, secretAccessKey } = one.credentials;
    for (const sessionToken of [undefined, 'made-up', two.credentials.sessionToken]) {
      const { iam } = accounts.clients({ accessKeyId, secretAccessKey, sessionToken });
      expect((await refusal(iam.listUsers({}))).name).to.equal('InvalidClientTokenId');
    }
  });

  it('shows in the conditions of policies, and in the last use of its role', async () => {
    const { sts, iam } = accounts.admin(home);
    const RoleArn = await open([
      allow('iam:ListUsers', '*', {
        Condition: {
          Bool: { 'aws:MultiFactorAuthPresent': 'false' },
          Null: { 'aws:TokenIssueTime': 'false' },
        },
      }),
      allow('iam:ListGroups', '*', { Condition: { StringEquals: { 'aws:PrincipalType': 'User' } } }),
      allow('iam:ListRoles', '*', {
        Condition: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/worker` } },
      }),
    ]);
    const unused = await iam.getRole({ RoleName: 'worker' });
    expect(unused.Role?.RoleLastUsed).to.deep.equal({});
    const session = await accounts.session(sts, { RoleArn, RoleSessionName });
    await session.iam.listUsers({});
    await session.iam.listRoles({});
    expect((await refusal(session.iam.listGroups({}))).name).to.equal('AccessDenied');
    const { Role } = await iam.getRole({ RoleName: 'worker' });
    expect(Role?.RoleLastUsed?.Region).to.equal('us-east-1');
    expect(Role?.RoleLastUsed?.LastUsedDate).to.be.instanceOf(Date);
    // A user's own key has neither key in its requests.
    const ann = await accounts.user(home, 'ann', [
      allow('iam:ListUsers', '*', { Condition: { Null: { 'aws:TokenIssueTime': 'false' } } }),
    ]);
    expect((await refusal(ann.iam.listUsers({}))).name).to.equal('AccessDenied');
  });

  it('may do what both the role and the session policy allow, and nothing else', async () => {
    const { sts, iam } = accounts.admin(home);
    const RoleArn = await open([]);
    const calls = {
      'iam:ListUsers': (client: User['iam']) => client.listUsers({}),
      'iam:ListRoles': (client: User['iam']) => client.listRoles({}),
      'iam:ListGroups': (client: User['iam']) => client.listGroups({}),
    };
    const actions = Object.keys(calls);
    const some = fc.subarray(actions, { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(some, some, fc.boolean(), async (ofRole, ofSession, denies) => {
        const statements = [
          allow(ofRole),
          ...(denies ? [{ ...allow('iam:ListRoles'), Effect: 'Deny' }] : []),
        ];
        const document = policy(...statements);
        await iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'own', PolicyDocument: document });
        const session = await accounts.session(sts, {
          RoleArn,
          RoleSessionName,
          Policy: policy(allow(ofSession)),
        });
        for (const [action, call] of Object.entries(calls)) {
          const expected =
            ofRole.includes(action) && ofSession.includes(action) && !(denies && action === 'iam:ListRoles');
          const allowed = await call(session.iam).then(
            () => true,
            () => false,
          );
          expect(allowed, action).to.equal(expected);
        }
      }),
      { numRuns: 12 },
    );
  });
});
