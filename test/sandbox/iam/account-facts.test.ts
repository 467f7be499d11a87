import { paginateListPolicyTags } from '@aws-sdk/client-iam';
import { expect } from 'chai';
import { expectRefusal, policy, startAccount, type TestAccount } from './account.ts';

describe('what Terraform asks of an account', () => {
  let account: TestAccount;

  before(async () => {
    account = await startAccount();
    await account.iam.createUser({ UserName: 'ada' });
    await account.iam.createRole({
      RoleName: 'reader',
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::123456789012:root' },
        Action: 'sts:AssumeRole',
      }),
    });
  });

  after(() => account.sandbox.close());

  const ofUser = {
    listMFADevices: 'MFADevices',
    listSigningCertificates: 'Certificates',
    listSSHPublicKeys: 'SSHPublicKeys',
    listServiceSpecificCredentials: 'ServiceSpecificCredentials',
  } as const;

  for (const [operation, member] of Object.entries(ofUser) as [keyof typeof ofUser, string][]) {
    it(`is told by ${operation} that a user has none`, async () => {
      expect(await account.iam[operation]({ UserName: 'ada' })).to.deep.include({ [member]: [] });
      expect(await account.iam[operation]({})).to.deep.include({ [member]: [] });
      await expectRefusal(
        account.iam[operation]({ UserName: 'nobody' }),
        'NoSuchEntity',
        404,
        'The user with name nobody cannot be found.',
      );
      const stranger = account.clientFor(await account.user(`no-${operation}`));
      const action = `iam:L${operation.slice(1)}`;
      await expectRefusal(
        stranger[operation]({ UserName: 'ada' }),
        'AccessDenied',
        403,
        `User: arn:aws:iam::123456789012:user/no-${operation} is not authorized to perform: ${action} on resource: ` +
          `user ada because no identity-based policy allows the ${action} action`,
      );
    });
  }

  it('is told that there are no virtual devices and no instance profiles', async () => {
    const { VirtualMFADevices } = await account.iam.listVirtualMFADevices({ AssignmentStatus: 'Assigned' });
    expect(VirtualMFADevices).to.deep.equal([]);
    const { InstanceProfiles } = await account.iam.listInstanceProfilesForRole({ RoleName: 'reader' });
    expect(InstanceProfiles).to.deep.equal([]);
    await expectRefusal(
      account.iam.listInstanceProfilesForRole({ RoleName: 'nobody' }),
      'NoSuchEntity',
      404,
      'The role with name nobody cannot be found.',
    );
  });

  it('is told that the account has no password policy', async () => {
    await expectRefusal(
      account.iam.getAccountPasswordPolicy({}),
      'NoSuchEntity',
      404,
      'The Password Policy with domain name 123456789012 cannot be found.',
    );
  });

  it('counts what the account has', async () => {
    const before = (await account.iam.getAccountSummary({})).SummaryMap;
    expect(before).to.include({ Roles: 1, Groups: 0, Policies: 0, MFADevices: 0, VersionsPerPolicyQuota: 5 });
    await account.iam.createUser({ UserName: 'one-more' });
    await account.iam.createGroup({ GroupName: 'group' });
    const after = (await account.iam.getAccountSummary({})).SummaryMap;
    expect(after).to.include({ Users: (before?.Users ?? 0) + 1, Groups: 1 });
  });

  it('changes the description of a role', async () => {
    const { Role } = await account.iam.updateRoleDescription({ RoleName: 'reader', Description: 'Reads' });
    expect(Role).to.include({ RoleName: 'reader', Description: 'Reads' });
    expect((await account.iam.getRole({ RoleName: 'reader' })).Role?.Description).to.equal('Reads');
  });

  it('tags policies', async () => {
    const { Policy } = await account.iam.createPolicy({
      PolicyName: 'tagged',
      PolicyDocument: policy({ Effect: 'Allow', Action: '*', Resource: '*' }),
    });
    const PolicyArn = Policy?.Arn ?? '';
    const tags = async () => {
      const pages = paginateListPolicyTags({ client: account.iam, pageSize: 1 }, { PolicyArn });
      const found: Record<string, string | undefined> = {};
      for await (const { Tags = [] } of pages) for (const { Key = '', Value } of Tags) found[Key] = Value;
      return found;
    };
    await account.iam.tagPolicy({
      PolicyArn,
      Tags: [
        { Key: 'team', Value: 'blue' },
        { Key: 'lab', Value: 'one' },
      ],
    });
    expect(await tags()).to.deep.equal({ team: 'blue', lab: 'one' });
    await account.iam.untagPolicy({ PolicyArn, TagKeys: ['TEAM'] });
    expect(await tags()).to.deep.equal({ lab: 'one' });
    expect((await account.iam.getPolicy({ PolicyArn })).Policy?.Tags).to.deep.equal([
      { Key: 'lab', Value: 'one' },
    ]);
    const narrow = account.clientFor(
      await account.user('tagger', [
        {
          Effect: 'Allow',
          Action: 'iam:TagPolicy',
          Resource: '*',
          Condition: { StringEquals: { 'aws:RequestTag/team': 'blue' } },
        },
      ]),
    );
    await narrow.tagPolicy({ PolicyArn, Tags: [{ Key: 'team', Value: 'blue' }] });
    await expectRefusal(
      narrow.tagPolicy({ PolicyArn, Tags: [{ Key: 'team', Value: 'red' }] }),
      'AccessDenied',
      403,
      `User: arn:aws:iam::123456789012:user/tagger is not authorized to perform: iam:TagPolicy on resource: policy ${PolicyArn} ` +
        'because no identity-based policy allows the iam:TagPolicy action',
    );
    const awsManaged = { PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess', Tags: [] };
    expect(await account.iam.tagPolicy(awsManaged).catch((error: Error) => error.name)).to.match(
      /AccessDenied/,
    );
  });
});
