import { expect } from 'chai';
import { expectRefusal, policy, startAccount, type TestAccount } from './account.ts';

const trust = policy({
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
  Action: 'sts:AssumeRole',
});

describe('IAM roles', () => {
  let account: TestAccount;

  beforeEach(async () => {
    account = await startAccount();
  });
  afterEach(() => account.sandbox.close());

  it('are answered as IAM answers them: create, get and list each in their own way', async () => {
    const { iam } = account;
    const { Role: created } = await iam.createRole({
      RoleName: 'worker',
      Path: '/lab/',
      AssumeRolePolicyDocument: trust,
      PermissionsBoundary: 'arn:aws:iam::aws:policy/IAMFullAccess',
    });
    expect(created).to.have.all.keys(
      'Path',
      'RoleName',
      'RoleId',
      'Arn',
      'CreateDate',
      'AssumeRolePolicyDocument',
    );
    expect(created?.Arn).to.equal('arn:aws:iam::123456789012:role/lab/worker');
    expect(created?.RoleId).to.match(/^AROA[A-Z2-7]{17}$/);
    expect(decodeURIComponent(created?.AssumeRolePolicyDocument ?? '')).to.equal(trust);

    const { Role: got } = await iam.getRole({ RoleName: 'worker' });
    expect(got).to.deep.equal({
      ...created,
      MaxSessionDuration: 3600,
      PermissionsBoundary: {
        PermissionsBoundaryType: 'Policy',
        PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/IAMFullAccess',
      },
      RoleLastUsed: {},
    });
    const { Roles } = await iam.listRoles({ PathPrefix: '/lab/' });
    expect(Roles).to.deep.equal([{ ...created, MaxSessionDuration: 3600 }]);
    expect((await iam.listRoles({ PathPrefix: '/other/' })).Roles).to.deep.equal([]);
  });

  it('keep description, duration and tags', async () => {
    await account.iam.createRole({
      RoleName: 'worker',
      AssumeRolePolicyDocument: trust,
      Description: 'Does the work',
      MaxSessionDuration: 7200,
      Tags: [{ Key: 'team', Value: 'blue' }],
    });
    const { Role } = await account.iam.getRole({ RoleName: 'worker' });
    expect(Role).to.deep.include({
      Description: 'Does the work',
      MaxSessionDuration: 7200,
      Tags: [{ Key: 'team', Value: 'blue' }],
    });
  });

  it('have a trust policy that can be changed and must be one', async () => {
    const { iam } = account;
    const RoleName = 'worker';
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: trust });
    const account1 = policy({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::123456789012:user/administrator' },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
    });
    await iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: account1 });
    const { Role } = await iam.getRole({ RoleName });
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).to.equal(account1);

    const statement = { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' };
    const bad: [string, string][] = [
      ['{', 'This policy contains invalid Json'],
      [policy({ ...statement, Resource: '*' }), 'Has prohibited field Resource'],
      [policy({ ...statement, Principal: undefined }), 'Missing required field Principal'],
      [
        policy({ ...statement, Action: 's3:GetObject' }),
        'AssumeRole policy may only specify STS AssumeRole actions.',
      ],
      [
        policy({ ...statement, Principal: { AWS: 'arn:aws:iam::123456789012:user/nobody' } }),
        'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:user/nobody"',
      ],
    ];
    for (const [PolicyDocument, message] of bad) {
      await expectRefusal(
        iam.updateAssumeRolePolicy({ RoleName, PolicyDocument }),
        'MalformedPolicyDocument',
        400,
        message,
      );
      await expectRefusal(
        iam.createRole({ RoleName: 'other', AssumeRolePolicyDocument: PolicyDocument }),
        'MalformedPolicyDocument',
        400,
        message,
      );
    }
    const long = policy({
      ...statement,
      Principal: { AWS: Array(80).fill('arn:aws:iam::111122223333:user/someone') },
    });
    await expectRefusal(
      iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: long }),
      'LimitExceeded',
      409,
      'Cannot exceed quota for ACLSizePerRole: 2048',
    );
  });

  it('exist once per name, and go once nothing hangs on them', async () => {
    const { iam } = account;
    const RoleName = 'worker';
    const PolicyArn = 'arn:aws:iam::aws:policy/IAMFullAccess';
    await iam.createRole({ RoleName, AssumeRolePolicyDocument: trust });
    await expectRefusal(
      iam.createRole({ RoleName: 'Worker', AssumeRolePolicyDocument: trust }),
      'EntityAlreadyExists',
      409,
      'Role with name Worker already exists.',
    );
    await iam.attachRolePolicy({ RoleName, PolicyArn });
    const PolicyDocument = policy({ Effect: 'Allow', Action: '*', Resource: '*' });
    await iam.putRolePolicy({ RoleName, PolicyName: 'inline', PolicyDocument });
    const conflict = (obstacle: string): Promise<void> =>
      expectRefusal(
        iam.deleteRole({ RoleName }),
        'DeleteConflict',
        409,
        `Cannot delete entity, must ${obstacle} policies first.`,
      );
    await conflict('detach all');
    await iam.detachRolePolicy({ RoleName, PolicyArn });
    await conflict('delete');
    await iam.deleteRolePolicy({ RoleName, PolicyName: 'inline' });
    await iam.deleteRole({ RoleName });
    await expectRefusal(
      iam.getRole({ RoleName }),
      'NoSuchEntity',
      404,
      'The role with name worker cannot be found.',
    );
  });

  it('bring their policies, boundary and tags to a session', async () => {
    const { iam, sandbox } = account;
    await iam.createRole({
      RoleName: 'worker',
      AssumeRolePolicyDocument: trust,
      PermissionsBoundary: 'arn:aws:iam::aws:policy/IAMFullAccess',
      Tags: [{ Key: 'team', Value: 'blue' }],
    });
    await iam.attachRolePolicy({
      RoleName: 'worker',
      PolicyArn: 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess',
    });
    const { Role } = await iam.getRole({ RoleName: 'worker' });
    const session = (roleId: string) =>
      ({
        kind: 'role-session',
        arn: 'arn:aws:sts::123456789012:assumed-role/worker/me',
        roleArn: 'arn:aws:iam::123456789012:role/worker',
        accountId: '123456789012',
        userId: `${roleId}:me`,
      }) as const;
    const store = sandbox.account.iam;
    const held = store.policiesOf(session(Role?.RoleId ?? ''));
    expect(held.identity.map(({ name }) => name)).to.deep.equal(['AmazonDynamoDBFullAccess']);
    expect(held.boundary?.name).to.equal('IAMFullAccess');
    expect([...store.tagsOf(session(Role?.RoleId ?? ''))]).to.deep.equal([['team', 'blue']]);
    // A role that was deleted and made anew is another one.
    expect(store.policiesOf(session('AROAOLDOLDOLDOLDOLDOL'))).to.deep.equal({ identity: [] });
  });
});
