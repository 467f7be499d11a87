import { expect } from 'chai';
import { expectRefusal, policy, startAccount, type TestAccount } from './account.ts';

const reading = policy({ Effect: 'Allow', Action: 'iam:Get*', Resource: '*' });
const listing = policy({ Effect: 'Allow', Action: 'iam:List*', Resource: '*' });

describe('IAM managed policies', () => {
  let account: TestAccount;

  beforeEach(async () => {
    account = await startAccount();
  });
  afterEach(() => account.sandbox.close());

  const make = async (name: string, document = reading): Promise<string> => {
    const { Policy } = await account.iam.createPolicy({ PolicyName: name, PolicyDocument: document });
    return Policy?.Arn ?? '';
  };

  it('are made and described', async () => {
    const { iam } = account;
    const { Policy: created } = await iam.createPolicy({
      PolicyName: 'Reader',
      Path: '/lab/',
      PolicyDocument: reading,
      Description: 'Reads',
      Tags: [{ Key: 'team', Value: 'blue' }],
    });
    expect(created?.Arn).to.equal('arn:aws:iam::123456789012:policy/lab/Reader');
    expect(created?.PolicyId).to.match(/^ANPA[A-Z2-7]{17}$/);
    expect(created).to.deep.include({
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      DefaultVersionId: 'v1',
    });
    const { Policy } = await iam.getPolicy({ PolicyArn: created?.Arn });
    expect(Policy).to.deep.equal({ ...created, Description: 'Reads' });
    await expectRefusal(
      iam.createPolicy({ PolicyName: 'reader', PolicyDocument: reading }),
      'EntityAlreadyExists',
      409,
      'A policy called reader already exists. Duplicate names are not allowed.',
    );
    const unknown = 'arn:aws:iam::123456789012:policy/unknown';
    await expectRefusal(
      iam.getPolicy({ PolicyArn: unknown }),
      'NoSuchEntity',
      404,
      `Policy ${unknown} was not found.`,
    );
  });

  it('have at most 6144 characters that are not white space', async () => {
    const empty = policy({ Effect: 'Allow', Action: 's3:', Resource: '*' });
    const ofSize = (size: number): string => empty.replace('s3:', `s3:${'x'.repeat(size - empty.length)}`);
    await make('fits', ofSize(6144).replace(/,/g, ',\n '));
    await expectRefusal(
      account.iam.createPolicy({ PolicyName: 'large', PolicyDocument: ofSize(6145) }),
      'LimitExceeded',
      409,
      'Cannot exceed quota for PolicySize: 6144',
    );
  });

  it('have up to five versions, and the default one decides', async () => {
    const { iam } = account;
    const PolicyArn = await make('changing');
    const key = await account.user('ann');
    await iam.attachUserPolicy({ UserName: 'ann', PolicyArn });
    const ann = account.clientFor(key);
    await ann.getUser({});

    const { PolicyVersion } = await iam.createPolicyVersion({ PolicyArn, PolicyDocument: listing });
    expect(PolicyVersion).to.deep.include({ VersionId: 'v2', IsDefaultVersion: false });
    await ann.getUser({});
    await iam.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v2' });
    await ann.listUsers({});
    await expectRefusal(
      ann.getUser({}),
      'AccessDenied',
      403,
      'User: arn:aws:iam::123456789012:user/ann is not authorized to perform: iam:GetUser on resource: user ann because no identity-based policy allows the iam:GetUser action',
    );
    await iam.createPolicyVersion({ PolicyArn, PolicyDocument: reading, SetAsDefault: true });
    await ann.getUser({});
    expect((await iam.getPolicy({ PolicyArn })).Policy?.DefaultVersionId).to.equal('v3');

    await iam.createPolicyVersion({ PolicyArn, PolicyDocument: reading });
    await iam.createPolicyVersion({ PolicyArn, PolicyDocument: reading });
    await expectRefusal(
      iam.createPolicyVersion({ PolicyArn, PolicyDocument: reading }),
      'LimitExceeded',
      409,
      'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    );
    await iam.deletePolicyVersion({ PolicyArn, VersionId: 'v1' });
    const { PolicyVersion: sixth } = await iam.createPolicyVersion({ PolicyArn, PolicyDocument: reading });
    expect(sixth?.VersionId, 'numbers are not used again').to.equal('v6');

    const first = await iam.listPolicyVersions({ PolicyArn, MaxItems: 2 });
    const rest = await iam.listPolicyVersions({ PolicyArn, Marker: first.Marker });
    expect([first.Versions, rest.Versions].flat().map((version) => version?.VersionId)).to.deep.equal([
      'v6',
      'v5',
      'v4',
      'v3',
      'v2',
    ]);
    expect(first.Versions?.[0]).to.not.have.property('Document');
    const { PolicyVersion: second } = await iam.getPolicyVersion({ PolicyArn, VersionId: 'v2' });
    expect(decodeURIComponent(second?.Document ?? '')).to.equal(listing);
    await expectRefusal(
      iam.deletePolicyVersion({ PolicyArn, VersionId: 'v3' }),
      'DeleteConflict',
      409,
      'Cannot delete the default version of a policy.',
    );
    await expectRefusal(
      iam.getPolicyVersion({ PolicyArn, VersionId: 'v1' }),
      'NoSuchEntity',
      404,
      `Policy ${PolicyArn} version v1 does not exist or is not attachable.`,
    );
  });

  it('are deleted once nobody has them and one version is left', async () => {
    const { iam } = account;
    const PolicyArn = await make('leaving');
    await iam.createUser({ UserName: 'ann' });
    const attached = 'Cannot delete a policy attached to entities.';
    await iam.attachUserPolicy({ UserName: 'ann', PolicyArn });
    await expectRefusal(iam.deletePolicy({ PolicyArn }), 'DeleteConflict', 409, attached);
    await iam.detachUserPolicy({ UserName: 'ann', PolicyArn });
    await iam.putUserPermissionsBoundary({ UserName: 'ann', PermissionsBoundary: PolicyArn });
    await expectRefusal(iam.deletePolicy({ PolicyArn }), 'DeleteConflict', 409, attached);
    await iam.deleteUserPermissionsBoundary({ UserName: 'ann' });
    await iam.createPolicyVersion({ PolicyArn, PolicyDocument: listing });
    await expectRefusal(
      iam.deletePolicy({ PolicyArn }),
      'DeleteConflict',
      409,
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
    await iam.deletePolicyVersion({ PolicyArn, VersionId: 'v2' });
    await iam.deletePolicy({ PolicyArn });
    await expectRefusal(
      iam.deletePolicy({ PolicyArn }),
      'NoSuchEntity',
      404,
      `Policy ${PolicyArn} was not found.`,
    );
  });

  it('are listed by owner, path, use, page by page', async () => {
    const { iam } = account;
    const own = await make('own');
    await iam.createPolicy({ PolicyName: 'deep', Path: '/lab/', PolicyDocument: reading });
    await iam.createPolicy({ PolicyName: 'AdministratorAccess', PolicyDocument: reading });
    await iam.createUser({ UserName: 'ann', PermissionsBoundary: own });
    const names = async (request: object): Promise<(string | undefined)[]> =>
      ((await iam.listPolicies(request)).Policies ?? []).map(({ PolicyName }) => PolicyName);

    expect(await names({ Scope: 'Local' })).to.deep.equal(['AdministratorAccess', 'deep', 'own']);
    expect(await names({ Scope: 'Local', PathPrefix: '/lab/' })).to.deep.equal(['deep']);
    expect(await names({ Scope: 'AWS' })).to.include.members(['AdministratorAccess', 'IAMFullAccess']);
    expect(await names({ OnlyAttached: true })).to.deep.equal(['AdministratorAccess', 'own']);
    expect(await names({ PolicyUsageFilter: 'PermissionsBoundary' })).to.deep.equal(['own']);
    expect(await names({ PolicyUsageFilter: 'PermissionsPolicy' })).to.deep.equal(['AdministratorAccess']);

    const all = await iam.listPolicies({});
    const paged: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const page = await iam.listPolicies({ MaxItems: 1, Marker });
      paged.push(page.Policies?.[0]?.Arn);
      Marker = page.Marker;
    } while (Marker !== undefined);
    expect(paged).to.deep.equal(all.Policies?.map(({ Arn }) => Arn));
    expect(new Set(paged).size).to.equal(10);
  });

  it('know whom they are attached to', async () => {
    const { iam } = account;
    const PolicyArn = await make('shared');
    await iam.createUser({ UserName: 'ann', Path: '/lab/' });
    await iam.createGroup({ GroupName: 'students' });
    const trust = policy({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' });
    await iam.createRole({
      RoleName: 'worker',
      AssumeRolePolicyDocument: trust,
      PermissionsBoundary: PolicyArn,
    });
    await iam.attachUserPolicy({ UserName: 'ann', PolicyArn });
    await iam.attachGroupPolicy({ GroupName: 'students', PolicyArn });
    const found = async (request: object = {}): Promise<unknown[]> => {
      const { PolicyGroups, PolicyUsers, PolicyRoles } = await iam.listEntitiesForPolicy({
        PolicyArn,
        ...request,
      });
      return [
        PolicyGroups?.map(({ GroupName }) => GroupName),
        PolicyUsers?.map(({ UserName }) => UserName),
        PolicyRoles?.map(({ RoleName }) => RoleName),
      ];
    };
    expect(await found()).to.deep.equal([['students'], ['ann'], ['worker']]);
    expect(await found({ EntityFilter: 'Group' })).to.deep.equal([['students'], [], []]);
    expect(await found({ PathPrefix: '/lab/' })).to.deep.equal([[], ['ann'], []]);
    expect(await found({ PolicyUsageFilter: 'PermissionsBoundary' })).to.deep.equal([[], [], ['worker']]);
    expect(await found({ PolicyUsageFilter: 'PermissionsPolicy' })).to.deep.equal([
      ['students'],
      ['ann'],
      [],
    ]);
    const first = await iam.listEntitiesForPolicy({ PolicyArn, MaxItems: 2 });
    expect(first.IsTruncated).to.equal(true);
    expect(await found({ Marker: first.Marker })).to.deep.equal([[], ['ann'], []]);
  });

  it('of AWS hold what AWS publishes, and cannot be changed', async () => {
    const { iam } = account;
    const document = async (name: string, VersionId: string): Promise<string> => {
      const PolicyArn = `arn:aws:iam::aws:policy/${name}`;
      expect((await iam.getPolicy({ PolicyArn })).Policy?.DefaultVersionId).to.equal(VersionId);
      const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn, VersionId });
      return decodeURIComponent(PolicyVersion?.Document ?? '');
    };
    const administrator = JSON.parse(await document('AdministratorAccess', 'v1')) as object;
    expect(administrator).to.deep.equal({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
    for (const [name, version] of [
      ['AmazonDynamoDBFullAccess', 'v15'],
      ['AmazonDynamoDBFullAccess_v2', 'v3'],
    ] as const) {
      const kms = (await document(name, version)).match(/kms:\w+/g);
      expect(kms, name).to.have.members(['kms:DescribeKey', 'kms:ListAliases']);
    }
    const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
    const refusal = (action: string): string =>
      `User: arn:aws:iam::123456789012:user/administrator is not authorized to perform: iam:${action} on resource: policy ${PolicyArn}`;
    const calls: [string, Promise<unknown>][] = [
      ['DeletePolicy', iam.deletePolicy({ PolicyArn })],
      ['CreatePolicyVersion', iam.createPolicyVersion({ PolicyArn, PolicyDocument: reading })],
      ['SetDefaultPolicyVersion', iam.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v1' })],
      ['DeletePolicyVersion', iam.deletePolicyVersion({ PolicyArn, VersionId: 'v1' })],
    ];
    for (const [action, call] of calls) await expectRefusal(call, 'AccessDenied', 403, refusal(action));
  });
});
