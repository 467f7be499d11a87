import { inspect } from 'node:util';
import { expect } from 'chai';
import type { AccessKey } from '../../../sandbox/sandbox.ts';
import { expectRefusal, startAccount, type TestAccount } from './account.ts';

describe('IAM login profiles', () => {
  let account: TestAccount;

  beforeEach(async () => {
    account = await startAccount();
    await account.iam.createUser({ UserName: 'ann' });
  });
  afterEach(() => account.sandbox.close());

  it('are made, read, changed and deleted', async () => {
    const { iam } = account;
    const { LoginProfile: made } = await iam.createLoginProfile({
      UserName: 'ann',
      Password: 'Correct-Horse-1',
    });
    expect(made?.PasswordResetRequired).to.equal(false);
    expect((await iam.getLoginProfile({ UserName: 'ann' })).LoginProfile).to.deep.equal(made);
    await iam.updateLoginProfile({ UserName: 'ann', PasswordResetRequired: true });
    const { LoginProfile: changed } = await iam.getLoginProfile({ UserName: 'ann' });
    expect(changed).to.deep.equal({ ...made, PasswordResetRequired: true });
    await expectRefusal(
      iam.createLoginProfile({ UserName: 'ann', Password: 'Correct-Horse-1' }),
      'EntityAlreadyExists',
      409,
      'Login Profile for user ann already exists.',
    );
    await iam.deleteLoginProfile({ UserName: 'ann' });
    for (const call of [
      iam.getLoginProfile({ UserName: 'ann' }),
      iam.updateLoginProfile({ UserName: 'ann' }),
      iam.deleteLoginProfile({ UserName: 'ann' }),
    ]) {
      await expectRefusal(call, 'NoSuchEntity', 404, 'Login Profile for User ann cannot be found.');
    }
  });

  it('take only passwords that the default password policy allows', async () => {
    const { iam } = account;
    const message = 'Password does not conform to the account password policy.';
    for (const Password of ['Ab1!', 'onlysmallletters', 'twokinds12345']) {
      await expectRefusal(
        iam.createLoginProfile({ UserName: 'ann', Password }),
        'PasswordPolicyViolation',
        400,
        message,
      );
    }
    await iam.createLoginProfile({ UserName: 'ann', Password: 'three-Kinds' });
    await expectRefusal(
      iam.updateLoginProfile({ UserName: 'ann', Password: 'short' }),
      'PasswordPolicyViolation',
      400,
      message,
    );
  });

  it('never show or keep a password', async () => {
    const { iam, sandbox } = account;
    const tooLong = `Secret-1${'x'.repeat(128)}`;
    await expectRefusal(
      iam.createLoginProfile({ UserName: 'ann', Password: tooLong }),
      'ValidationError',
      400,
      "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must have length less than or equal to 128",
    );
    await iam.createLoginProfile({ UserName: 'ann', Password: 'Find-Me-If-You-Can-1' });
    const user = sandbox.account.iam.users.find('ann');
    expect(inspect(user, { depth: null, showHidden: true })).not.to.contain('Find-Me');
    expect(Object.keys(user?.loginProfile ?? {})).to.deep.equal(['createdAt', 'passwordResetRequired']);
  });
});

describe('IAM access keys', () => {
  let account: TestAccount;
  let ann: AccessKey;

  beforeEach(async () => {
    account = await startAccount();
    ann = await account.user('ann');
  });
  afterEach(() => account.sandbox.close());

  it('look like those of AWS and work', async () => {
    expect(ann.accessKeyId).to.match(/^AKIA[A-Z2-7]{16}$/);
    expect(ann.secretAccessKey).to.match(/^[A-Za-z0-9/+]{40}$/);
    const { Arn, UserId } = await account.stsFor(ann).getCallerIdentity({});
    expect(Arn).to.equal('arn:aws:iam::123456789012:user/ann');
    expect(UserId).to.equal((await account.iam.getUser({ UserName: 'ann' })).User?.UserId);
  });

  it('are at most two per user', async () => {
    await account.iam.createAccessKey({ UserName: 'ann' });
    await expectRefusal(
      account.iam.createAccessKey({ UserName: 'ann' }),
      'LimitExceeded',
      409,
      'Cannot exceed quota for AccessKeysPerUser: 2',
    );
    await account.iam.deleteAccessKey({ UserName: 'ann', AccessKeyId: ann.accessKeyId });
    await account.iam.createAccessKey({ UserName: 'ann' });
  });

  it('are listed without their secret', async () => {
    const { AccessKeyMetadata = [] } = await account.iam.listAccessKeys({ UserName: 'ann' });
    expect(AccessKeyMetadata).to.have.length(1);
    expect(AccessKeyMetadata[0]).to.deep.include({
      UserName: 'ann',
      AccessKeyId: ann.accessKeyId,
      Status: 'Active',
    });
    expect(AccessKeyMetadata[0]).to.have.all.keys('UserName', 'AccessKeyId', 'Status', 'CreateDate');
  });

  it('stop working when they are made inactive or deleted', async () => {
    const { iam } = account;
    const key = { UserName: 'ann', AccessKeyId: ann.accessKeyId };
    const refused = (): Promise<void> =>
      expectRefusal(
        account.clientFor(ann).getUser({}),
        'InvalidClientTokenId',
        403,
        'The security token included in the request is invalid.',
      );
    await iam.updateAccessKey({ ...key, Status: 'Inactive' });
    const { AccessKeyMetadata = [] } = await iam.listAccessKeys({ UserName: 'ann' });
    expect(AccessKeyMetadata[0]?.Status).to.equal('Inactive');
    await refused();
    await iam.updateAccessKey({ ...key, Status: 'Active' });
    await account.stsFor(ann).getCallerIdentity({});
    await iam.deleteAccessKey(key);
    await refused();
  });

  it('belong to one user', async () => {
    const message = `The Access Key with id ${ann.accessKeyId} cannot be found.`;
    // Without a user name the caller's own key is meant.
    await expectRefusal(
      account.iam.deleteAccessKey({ AccessKeyId: ann.accessKeyId }),
      'NoSuchEntity',
      404,
      message,
    );
    await expectRefusal(
      account.iam.updateAccessKey({ AccessKeyId: ann.accessKeyId, Status: 'Inactive' }),
      'NoSuchEntity',
      404,
      message,
    );
  });

  it('say when they were last used, and for what', async () => {
    const AccessKeyId = ann.accessKeyId;
    const unused = await account.iam.getAccessKeyLastUsed({ AccessKeyId });
    expect(unused.UserName).to.equal('ann');
    expect(unused.AccessKeyLastUsed).to.deep.equal({ ServiceName: 'N/A', Region: 'N/A' });
    await account.stsFor(ann).getCallerIdentity({});
    const { AccessKeyLastUsed: used } = await account.iam.getAccessKeyLastUsed({ AccessKeyId });
    expect(used?.ServiceName).to.equal('sts');
    expect(used?.Region).to.equal('us-east-1');
    expect(Math.abs(Date.now() - (used?.LastUsedDate?.getTime() ?? 0))).to.be.below(5_000);
  });
});
