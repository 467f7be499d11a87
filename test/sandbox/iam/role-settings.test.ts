import type { IAM } from '@aws-sdk/client-iam';
import { expect } from 'chai';
import { expectRefusal, policy, startAccount, type TestAccount } from './account.ts';

const RoleName = 'worker';
const PermissionsBoundary = 'arn:aws:iam::aws:policy/IAMFullAccess';

describe('settings of a role', () => {
  let account: TestAccount;
  let iam: IAM;

  beforeEach(async () => {
    account = await startAccount();
    ({ iam } = account);
    const trust = policy({ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' });
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: trust, Description: 'first' });
  });
  afterEach(() => account.sandbox.close());

  const role = async () => (await iam.getRole({ RoleName })).Role;
  const missing = (call: Promise<unknown>, name: string): Promise<void> =>
    expectRefusal(call, 'NoSuchEntity', 404, `The role with name ${name} cannot be found.`);

  it('UpdateRole changes description and longest session, each alone', async () => {
    await iam.updateRole({ RoleName, MaxSessionDuration: 7200 });
    expect(await role()).to.include({ Description: 'first', MaxSessionDuration: 7200 });
    await iam.updateRole({ RoleName, Description: '' });
    expect(await role()).to.include({ Description: '', MaxSessionDuration: 7200 });
    const short = iam.updateRole({ RoleName, MaxSessionDuration: 3599 });
    await expectRefusal(
      short,
      'ValidationError',
      400,
      "1 validation error detected: Value '3599' at 'maxSessionDuration' failed to satisfy constraint: Member must have value greater than or equal to 3600",
    );
    await missing(iam.updateRole({ RoleName: 'nobody' }), 'nobody');
  });

  it('a boundary is put, replaced and deleted', async () => {
    const { sandbox } = account;
    await iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary });
    expect((await role())?.PermissionsBoundary?.PermissionsBoundaryArn).to.equal(PermissionsBoundary);
    const other = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: other });
    expect((await role())?.PermissionsBoundary?.PermissionsBoundaryArn).to.equal(other);
    expect(sandbox.account.iam.roles.find(RoleName)?.boundary).to.equal(other);
    await iam.deleteRolePermissionsBoundary({ RoleName });
    expect(await role()).not.to.have.property('PermissionsBoundary');
    await expectRefusal(
      iam.deleteRolePermissionsBoundary({ RoleName }),
      'NoSuchEntity',
      404,
      'The role with name worker does not have a permissions boundary.',
    );
    const unknown = 'arn:aws:iam::123456789012:policy/unknown';
    await expectRefusal(
      iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary: unknown }),
      'NoSuchEntity',
      404,
      `Scope ARN: ${unknown} does not exist or is not attachable.`,
    );
  });

  it('tags are set, listed in pages and removed', async () => {
    const Tags = ['a', 'b', 'c'].map((Key) => ({ Key, Value: Key.toUpperCase() }));
    await iam.tagRole({ RoleName, Tags });
    expect((await role())?.Tags).to.deep.equal(Tags);
    await iam.tagRole({ RoleName, Tags: [{ Key: 'B', Value: 'new' }] });
    const first = await iam.listRoleTags({ RoleName, MaxItems: 2 });
    expect(first).to.deep.include({ Tags: [Tags[0], { Key: 'B', Value: 'new' }], IsTruncated: true });
    const rest = await iam.listRoleTags({ RoleName, Marker: first.Marker });
    expect(rest).to.deep.include({ Tags: [Tags[2]], IsTruncated: false });
    await iam.untagRole({ RoleName, TagKeys: ['A', 'b'] });
    expect((await iam.listRoleTags({ RoleName })).Tags).to.deep.equal([Tags[2]]);
    await missing(iam.tagRole({ RoleName: 'nobody', Tags }), 'nobody');
    await missing(iam.listRoleTags({ RoleName: 'nobody' }), 'nobody');
  });
});
