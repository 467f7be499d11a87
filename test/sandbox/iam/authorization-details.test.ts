import type { GetAccountAuthorizationDetailsCommandOutput, IAM } from '@aws-sdk/client-iam';
import { expect } from 'chai';
import { expectRefusal, policy, startAccount, type TestAccount } from './account.ts';

const arn = (resource: string): string => `arn:aws:iam::123456789012:${resource}`;
const document = policy({ Effect: 'Allow', Action: 'kms:ListKeys', Resource: '*' });
const trust = policy({ Effect: 'Allow', Principal: { AWS: '123456789012' }, Action: 'sts:AssumeRole' });
const readOnly = 'arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess';
const decoded = (text: string | undefined): string => decodeURIComponent(text ?? '');

/** Names of everything in an answer, by kind. */
function names(answer: GetAccountAuthorizationDetailsCommandOutput): string[] {
  return [
    ...(answer.UserDetailList ?? []).map(({ UserName }) => `user ${UserName}`),
    ...(answer.GroupDetailList ?? []).map(({ GroupName }) => `group ${GroupName}`),
    ...(answer.RoleDetailList ?? []).map(({ RoleName }) => `role ${RoleName}`),
    ...(answer.Policies ?? []).map(({ PolicyName }) => `policy ${PolicyName}`),
  ];
}

describe('GetAccountAuthorizationDetails', () => {
  let account: TestAccount;
  let iam: IAM;

  before(async () => {
    account = await startAccount();
    ({ iam } = account);
    await iam.createPolicy({
      PolicyName: 'own',
      Path: '/lab/',
      PolicyDocument: document,
      Description: 'mine',
    });
    await iam.createPolicyVersion({ PolicyArn: arn('policy/lab/own'), PolicyDocument: trustless('kms:*') });
    await iam.createUser({
      UserName: 'ann',
      PermissionsBoundary: readOnly,
      Tags: [{ Key: 'team', Value: 'a' }],
    });
    await iam.putUserPolicy({ UserName: 'ann', PolicyName: 'inline', PolicyDocument: document });
    await iam.createGroup({ GroupName: 'team', Path: '/lab/' });
    await iam.addUserToGroup({ GroupName: 'team', UserName: 'ann' });
    await iam.attachGroupPolicy({ GroupName: 'team', PolicyArn: arn('policy/lab/own') });
    await iam.createRole({ RoleName: 'worker', AssumeRolePolicyDocument: trust, Description: 'works' });
    await iam.putRolePolicy({ RoleName: 'worker', PolicyName: 'inline', PolicyDocument: document });
  });
  after(() => account.sandbox.close());

  const everything = [
    'user administrator',
    'user ann',
    'group team',
    'role worker',
    'policy AdministratorAccess',
    'policy AmazonDynamoDBReadOnlyAccess',
    'policy own',
  ];

  it('describes users, groups, roles and the policies in use, with what belongs to them', async () => {
    const answer = await iam.getAccountAuthorizationDetails({});
    expect(names(answer)).to.have.members(everything);
    const ann = answer.UserDetailList?.find(({ UserName }) => UserName === 'ann');
    expect(ann).to.deep.include({
      Arn: arn('user/ann'),
      GroupList: ['team'],
      AttachedManagedPolicies: [],
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: readOnly },
      Tags: [{ Key: 'team', Value: 'a' }],
    });
    expect(
      ann?.UserPolicyList?.map(({ PolicyName, PolicyDocument }) => [PolicyName, decoded(PolicyDocument)]),
    ).to.deep.equal([['inline', document]]);
    const [team] = answer.GroupDetailList ?? [];
    expect(team).to.deep.include({
      Arn: arn('group/lab/team'),
      GroupPolicyList: [],
      AttachedManagedPolicies: [{ PolicyName: 'own', PolicyArn: arn('policy/lab/own') }],
    });
    const [worker] = answer.RoleDetailList ?? [];
    expect(worker).to.have.keys(
      'Path',
      'RoleName',
      'RoleId',
      'Arn',
      'CreateDate',
      'AssumeRolePolicyDocument',
      'InstanceProfileList',
      'RolePolicyList',
      'AttachedManagedPolicies',
      'Tags',
      'RoleLastUsed',
    );
    expect(decoded(worker?.AssumeRolePolicyDocument)).to.equal(trust);
    const own = answer.Policies?.find(({ PolicyName }) => PolicyName === 'own');
    expect(own).to.deep.include({
      AttachmentCount: 1,
      DefaultVersionId: 'v1',
      Description: 'mine',
      Path: '/lab/',
    });
    expect(
      own?.PolicyVersionList?.map(({ VersionId, IsDefaultVersion, Document }) => [
        VersionId,
        IsDefaultVersion,
        decoded(Document),
      ]),
    ).to.deep.equal([
      ['v2', false, trustless('kms:*')],
      ['v1', true, document],
    ]);
  });

  const filters = {
    User: ['user administrator', 'user ann'],
    Group: ['group team'],
    Role: ['role worker'],
    LocalManagedPolicy: ['policy own'],
    AWSManagedPolicy: ['policy AdministratorAccess', 'policy AmazonDynamoDBReadOnlyAccess'],
  } as const;
  for (const [filter, expected] of Object.entries(filters)) {
    it(`leaves out all but ${filter}`, async () => {
      const Filter = [filter as keyof typeof filters];
      expect(names(await iam.getAccountAuthorizationDetails({ Filter }))).to.deep.equal(expected);
    });
  }

  it('counts all kinds together in pages', async () => {
    const seen: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await iam.getAccountAuthorizationDetails({ MaxItems: 2, Marker });
      expect(names(page).length).to.be.within(1, 2);
      expect(page.IsTruncated).to.equal(page.Marker !== undefined);
      seen.push(...names(page));
      Marker = page.Marker;
    } while (Marker !== undefined);
    expect(seen).to.deep.equal(everything);
  });

  it('refuses a filter that there is none of', async () => {
    const Filter = ['Thing' as 'User'];
    await expectRefusal(
      iam.getAccountAuthorizationDetails({ Filter }),
      'ValidationError',
      400,
      "1 validation error detected: Value '[Thing]' at 'filter' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [User, Role, Group, LocalManagedPolicy, AWSManagedPolicy]]",
    );
  });
});

function trustless(action: string): string {
  return policy({ Effect: 'Allow', Action: action, Resource: '*' });
}
