import { expect } from 'chai';
import type { AccountAccess } from '../../../sandbox/sandbox.ts';
import { Accounts, allow, policy, temporary } from '../accounts/scene.ts';
import { refusal } from '../refusal.ts';

describe('sessions that a user makes for itself', () => {
  let accounts: Accounts;
  let home: AccountAccess;
  let account: string;

  beforeEach(async () => {
    accounts = await Accounts.start();
    home = accounts.sandbox;
    account = home.account.id;
  });
  afterEach(() => accounts.sandbox.close());

  describe('GetSessionToken', () => {
    it('gives the user its own permissions for a time, but not in IAM', async () => {
      const ann = await accounts.user(home, 'ann', [allow(['kms:ListKeys', 'iam:ListUsers', 'sts:*'])]);
      const { Credentials } = await ann.sts.getSessionToken({ DurationSeconds: 900 });
      expect(Credentials?.AccessKeyId).to.match(/^ASIA/);
      const session = accounts.clients(temporary(Credentials));
      expect((await session.sts.getCallerIdentity({})).Arn).to.equal(ann.arn);
      await session.kms.listKeys({});
      expect((await refusal(session.kms.listAliases({}))).message).to.equal(
        `User: ${ann.arn} is not authorized to perform: kms:ListAliases on resource: * because no identity-based policy allows the kms:ListAliases action`,
      );
      expect(await refusal(session.iam.listUsers({}))).to.deep.equal({
        name: 'InvalidClientTokenId',
        message: 'The security token included in the request is invalid.',
        status: 403,
      });
      accounts.sandbox.clock.advance(900_000);
      expect((await refusal(session.kms.listKeys({}))).name).to.equal('ExpiredTokenException');
    });

    it('is not for temporary credentials, which may assume roles all the same', async () => {
      const ann = await accounts.user(home, 'ann', [allow('sts:*')]);
      const RoleArn = await accounts.role(home, 'worker', { Principal: { AWS: account } });
      const session = accounts.clients(temporary((await ann.sts.getSessionToken({})).Credentials));
      const { AssumedRoleUser } = await session.sts.assumeRole({ RoleArn, RoleSessionName: 'visit' });
      expect(AssumedRoleUser?.Arn).to.equal(`arn:aws:sts::${account}:assumed-role/worker/visit`);
      const attempts: Record<string, Promise<unknown>> = {
        GetSessionToken: session.sts.getSessionToken({}),
        GetFederationToken: session.sts.getFederationToken({ Name: 'fred' }),
        GetAccessKeyInfo: session.sts.getAccessKeyInfo({ AccessKeyId: ann.credentials.accessKeyId }),
      };
      for (const [operation, attempt] of Object.entries(attempts)) {
        expect(await refusal(attempt)).to.deep.equal({
          name: 'AccessDenied',
          message: `Cannot call ${operation} with session credentials`,
          status: 403,
        });
      }
    });

    it('is cut to an hour for the root user, and ends with the user', async () => {
      const now = accounts.sandbox.clock.now().getTime();
      const lasts = async (sts: typeof ann.sts): Promise<number> => {
        const { Credentials } = await sts.getSessionToken({});
        return Math.round(((Credentials?.Expiration?.getTime() ?? 0) - now) / 3_600_000);
      };
      const ann = await accounts.user(home, 'ann');
      expect(await lasts(accounts.clients(home.root).sts)).to.equal(1);
      expect(await lasts(ann.sts)).to.equal(12);
      const session = accounts.clients(temporary((await ann.sts.getSessionToken({})).Credentials));
      const { iam } = accounts.admin(home);
      await iam.updateUser({ UserName: 'ann', NewUserName: 'reader' });
      expect((await session.sts.getCallerIdentity({})).Arn).to.equal(ann.arn.replace(/ann$/, 'reader'));
      await iam.deleteAccessKey({ UserName: 'reader', AccessKeyId: ann.credentials.accessKeyId });
      await iam.deleteUser({ UserName: 'reader' });
      expect((await refusal(session.sts.getCallerIdentity({}))).name).to.equal('InvalidClientTokenId');
    });

    it('refuses codes of MFA devices, of which there are none', async () => {
      const { sts } = accounts.admin(home);
      const SerialNumber = `arn:aws:iam::${account}:mfa/ann`;
      expect((await refusal(sts.getSessionToken({ SerialNumber, TokenCode: '123456' }))).message).to.equal(
        'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
      );
    });
  });

  describe('GetFederationToken', () => {
    it('describes the federated user', async () => {
      const { sts } = accounts.admin(home);
      const { $metadata, Credentials, ...rest } = await sts.getFederationToken({ Name: 'fred' });
      const FederatedUserId = `${account}:fred`;
      const Arn = `arn:aws:sts::${account}:federated-user/fred`;
      expect(rest).to.deep.equal({ FederatedUser: { Arn, FederatedUserId }, PackedPolicySize: 0 });
      const { sts: fred } = accounts.clients(temporary(Credentials));
      const { $metadata: _, ...identity } = await fred.getCallerIdentity({});
      expect(identity).to.deep.equal({ Account: account, Arn, UserId: FederatedUserId });
    });

    it('gives what both the user and the session policy allow', async () => {
      const ann = await accounts.user(home, 'ann', [
        allow(['kms:ListKeys', 'kms:CreateKey', 'sts:GetFederationToken']),
      ]);
      const federate = async (Policy?: string) => {
        const { Credentials, PackedPolicySize } = await ann.sts.getFederationToken({ Name: 'fred', Policy });
        return { ...accounts.clients(temporary(Credentials)), PackedPolicySize };
      };
      const arn = `arn:aws:sts::${account}:federated-user/fred`;
      const denied = (action: string, type: string): string =>
        `User: ${arn} is not authorized to perform: ${action} on resource: * because no ${type} policy allows the ${action} action`;
      const fred = await federate(policy(allow(['kms:ListKeys', 'kms:ListAliases'])));
      expect(fred.PackedPolicySize).to.be.greaterThan(0);
      await fred.kms.listKeys({});
      expect((await refusal(fred.kms.listAliases({}))).message).to.equal(
        denied('kms:ListAliases', 'identity-based'),
      );
      expect((await refusal(fred.kms.createKey({}))).message).to.equal(denied('kms:CreateKey', 'session'));
      const bare = await federate();
      expect((await refusal(bare.kms.listKeys({}))).message).to.equal(denied('kms:ListKeys', 'session'));
      // The user's permissions count as they are at the time of a request.
      await accounts.admin(home).iam.deleteUserPolicy({ UserName: 'ann', PolicyName: 'own' });
      expect((await refusal(fred.kms.listKeys({}))).message).to.equal(
        denied('kms:ListKeys', 'identity-based'),
      );
    });

    it('opens what a key policy gives to the federated user, without a session policy', async () => {
      const { sts, kms } = accounts.admin(home);
      const arn = `arn:aws:sts::${account}:federated-user/fred`;
      const { KeyMetadata } = await kms.createKey({
        Policy: policy(
          { Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' },
          { Effect: 'Allow', Principal: { AWS: arn }, Action: 'kms:DescribeKey', Resource: '*' },
        ),
      });
      const KeyId = KeyMetadata?.KeyId;
      const as = async (Name: string) =>
        accounts.clients(temporary((await sts.getFederationToken({ Name })).Credentials));
      await (await as('fred')).kms.describeKey({ KeyId });
      expect((await refusal((await as('greg')).kms.describeKey({ KeyId }))).name).to.equal(
        'AccessDeniedException',
      );
    });

    it('needs a permission for the name', async () => {
      const fredArn = `arn:aws:sts::${account}:federated-user/fred`;
      const ann = await accounts.user(home, 'ann', [allow('sts:GetFederationToken', fredArn)]);
      await ann.sts.getFederationToken({ Name: 'fred' });
      expect((await refusal(ann.sts.getFederationToken({ Name: 'greg' }))).message).to.equal(
        `User: ${ann.arn} is not authorized to perform: sts:GetFederationToken on resource: arn:aws:sts::${account}:federated-user/greg because no identity-based policy allows the sts:GetFederationToken action`,
      );
    });

    it('of the root user shares everything, within the session policy', async () => {
      const { sts } = accounts.clients(home.root);
      const Policy = policy(allow('kms:ListKeys'));
      const { Credentials } = await sts.getFederationToken({ Name: 'fred', Policy });
      const fred = accounts.clients(temporary(Credentials));
      await fred.kms.listKeys({});
      expect((await refusal(fred.kms.createKey({}))).message).to.contain('no session policy allows');
    });

    it('leads nowhere else in STS and IAM', async () => {
      const { sts } = accounts.admin(home);
      const RoleArn = await accounts.role(home, 'open', { Principal: '*' });
      const { Credentials } = await sts.getFederationToken({ Name: 'fred', Policy: policy(allow('*')) });
      const fred = accounts.clients(temporary(Credentials));
      expect((await refusal(fred.sts.assumeRole({ RoleArn, RoleSessionName: 'visit' }))).message).to.equal(
        `User: arn:aws:sts::${account}:federated-user/fred is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
      );
      expect((await refusal(fred.iam.listUsers({}))).name).to.equal('InvalidClientTokenId');
    });
  });

  it('GetAccessKeyInfo tells the account of any access key', async () => {
    const other = accounts.sandbox.addAccount();
    const { sts } = accounts.admin(home);
    const info = async ({ accessKeyId }: { accessKeyId: string }) =>
      (await sts.getAccessKeyInfo({ AccessKeyId: accessKeyId })).Account;
    expect(await info(home.administrator)).to.equal(account);
    expect(await info(other.administrator)).to.equal(other.account.id);
    expect(await info(other.root)).to.equal(other.account.id);
    const { Credentials } = await accounts.admin(other).sts.getSessionToken({});
    expect(await info(temporary(Credentials))).to.equal(other.account.id);
    expect((await refusal(info({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }))).name).to.equal('ValidationError');
  });
});
