import type { IAM } from '@aws-sdk/client-iam';
import { expect } from 'chai';
import type { AccessKey } from '../../../sandbox/sandbox.ts';
import { iam as service } from '../../../sandbox/services/iam/service.ts';
import { expectRefusal, policy, startAccount, type TestAccount } from './account.ts';

const arn = (resource: string): string => `arn:aws:iam::123456789012:${resource}`;
const document = policy({ Effect: 'Allow', Action: '*', Resource: '*' });
const trust = policy({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' });
const PolicyArn = arn('policy/lab/own');
const boundary = { PermissionsBoundary: PolicyArn };
const named = { PolicyName: 'inline' };

/** What an operation is allowed on, and how a denial prints that where it is not the same text. */
interface Case {
  readonly call: (iam: IAM, AccessKeyId: string) => Promise<unknown>;
  readonly resource: string;
  readonly label?: string;
}

const user = { UserName: 'target' };
const group = { GroupName: 'target' };
const role = { RoleName: 'target' };
const onUser = (call: Case['call']): Case => ({
  call,
  resource: arn('user/lab/target'),
  label: 'user target',
});
const onGroup = (call: Case['call']): Case => ({
  call,
  resource: arn('group/lab/target'),
  label: 'group target',
});
const onRole = (call: Case['call']): Case => ({
  call,
  resource: arn('role/lab/target'),
  label: 'role target',
});
const onPolicy = (call: Case['call']): Case => ({ call, resource: PolicyArn, label: `policy ${PolicyArn}` });

const cases: Record<string, Case> = {
  AddUserToGroup: onGroup((iam) => iam.addUserToGroup({ ...group, ...user })),
  AttachGroupPolicy: onGroup((iam) => iam.attachGroupPolicy({ ...group, PolicyArn })),
  AttachRolePolicy: onRole((iam) => iam.attachRolePolicy({ ...role, PolicyArn })),
  AttachUserPolicy: onUser((iam) => iam.attachUserPolicy({ ...user, PolicyArn })),
  CreateAccessKey: onUser((iam) => iam.createAccessKey(user)),
  CreateGroup: {
    call: (iam) => iam.createGroup({ GroupName: 'new', Path: '/x/' }),
    resource: arn('group/x/new'),
  },
  CreateLoginProfile: onUser((iam) => iam.createLoginProfile({ ...user, Password: 'Correct-Horse-1' })),
  CreatePolicy: {
    call: (iam) => iam.createPolicy({ PolicyName: 'new', Path: '/x/', PolicyDocument: document }),
    resource: arn('policy/x/new'),
    label: 'policy new',
  },
  CreatePolicyVersion: onPolicy((iam) => iam.createPolicyVersion({ PolicyArn, PolicyDocument: document })),
  CreateRole: {
    call: (iam) => iam.createRole({ RoleName: 'new', AssumeRolePolicyDocument: trust }),
    resource: arn('role/new'),
  },
  CreateUser: {
    call: (iam) => iam.createUser({ UserName: 'new', Path: '/x/' }),
    resource: arn('user/x/new'),
  },
  DeleteAccessKey: onUser((iam, AccessKeyId) => iam.deleteAccessKey({ ...user, AccessKeyId })),
  DeleteGroup: onGroup((iam) => iam.deleteGroup(group)),
  DeleteGroupPolicy: onGroup((iam) => iam.deleteGroupPolicy({ ...group, ...named })),
  DeleteLoginProfile: onUser((iam) => iam.deleteLoginProfile(user)),
  DeleteRolePermissionsBoundary: onRole((iam) => iam.deleteRolePermissionsBoundary(role)),
  GetAccountAuthorizationDetails: {
    call: (iam) => iam.getAccountAuthorizationDetails({}),
    resource: '*',
  },
  GetAccountPasswordPolicy: { call: (iam) => iam.getAccountPasswordPolicy({}), resource: '*' },
  GetAccountSummary: { call: (iam) => iam.getAccountSummary({}), resource: '*' },
  ListInstanceProfilesForRole: onRole((iam) => iam.listInstanceProfilesForRole(role)),
  ListMFADevices: onUser((iam) => iam.listMFADevices(user)),
  ListPolicyTags: onPolicy((iam) => iam.listPolicyTags({ PolicyArn })),
  ListServiceSpecificCredentials: onUser((iam) => iam.listServiceSpecificCredentials(user)),
  ListSigningCertificates: onUser((iam) => iam.listSigningCertificates(user)),
  ListSSHPublicKeys: onUser((iam) => iam.listSSHPublicKeys(user)),
  ListVirtualMFADevices: { call: (iam) => iam.listVirtualMFADevices({}), resource: '*' },
  TagPolicy: onPolicy((iam) => iam.tagPolicy({ PolicyArn, Tags: [{ Key: 'team', Value: 'blue' }] })),
  UntagPolicy: onPolicy((iam) => iam.untagPolicy({ PolicyArn, TagKeys: ['team'] })),
  UpdateRoleDescription: onRole((iam) => iam.updateRoleDescription({ ...role, Description: 'new' })),
  ListRoleTags: onRole((iam) => iam.listRoleTags(role)),
  PutRolePermissionsBoundary: onRole((iam) => iam.putRolePermissionsBoundary({ ...role, ...boundary })),
  SimulateCustomPolicy: {
    call: (iam) => iam.simulateCustomPolicy({ PolicyInputList: [document], ActionNames: ['kms:Decrypt'] }),
    resource: '*',
  },
  SimulatePrincipalPolicy: {
    call: (iam) =>
      iam.simulatePrincipalPolicy({ PolicySourceArn: arn('user/lab/target'), ActionNames: ['kms:Decrypt'] }),
    resource: arn('user/lab/target'),
  },
  TagRole: onRole((iam) => iam.tagRole({ ...role, Tags: [{ Key: 'team', Value: 'blue' }] })),
  UntagRole: onRole((iam) => iam.untagRole({ ...role, TagKeys: ['team'] })),
  UpdateRole: onRole((iam) => iam.updateRole({ ...role, Description: 'new' })),
  DeletePolicy: onPolicy((iam) => iam.deletePolicy({ PolicyArn })),
  DeletePolicyVersion: onPolicy((iam) => iam.deletePolicyVersion({ PolicyArn, VersionId: 'v1' })),
  DeleteRole: onRole((iam) => iam.deleteRole(role)),
  DeleteRolePolicy: onRole((iam) => iam.deleteRolePolicy({ ...role, ...named })),
  DeleteUser: onUser((iam) => iam.deleteUser(user)),
  DeleteUserPermissionsBoundary: onUser((iam) => iam.deleteUserPermissionsBoundary(user)),
  DeleteUserPolicy: onUser((iam) => iam.deleteUserPolicy({ ...user, ...named })),
  DetachGroupPolicy: onGroup((iam) => iam.detachGroupPolicy({ ...group, PolicyArn })),
  DetachRolePolicy: onRole((iam) => iam.detachRolePolicy({ ...role, PolicyArn })),
  DetachUserPolicy: onUser((iam) => iam.detachUserPolicy({ ...user, PolicyArn })),
  GetAccessKeyLastUsed: onUser((iam, AccessKeyId) => iam.getAccessKeyLastUsed({ AccessKeyId })),
  GetGroup: onGroup((iam) => iam.getGroup(group)),
  GetGroupPolicy: onGroup((iam) => iam.getGroupPolicy({ ...group, ...named })),
  GetLoginProfile: onUser((iam) => iam.getLoginProfile(user)),
  GetPolicy: onPolicy((iam) => iam.getPolicy({ PolicyArn })),
  GetPolicyVersion: onPolicy((iam) => iam.getPolicyVersion({ PolicyArn, VersionId: 'v1' })),
  GetRole: onRole((iam) => iam.getRole(role)),
  GetRolePolicy: onRole((iam) => iam.getRolePolicy({ ...role, ...named })),
  GetUser: onUser((iam) => iam.getUser(user)),
  GetUserPolicy: onUser((iam) => iam.getUserPolicy({ ...user, ...named })),
  ListAccessKeys: onUser((iam) => iam.listAccessKeys(user)),
  ListAccountAliases: { call: (iam) => iam.listAccountAliases({}), resource: '*' },
  ListAttachedGroupPolicies: onGroup((iam) => iam.listAttachedGroupPolicies(group)),
  ListAttachedRolePolicies: onRole((iam) => iam.listAttachedRolePolicies(role)),
  ListAttachedUserPolicies: onUser((iam) => iam.listAttachedUserPolicies(user)),
  ListEntitiesForPolicy: onPolicy((iam) => iam.listEntitiesForPolicy({ PolicyArn })),
  ListGroupPolicies: onGroup((iam) => iam.listGroupPolicies(group)),
  ListGroups: { call: (iam) => iam.listGroups({}), resource: arn('group/') },
  ListGroupsForUser: onUser((iam) => iam.listGroupsForUser(user)),
  ListPolicies: {
    call: (iam) => iam.listPolicies({ PathPrefix: '/x/' }),
    resource: '*',
    label: 'policy path /x/',
  },
  ListPolicyVersions: onPolicy((iam) => iam.listPolicyVersions({ PolicyArn })),
  ListRolePolicies: onRole((iam) => iam.listRolePolicies(role)),
  ListRoles: { call: (iam) => iam.listRoles({ PathPrefix: '/x/' }), resource: arn('role/x/') },
  ListUserPolicies: onUser((iam) => iam.listUserPolicies(user)),
  ListUserTags: onUser((iam) => iam.listUserTags(user)),
  ListUsers: { call: (iam) => iam.listUsers({}), resource: arn('user/') },
  PutGroupPolicy: onGroup((iam) => iam.putGroupPolicy({ ...group, ...named, PolicyDocument: document })),
  PutRolePolicy: onRole((iam) => iam.putRolePolicy({ ...role, ...named, PolicyDocument: document })),
  PutUserPermissionsBoundary: onUser((iam) => iam.putUserPermissionsBoundary({ ...user, ...boundary })),
  PutUserPolicy: onUser((iam) => iam.putUserPolicy({ ...user, ...named, PolicyDocument: document })),
  RemoveUserFromGroup: onGroup((iam) => iam.removeUserFromGroup({ ...group, ...user })),
  SetDefaultPolicyVersion: onPolicy((iam) => iam.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v1' })),
  TagUser: onUser((iam) => iam.tagUser({ ...user, Tags: [{ Key: 'a', Value: 'b' }] })),
  UntagUser: onUser((iam) => iam.untagUser({ ...user, TagKeys: ['a'] })),
  UpdateAccessKey: onUser((iam, AccessKeyId) =>
    iam.updateAccessKey({ ...user, AccessKeyId, Status: 'Inactive' }),
  ),
  UpdateAssumeRolePolicy: onRole((iam) => iam.updateAssumeRolePolicy({ ...role, PolicyDocument: trust })),
  UpdateLoginProfile: onUser((iam) => iam.updateLoginProfile({ ...user, PasswordResetRequired: true })),
  UpdateUser: onUser((iam) => iam.updateUser(user)),
};

describe('permissions of IAM operations', () => {
  let account: TestAccount;
  let caller: AccessKey;
  let targetKey: AccessKey;

  beforeEach(async () => {
    account = await startAccount();
    const { iam } = account;
    caller = await account.user('caller');
    targetKey = await account.user('target');
    await iam.updateUser({ UserName: 'target', NewPath: '/lab/' });
    await iam.createGroup({ ...group, Path: '/lab/' });
    await iam.createRole({ ...role, Path: '/lab/', AssumeRolePolicyDocument: trust });
    await iam.createPolicy({ PolicyName: 'own', Path: '/lab/', PolicyDocument: document });
  });
  afterEach(() => account.sandbox.close());

  const allow = (statement: object): Promise<unknown> =>
    account.iam.putUserPolicy({
      UserName: 'caller',
      PolicyName: 'p',
      PolicyDocument: policy({ Effect: 'Allow', ...statement }),
    });
  const refusal = (action: string, label: string): string =>
    `User: ${arn('user/caller')} is not authorized to perform: ${action} on resource: ${label} because no identity-based policy allows the ${action} action`;

  it('are tested for every operation', () => {
    expect(Object.keys(cases)).to.have.members(Object.keys(service.operations));
  });

  for (const [name, { call, resource, label = resource }] of Object.entries(cases)) {
    it(`${name} needs iam:${name} on ${resource}`, async () => {
      const act = (): Promise<unknown> => call(account.clientFor(caller), targetKey.accessKeyId);
      const action = `iam:${name}`;
      // Everything else on the resource, and the action on everything else: not enough.
      await allow({ NotAction: action, Resource: '*' });
      await expectRefusal(act(), 'AccessDenied', 403, refusal(action, label));
      if (resource !== '*') {
        await allow({ Action: action, NotResource: resource });
        await expectRefusal(act(), 'AccessDenied', 403, refusal(action, label));
      }
      await allow({ Action: action, Resource: resource });
      const error = await act().catch((thrown: unknown) => thrown);
      const code = error instanceof Error ? error.name : undefined;
      expect(code).to.be.oneOf([undefined, 'NoSuchEntityException', 'DeleteConflictException']);
    });
  }

  it('UpdateUser needs the permission for the new name as well', async () => {
    const rename = (): Promise<unknown> =>
      account.clientFor(caller).updateUser({ UserName: 'target', NewUserName: 'other', NewPath: '/y/' });
    await allow({ Action: 'iam:UpdateUser', Resource: arn('user/lab/target') });
    await expectRefusal(rename(), 'AccessDenied', 403, refusal('iam:UpdateUser', arn('user/y/other')));
  });
});

describe('condition keys of IAM operations', () => {
  let account: TestAccount;

  beforeEach(async () => {
    account = await startAccount();
  });
  afterEach(() => account.sandbox.close());

  const denied = async (call: Promise<unknown>): Promise<void> => {
    const error = await call.catch((thrown: unknown) => thrown);
    expect(error).to.be.an('error').with.property('name', 'AccessDenied');
  };
  const allowedWhen = async (name: string, Action: string | string[], Condition: object): Promise<IAM> =>
    account.clientFor(await account.user(name, [{ Effect: 'Allow', Action, Resource: '*', Condition }]));

  it('iam:PolicyARN: which policy is attached or detached', async () => {
    const readOnly = 'arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess';
    const ann = await allowedWhen('ann', ['iam:AttachUserPolicy', 'iam:DetachUserPolicy'], {
      ArnEquals: { 'iam:PolicyARN': readOnly },
    });
    await ann.attachUserPolicy({ UserName: 'ann', PolicyArn: readOnly });
    await ann.detachUserPolicy({ UserName: 'ann', PolicyArn: readOnly });
    await denied(
      ann.attachUserPolicy({ UserName: 'ann', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
    );
  });

  it('iam:PermissionsBoundary: the boundary that is given, or that is there', async () => {
    const PermissionsBoundary = 'arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess';
    const ann = await allowedWhen(
      'ann',
      ['iam:CreateUser', 'iam:PutUserPolicy', 'iam:DeleteUserPermissionsBoundary'],
      {
        StringEquals: { 'iam:PermissionsBoundary': PermissionsBoundary },
      },
    );
    await denied(ann.createUser({ UserName: 'free' }));
    await denied(
      ann.createUser({ UserName: 'free', PermissionsBoundary: 'arn:aws:iam::aws:policy/IAMFullAccess' }),
    );
    await ann.createUser({ UserName: 'bounded', PermissionsBoundary });
    const inline = { PolicyName: 'p', PolicyDocument: document };
    await ann.putUserPolicy({ UserName: 'bounded', ...inline });
    await denied(ann.putUserPolicy({ UserName: 'ann', ...inline }));
    await ann.deleteUserPermissionsBoundary({ UserName: 'bounded' });
    await denied(ann.putUserPolicy({ UserName: 'bounded', ...inline }));
  });

  it('aws:RequestTag and aws:TagKeys: tags in the request, which need iam:TagUser too', async () => {
    const Tags = [{ Key: 'team', Value: 'blue' }];
    const condition = { StringEquals: { 'aws:RequestTag/team': 'blue' } };
    const half = await allowedWhen('half', 'iam:CreateUser', condition);
    await denied(half.createUser({ UserName: 'new', Tags }));
    const whole = await allowedWhen('whole', ['iam:CreateUser', 'iam:TagUser'], condition);
    await denied(whole.createUser({ UserName: 'new' }));
    await denied(whole.createUser({ UserName: 'new', Tags: [{ Key: 'team', Value: 'red' }] }));
    await whole.createUser({ UserName: 'new', Tags });
    const keys = await allowedWhen('keys', ['iam:TagUser', 'iam:UntagUser'], {
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] },
    });
    await keys.tagUser({ UserName: 'new', Tags });
    await denied(keys.tagUser({ UserName: 'new', Tags: [...Tags, { Key: 'other', Value: '' }] }));
    await keys.untagUser({ UserName: 'new', TagKeys: ['team'] });
  });

  it('aws:RequestTag: tags of a new role or policy, which need iam:TagRole or iam:TagPolicy too', async () => {
    const Tags = [{ Key: 'team', Value: 'blue' }];
    const role = { RoleName: 'new', AssumeRolePolicyDocument: trust };
    const managed = { PolicyName: 'new', PolicyDocument: document };
    const condition = { StringEquals: { 'aws:RequestTag/team': 'blue' } };
    const creating = ['iam:CreateRole', 'iam:CreatePolicy'];
    const half = await allowedWhen('half', creating, condition);
    await denied(half.createRole({ ...role, Tags }));
    await denied(half.createPolicy({ ...managed, Tags }));
    const whole = await allowedWhen('whole', [...creating, 'iam:TagRole', 'iam:TagPolicy'], condition);
    for (const other of [undefined, [], [{ Key: 'team', Value: 'red' }]]) {
      await denied(whole.createRole({ ...role, Tags: other }));
      await denied(whole.createPolicy({ ...managed, Tags: other }));
    }
    await whole.createRole({ ...role, Tags });
    await whole.createPolicy({ ...managed, Tags });
  });

  it('iam:PermissionsBoundary: on every operation for which AWS lists it, and on no other', async () => {
    const boundary = { PermissionsBoundary: 'arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess' };
    const role = { AssumeRolePolicyDocument: trust };
    await account.iam.createRole({ RoleName: 'bounded', ...role, ...boundary });
    await account.iam.createRole({ RoleName: 'free', ...role });
    await account.iam.createUser({ UserName: 'bounded', ...boundary });
    const ann = await allowedWhen('ann', ['iam:*Role', 'iam:*AssumeRolePolicy', 'iam:*User'], {
      StringEquals: { 'iam:PermissionsBoundary': boundary.PermissionsBoundary },
    });
    for (const act of [
      (RoleName: string) => ann.getRole({ RoleName }),
      (RoleName: string) => ann.updateRole({ RoleName, Description: 'new' }),
      (RoleName: string) => ann.updateAssumeRolePolicy({ RoleName, PolicyDocument: trust }),
      (RoleName: string) => ann.deleteRole({ RoleName }),
    ]) {
      await act('bounded');
      await denied(act('free'));
    }
    await denied(ann.getUser({ UserName: 'bounded' }));
  });

  it('iam:ResourceTag: of users and roles, while a policy has aws:ResourceTag alone', async () => {
    const Tags = [{ Key: 'team', Value: 'blue' }];
    await account.iam.createUser({ UserName: 'blue', Tags });
    const { Policy } = await account.iam.createPolicy({
      PolicyName: 'blue',
      PolicyDocument: document,
      Tags,
    });
    const reading = ['iam:GetUser', 'iam:GetPolicy'];
    const byIam = await allowedWhen('by-iam', reading, { StringEquals: { 'iam:ResourceTag/team': 'blue' } });
    const byAws = await allowedWhen('by-aws', reading, { StringEquals: { 'aws:ResourceTag/team': 'blue' } });
    await byIam.getUser({ UserName: 'blue' });
    await denied(byIam.getPolicy({ PolicyArn: Policy?.Arn }));
    await byAws.getUser({ UserName: 'blue' });
    await byAws.getPolicy({ PolicyArn: Policy?.Arn });
  });

  it('aws:ResourceTag and aws:PrincipalTag: tags of the user acted on and of the user who acts', async () => {
    const ann = await allowedWhen('ann', 'iam:GetUser', {
      StringEquals: { 'aws:ResourceTag/team': `\${aws:PrincipalTag/team}` },
    });
    await account.iam.createUser({ UserName: 'blue', Tags: [{ Key: 'team', Value: 'blue' }] });
    await account.iam.createUser({ UserName: 'red', Tags: [{ Key: 'team', Value: 'red' }] });
    await denied(ann.getUser({ UserName: 'blue' }));
    await account.iam.tagUser({ UserName: 'ann', Tags: [{ Key: 'team', Value: 'blue' }] });
    await ann.getUser({ UserName: 'blue' });
    await denied(ann.getUser({ UserName: 'red' }));
  });

  it('let a user manage itself and nobody else', async () => {
    const self = arn(`user/\${aws:username}`);
    const ann = account.clientFor(
      await account.user('ann', [
        { Effect: 'Allow', Action: ['iam:GetUser', 'iam:*AccessKey*'], Resource: self },
      ]),
    );
    await account.iam.createUser({ UserName: 'writer' });
    expect((await ann.getUser({})).User?.UserName).to.equal('ann');
    await ann.createAccessKey({});
    expect((await ann.listAccessKeys({})).AccessKeyMetadata).to.have.length(2);
    await denied(ann.createAccessKey({ UserName: 'writer' }));
    await denied(ann.getUser({ UserName: 'writer' }));
  });

  it('say which policy denies explicitly, by ARN where it has one', async () => {
    const PolicyDocument = policy({ Effect: 'Deny', Action: 'iam:ListUsers', Resource: '*' });
    const key = await account.user('ann', [{ Effect: 'Allow', Action: '*', Resource: '*' }]);
    const { Policy } = await account.iam.createPolicy({ PolicyName: 'no-list', PolicyDocument });
    await account.iam.attachUserPolicy({ UserName: 'ann', PolicyArn: Policy?.Arn });
    const ann = account.clientFor(key);
    await expectRefusal(
      ann.listUsers({}),
      'AccessDenied',
      403,
      `User: ${arn('user/ann')} is not authorized to perform: iam:ListUsers on resource: ${arn('user/')} with an explicit deny in an identity-based policy: ${arn('policy/no-list')}`,
    );
  });
});
