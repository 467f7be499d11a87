import { expect } from 'chai';
import { expectRefusal, policy, startAccount, type TestAccount } from './account.ts';

describe('IAM users', () => {
  let account: TestAccount;

  beforeEach(async () => {
    account = await startAccount();
  });
  afterEach(() => account.sandbox.close());

  it('are made with path, tags and boundary, and described in full only by GetUser', async () => {
    const { iam } = account;
    const boundary = 'arn:aws:iam::aws:policy/IAMFullAccess';
    const { User: created } = await iam.createUser({
      UserName: 'Ann',
      Path: '/lab/',
      PermissionsBoundary: boundary,
      Tags: [{ Key: 'team', Value: 'blue + green/1' }],
    });
    expect(created?.Arn).to.equal('arn:aws:iam::123456789012:user/lab/Ann');
    expect(created?.UserId).to.match(/^AIDA[A-Z2-7]{17}$/);
    expect(created?.CreateDate?.getMilliseconds()).to.equal(0);

    const { User: described } = await iam.getUser({ UserName: 'Ann' });
    expect(described).to.deep.equal({
      Path: '/lab/',
      UserName: 'Ann',
      UserId: created?.UserId,
      Arn: created?.Arn,
      CreateDate: created?.CreateDate,
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary },
      Tags: [{ Key: 'team', Value: 'blue + green/1' }],
    });
    const { Users = [] } = await iam.listUsers({ PathPrefix: '/lab/' });
    expect(Users.map(Object.keys)).to.deep.equal([['Path', 'UserName', 'UserId', 'Arn', 'CreateDate']]);
  });

  it('are found by GetUser without a name when they ask themselves', async () => {
    const { User } = await account.iam.getUser({});
    expect(User?.UserName).to.equal('administrator');
  });

  it('cannot be made twice, not even in another case or under another path', async () => {
    await account.iam.createUser({ UserName: 'Ann' });
    await expectRefusal(
      account.iam.createUser({ UserName: 'aNN', Path: '/lab/' }),
      'EntityAlreadyExists',
      409,
      'User with name aNN already exists.',
    );
  });

  it('that nobody knows are not found', async () => {
    const { iam } = account;
    const message = 'The user with name nobody cannot be found.';
    const calls = [
      iam.getUser({ UserName: 'nobody' }),
      iam.deleteUser({ UserName: 'nobody' }),
      iam.updateUser({ UserName: 'nobody', NewPath: '/x/' }),
      iam.createAccessKey({ UserName: 'nobody' }),
      iam.listAccessKeys({ UserName: 'nobody' }),
      iam.getLoginProfile({ UserName: 'nobody' }),
      iam.attachUserPolicy({ UserName: 'nobody', PolicyArn: 'arn:aws:iam::aws:policy/IAMFullAccess' }),
      iam.listUserTags({ UserName: 'nobody' }),
      iam.listGroupsForUser({ UserName: 'nobody' }),
    ];
    for (const call of calls) await expectRefusal(call, 'NoSuchEntity', 404, message);
  });

  it('have names and paths of a certain form', async () => {
    const { iam } = account;
    await expectRefusal(
      iam.createUser({ UserName: 'a b' }),
      'ValidationError',
      400,
      'The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-',
    );
    const long = 'x'.repeat(65);
    await expectRefusal(
      iam.createUser({ UserName: long }),
      'ValidationError',
      400,
      `1 validation error detected: Value '${long}' at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64`,
    );
    // A name may be looked up that is longer than any that can be given.
    await expectRefusal(
      iam.getUser({ UserName: long }),
      'NoSuchEntity',
      404,
      `The user with name ${long} cannot be found.`,
    );
    await expectRefusal(
      iam.createUser({ UserName: '', Tags: [{ Key: 'k', Value: '<' }] }),
      'ValidationError',
      400,
      "2 validation errors detected: Value '' at 'userName' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '<' at 'tags.1.member.value' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*",
    );
    await expectRefusal(
      iam.createUser({ UserName: 'ann', Path: 'lab' }),
      'ValidationError',
      400,
      'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.',
    );
    await expectRefusal(
      iam.listUsers({ MaxItems: 0 }),
      'ValidationError',
      400,
      "1 validation error detected: Value '0' at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1",
    );
  });

  it('are listed in the order of their names, page by page, also when some go in between', async () => {
    const { iam } = account;
    for (const name of ['delta', 'Alpha', 'charlie', 'bravo', 'echo'])
      await iam.createUser({ UserName: name });
    const first = await iam.listUsers({ MaxItems: 3 });
    expect(first.Users?.map(({ UserName }) => UserName)).to.deep.equal(['administrator', 'Alpha', 'bravo']);
    expect(first.IsTruncated).to.equal(true);
    await iam.deleteUser({ UserName: 'bravo' });
    const second = await iam.listUsers({ MaxItems: 3, Marker: first.Marker });
    expect(second.Users?.map(({ UserName }) => UserName)).to.deep.equal(['charlie', 'delta', 'echo']);
    expect(second.IsTruncated).to.equal(false);
    expect(second.Marker).to.equal(undefined);
    await expectRefusal(iam.listUsers({ Marker: '?' }), 'ValidationError', 400, 'Invalid Marker.');
  });

  it('keep id, keys, policies and groups when they are renamed and moved', async () => {
    const { iam } = account;
    const key = await account.user('before', [{ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' }]);
    await iam.createGroup({ GroupName: 'students' });
    await iam.addUserToGroup({ GroupName: 'students', UserName: 'before' });
    const { User: before } = await iam.getUser({ UserName: 'before' });
    await iam.updateUser({ UserName: 'before', NewUserName: 'after', NewPath: '/moved/' });

    const { User: after } = await account.clientFor(key).getUser({});
    expect(after?.UserId).to.equal(before?.UserId);
    expect(after?.Arn).to.equal('arn:aws:iam::123456789012:user/moved/after');
    const { Groups = [] } = await iam.listGroupsForUser({ UserName: 'after' });
    expect(Groups.map(({ GroupName }) => GroupName)).to.deep.equal(['students']);
    await expectRefusal(
      iam.getUser({ UserName: 'before' }),
      'NoSuchEntity',
      404,
      'The user with name before cannot be found.',
    );
    await expectRefusal(
      iam.updateUser({ UserName: 'after', NewUserName: 'administrator' }),
      'EntityAlreadyExists',
      409,
      'User with name administrator already exists.',
    );
    await iam.updateUser({ UserName: 'after', NewUserName: 'AFTER' });
    expect((await iam.getUser({ UserName: 'after' })).User?.UserName).to.equal('AFTER');
  });

  it('are deleted only once nothing hangs on them any more', async () => {
    const { iam } = account;
    const UserName = 'leaver';
    const PolicyArn = 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess';
    const { accessKeyId: AccessKeyId } = await account.user(UserName, [
      { Effect: 'Allow', Action: '*', Resource: '*' },
    ]);
    await iam.createLoginProfile({ UserName, Password: 'Correct-Horse-1' });
    await iam.attachUserPolicy({ UserName, PolicyArn });
    await iam.createGroup({ GroupName: 'students' });
    await iam.addUserToGroup({ GroupName: 'students', UserName });

    const steps: [string, () => Promise<unknown>][] = [
      ['remove users from group first', () => iam.removeUserFromGroup({ GroupName: 'students', UserName })],
      ['detach all policies first', () => iam.detachUserPolicy({ UserName, PolicyArn })],
      ['delete policies first', () => iam.deleteUserPolicy({ UserName, PolicyName: 'test' })],
      ['delete access keys first', () => iam.deleteAccessKey({ UserName, AccessKeyId })],
      ['delete login profile first', () => iam.deleteLoginProfile({ UserName })],
    ];
    for (const [obstacle, remove] of steps) {
      await expectRefusal(
        iam.deleteUser({ UserName }),
        'DeleteConflict',
        409,
        `Cannot delete entity, must ${obstacle}.`,
      );
      await remove();
    }
    await iam.deleteUser({ UserName });
    expect((await iam.listUsers({})).Users).to.have.length(1);
    const { User } = await iam.createUser({ UserName });
    expect((await iam.listUserPolicies({ UserName })).PolicyNames).to.deep.equal([]);
    expect(User?.UserId).to.match(/^AIDA/);
  });

  it('carry tags, whose keys do not differ by case', async () => {
    const { iam } = account;
    const UserName = 'ann';
    await iam.createUser({ UserName, Tags: [{ Key: 'Team', Value: 'red' }] });
    await iam.tagUser({
      UserName,
      Tags: [
        { Key: 'team', Value: 'blue' },
        { Key: 'a', Value: '' },
      ],
    });
    const { Tags } = await iam.listUserTags({ UserName });
    expect(Tags).to.deep.equal([
      { Key: 'a', Value: '' },
      { Key: 'team', Value: 'blue' },
    ]);
    const page = await iam.listUserTags({ UserName, MaxItems: 1 });
    const rest = await iam.listUserTags({ UserName, Marker: page.Marker });
    expect([page.Tags, rest.Tags].flat()).to.deep.equal(Tags);
    await iam.untagUser({ UserName, TagKeys: ['TEAM'] });
    expect((await iam.getUser({ UserName })).User?.Tags).to.deep.equal([{ Key: 'a', Value: '' }]);

    await expectRefusal(
      iam.tagUser({
        UserName,
        Tags: [
          { Key: 'x', Value: '1' },
          { Key: 'X', Value: '2' },
        ],
      }),
      'InvalidInput',
      400,
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    );
    const many = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: '' }));
    await expectRefusal(
      iam.tagUser({ UserName, Tags: many }),
      'LimitExceeded',
      409,
      'Cannot exceed quota for TagsPerResource: 50',
    );
    await expectRefusal(
      iam.tagUser({ UserName, Tags: [{ Key: 'aws:x', Value: '1' }] }),
      'InvalidInput',
      400,
      'Tag keys that start with aws: are reserved for AWS use.',
    );
  });

  it('have boundaries that limit them, until those are taken away', async () => {
    const { iam } = account;
    const key = await account.user('ann', [{ Effect: 'Allow', Action: 'iam:*', Resource: '*' }]);
    const ann = account.clientFor(key);
    const { Policy } = await iam.createPolicy({
      PolicyName: 'only-read',
      PolicyDocument: policy({ Effect: 'Allow', Action: 'iam:Get*', Resource: '*' }),
    });
    const PermissionsBoundary = Policy?.Arn ?? '';
    await iam.putUserPermissionsBoundary({ UserName: 'ann', PermissionsBoundary });
    expect((await ann.getUser({})).User?.PermissionsBoundary?.PermissionsBoundaryArn).to.equal(
      PermissionsBoundary,
    );
    await expectRefusal(
      ann.listUsers({}),
      'AccessDenied',
      403,
      'User: arn:aws:iam::123456789012:user/ann is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::123456789012:user/ because no permissions boundary allows the iam:ListUsers action',
    );
    await expectRefusal(
      iam.putUserPermissionsBoundary({
        UserName: 'ann',
        PermissionsBoundary: 'arn:aws:iam::123456789012:policy/nowhere',
      }),
      'NoSuchEntity',
      404,
      'Scope ARN: arn:aws:iam::123456789012:policy/nowhere does not exist or is not attachable.',
    );
    await iam.deleteUserPermissionsBoundary({ UserName: 'ann' });
    expect((await ann.listUsers({})).Users).to.have.length(2);
    await expectRefusal(
      iam.deleteUserPermissionsBoundary({ UserName: 'ann' }),
      'NoSuchEntity',
      404,
      'The user with name ann does not have a permissions boundary.',
    );
  });
});
