import { expect } from 'chai';
import { refusal } from '../refusal.ts';
import { Accounts, allow } from './scene.ts';

describe('several accounts in one sandbox', () => {
  let accounts: Accounts;

  beforeEach(async () => {
    accounts = await Accounts.start();
  });
  afterEach(() => accounts.sandbox.close());

  it('have ids of 12 digits that no two share', () => {
    const { sandbox } = accounts;
    const ids = [sandbox.account.id, ...Array.from({ length: 50 }, () => sandbox.addAccount().account.id)];
    for (const id of ids) expect(id).to.match(/^[1-9]\d{11}$/);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(sandbox.addAccount('000011112222').account.id).to.equal('000011112222');
    expect(() => sandbox.addAccount('000011112222')).to.throw(RangeError, 'has an account 000011112222');
    expect(() => sandbox.addAccount(sandbox.account.id)).to.throw(RangeError);
    for (const id of ['', '1', '1234567890123', '12345678901a']) {
      expect(() => sandbox.addAccount(id), id).to.throw(RangeError, '12 digits');
    }
  });

  it('each answer to their own administrator', async () => {
    const { sandbox } = accounts;
    for (const access of [sandbox, sandbox.addAccount(), sandbox.addAccount()]) {
      const { Account, Arn } = await accounts.admin(access).sts.getCallerIdentity({});
      expect(Account).to.equal(access.account.id);
      expect(Arn).to.equal(`arn:aws:iam::${access.account.id}:user/administrator`);
    }
  });

  it('know an access key only while it is there and active', async () => {
    const { sandbox } = accounts;
    const { iam } = accounts.admin(sandbox.addAccount());
    await iam.createUser({ UserName: 'ann' });
    const { AccessKey } = await iam.createAccessKey({ UserName: 'ann' });
    const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {};
    const { sts } = accounts.clients({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey });
    const unknown = { name: 'InvalidClientTokenId' };
    await sts.getCallerIdentity({});
    await iam.updateAccessKey({ UserName: 'ann', AccessKeyId, Status: 'Inactive' });
    expect(await refusal(sts.getCallerIdentity({}))).to.include(unknown);
    await iam.updateAccessKey({ UserName: 'ann', AccessKeyId, Status: 'Active' });
    await sts.getCallerIdentity({});
    await iam.deleteAccessKey({ UserName: 'ann', AccessKeyId });
    expect(await refusal(sts.getCallerIdentity({}))).to.include(unknown);
  });

  it('hold users, roles and keys of their own under the same names', async () => {
    const { sandbox } = accounts;
    const other = sandbox.addAccount();
    await accounts.user(sandbox, 'ann');
    await accounts.admin(sandbox).kms.createKey({ Description: 'here' });
    const there = accounts.admin(other);
    expect((await there.iam.listUsers({})).Users?.map(({ UserName }) => UserName)).to.deep.equal([
      'administrator',
    ]);
    expect((await there.kms.listKeys({})).Keys).to.deep.equal([]);
    const ann = await accounts.user(other, 'ann');
    expect((await ann.sts.getCallerIdentity({})).Account).to.equal(other.account.id);
    expect((await accounts.admin(sandbox).iam.listUsers({})).Users).to.have.length(2);
  });

  it('have a root user who may do everything in the account but not in another', async () => {
    const { sandbox } = accounts;
    const other = sandbox.addAccount();
    for (const { account, root } of [sandbox, other]) {
      const { sts, iam, kms } = accounts.clients(root);
      const { $metadata, ...identity } = await sts.getCallerIdentity({});
      expect(identity).to.deep.equal({
        Account: account.id,
        Arn: `arn:aws:iam::${account.id}:root`,
        UserId: account.id,
      });
      await iam.createUser({ UserName: 'made-by-root' });
      await kms.createKey({});
    }
    expect(await refusal(accounts.clients(other.root).iam.getUser({ UserName: 'nobody' }))).to.include({
      name: 'NoSuchEntityException',
    });
  });

  it('do not take the name of another account for a permission in it', async () => {
    const { sandbox } = accounts;
    const other = sandbox.addAccount();
    const ann = await accounts.user(sandbox, 'ann', [
      allow('iam:GetUser', `arn:aws:iam::${other.account.id}:user/*`),
    ]);
    await accounts.user(other, 'ann');
    expect((await refusal(ann.iam.getUser({ UserName: 'ann' }))).message).to.equal(
      `User: ${ann.arn} is not authorized to perform: iam:GetUser on resource: user ann because no identity-based policy allows the iam:GetUser action`,
    );
  });

  it('know each other where a trust policy names a principal', async () => {
    const { sandbox } = accounts;
    const other = sandbox.addAccount();
    const ann = await accounts.user(other, 'ann');
    await accounts.role(sandbox, 'for-ann', { Principal: { AWS: ann.arn } });
    const nobody = `arn:aws:iam::${other.account.id}:user/nobody`;
    expect(await refusal(accounts.role(sandbox, 'for-nobody', { Principal: { AWS: nobody } }))).to.include({
      name: 'MalformedPolicyDocumentException',
      message: `Invalid principal in policy: "AWS":"${nobody}"`,
    });
  });
});
