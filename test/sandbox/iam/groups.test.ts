import { expect } from 'chai';
import { expectRefusal, policy, startAccount, type TestAccount } from './account.ts';

describe('IAM groups', () => {
  let account: TestAccount;

  beforeEach(async () => {
    account = await startAccount();
    await account.iam.createGroup({ GroupName: 'students', Path: '/class/' });
  });
  afterEach(() => account.sandbox.close());

  it('are made, listed and described with their members, page by page', async () => {
    const { iam } = account;
    for (const UserName of ['author', 'editor', 'reader']) {
      await iam.createUser({ UserName });
      await iam.addUserToGroup({ GroupName: 'students', UserName });
      await iam.addUserToGroup({ GroupName: 'students', UserName });
    }
    const first = await iam.getGroup({ GroupName: 'students', MaxItems: 2 });
    expect(first.Group?.Arn).to.equal('arn:aws:iam::123456789012:group/class/students');
    expect(first.Group?.GroupId).to.match(/^AGPA[A-Z2-7]{17}$/);
    expect(first.Users?.map(({ UserName }) => UserName)).to.deep.equal(['author', 'editor']);
    const second = await iam.getGroup({ GroupName: 'students', Marker: first.Marker });
    expect(second.Users?.map(({ UserName }) => UserName)).to.deep.equal(['reader']);

    expect((await iam.listGroups({ PathPrefix: '/class/' })).Groups).to.deep.equal([first.Group]);
    expect((await iam.listGroups({ PathPrefix: '/other/' })).Groups).to.deep.equal([]);
    expect((await iam.listGroupsForUser({ UserName: 'editor' })).Groups).to.deep.equal([first.Group]);
    await iam.removeUserFromGroup({ GroupName: 'students', UserName: 'editor' });
    expect((await iam.listGroupsForUser({ UserName: 'editor' })).Groups).to.deep.equal([]);
  });

  it('exist once per name', async () => {
    await expectRefusal(
      account.iam.createGroup({ GroupName: 'STUDENTS' }),
      'EntityAlreadyExists',
      409,
      'Group with name STUDENTS already exists.',
    );
    await expectRefusal(
      account.iam.getGroup({ GroupName: 'teachers' }),
      'NoSuchEntity',
      404,
      'The group with name teachers cannot be found.',
    );
    await expectRefusal(
      account.iam.addUserToGroup({ GroupName: 'students', UserName: 'nobody' }),
      'NoSuchEntity',
      404,
      'The user with name nobody cannot be found.',
    );
  });

  it('give their members what their policies say, for as long as they are members', async () => {
    const { iam } = account;
    const ann = account.clientFor(await account.user('ann'));
    const message =
      'User: arn:aws:iam::123456789012:user/ann is not authorized to perform: iam:GetUser on resource: user ann because no identity-based policy allows the iam:GetUser action';
    await expectRefusal(ann.getUser({}), 'AccessDenied', 403, message);
    await iam.putGroupPolicy({
      GroupName: 'students',
      PolicyName: 'inline',
      PolicyDocument: policy({ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' }),
    });
    await iam.attachGroupPolicy({
      GroupName: 'students',
      PolicyArn: 'arn:aws:iam::aws:policy/IAMFullAccess',
    });
    await expectRefusal(ann.getUser({}), 'AccessDenied', 403, message);

    await iam.addUserToGroup({ GroupName: 'students', UserName: 'ann' });
    await ann.getUser({});
    await ann.listUsers({});
    await iam.detachGroupPolicy({
      GroupName: 'students',
      PolicyArn: 'arn:aws:iam::aws:policy/IAMFullAccess',
    });
    await ann.getUser({});
    await expectRefusal(
      ann.listUsers({}),
      'AccessDenied',
      403,
      'User: arn:aws:iam::123456789012:user/ann is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::123456789012:user/ because no identity-based policy allows the iam:ListUsers action',
    );
    await iam.removeUserFromGroup({ GroupName: 'students', UserName: 'ann' });
    await expectRefusal(ann.getUser({}), 'AccessDenied', 403, message);
  });

  it('are at most ten per user', async () => {
    await account.iam.createUser({ UserName: 'ann' });
    for (let count = 0; count < 11; count++) {
      const GroupName = `g${count}`;
      await account.iam.createGroup({ GroupName });
      const added = account.iam.addUserToGroup({ GroupName, UserName: 'ann' });
      if (count < 10) await added;
      else await expectRefusal(added, 'LimitExceeded', 409, 'Cannot exceed quota for GroupsPerUser: 10');
    }
  });

  it('are deleted only once nothing hangs on them any more', async () => {
    const { iam } = account;
    const GroupName = 'students';
    const PolicyArn = 'arn:aws:iam::aws:policy/IAMFullAccess';
    await iam.createUser({ UserName: 'ann' });
    await iam.addUserToGroup({ GroupName, UserName: 'ann' });
    await iam.attachGroupPolicy({ GroupName, PolicyArn });
    const PolicyDocument = policy({ Effect: 'Deny', Action: '*', Resource: '*' });
    await iam.putGroupPolicy({ GroupName, PolicyName: 'inline', PolicyDocument });
    const steps: [string, () => Promise<unknown>][] = [
      ['remove users from group first', () => iam.removeUserFromGroup({ GroupName, UserName: 'ann' })],
      ['detach all policies first', () => iam.detachGroupPolicy({ GroupName, PolicyArn })],
      ['delete policies first', () => iam.deleteGroupPolicy({ GroupName, PolicyName: 'inline' })],
    ];
    for (const [obstacle, remove] of steps) {
      await expectRefusal(
        iam.deleteGroup({ GroupName }),
        'DeleteConflict',
        409,
        `Cannot delete entity, must ${obstacle}.`,
      );
      await remove();
    }
    await iam.deleteGroup({ GroupName });
    expect((await iam.listGroups({})).Groups).to.deep.equal([]);
  });
});
