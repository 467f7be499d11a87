import type { IAM } from '@aws-sdk/client-iam';
import { expect } from 'chai';
import { expectRefusal, policy, startAccount, type TestAccount } from './account.ts';

const allowAll = policy({ Effect: 'Allow', Action: '*', Resource: '*' });
const trust = policy({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' });
const fullAccess = 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess';

/** Policies of users, groups and roles work alike; one set of calls for each. */
interface Holder {
  readonly kind: 'user' | 'group' | 'role';
  readonly size: number;
  make(iam: IAM): Promise<unknown>;
  put(iam: IAM, name: string, document: string): Promise<unknown>;
  get(iam: IAM, name: string): Promise<{ PolicyName?: string; PolicyDocument?: string }>;
  list(iam: IAM, page?: object): Promise<{ PolicyNames?: string[]; Marker?: string; IsTruncated?: boolean }>;
  remove(iam: IAM, name: string): Promise<unknown>;
  attach(iam: IAM, arn: string): Promise<unknown>;
  detach(iam: IAM, arn: string): Promise<unknown>;
  attached(iam: IAM, page?: object): Promise<{ AttachedPolicies?: object[]; Marker?: string }>;
}

const UserName = 'holder';
const GroupName = 'holder';
const RoleName = 'holder';

const holders: Holder[] = [
  {
    kind: 'user',
    size: 2048,
    make: (iam) => iam.createUser({ UserName }),
    put: (iam, PolicyName, PolicyDocument) => iam.putUserPolicy({ UserName, PolicyName, PolicyDocument }),
    get: (iam, PolicyName) => iam.getUserPolicy({ UserName, PolicyName }),
    list: (iam, page) => iam.listUserPolicies({ UserName, ...page }),
    remove: (iam, PolicyName) => iam.deleteUserPolicy({ UserName, PolicyName }),
    attach: (iam, PolicyArn) => iam.attachUserPolicy({ UserName, PolicyArn }),
    detach: (iam, PolicyArn) => iam.detachUserPolicy({ UserName, PolicyArn }),
    attached: (iam, page) => iam.listAttachedUserPolicies({ UserName, ...page }),
  },
  {
    kind: 'group',
    size: 5120,
    make: (iam) => iam.createGroup({ GroupName }),
    put: (iam, PolicyName, PolicyDocument) => iam.putGroupPolicy({ GroupName, PolicyName, PolicyDocument }),
    get: (iam, PolicyName) => iam.getGroupPolicy({ GroupName, PolicyName }),
    list: (iam, page) => iam.listGroupPolicies({ GroupName, ...page }),
    remove: (iam, PolicyName) => iam.deleteGroupPolicy({ GroupName, PolicyName }),
    attach: (iam, PolicyArn) => iam.attachGroupPolicy({ GroupName, PolicyArn }),
    detach: (iam, PolicyArn) => iam.detachGroupPolicy({ GroupName, PolicyArn }),
    attached: (iam, page) => iam.listAttachedGroupPolicies({ GroupName, ...page }),
  },
  {
    kind: 'role',
    size: 10_240,
    make: (iam) => iam.createRole({ RoleName, AssumeRolePolicyDocument: trust }),
    put: (iam, PolicyName, PolicyDocument) => iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument }),
    get: (iam, PolicyName) => iam.getRolePolicy({ RoleName, PolicyName }),
    list: (iam, page) => iam.listRolePolicies({ RoleName, ...page }),
    remove: (iam, PolicyName) => iam.deleteRolePolicy({ RoleName, PolicyName }),
    attach: (iam, PolicyArn) => iam.attachRolePolicy({ RoleName, PolicyArn }),
    detach: (iam, PolicyArn) => iam.detachRolePolicy({ RoleName, PolicyArn }),
    attached: (iam, page) => iam.listAttachedRolePolicies({ RoleName, ...page }),
  },
];

for (const holder of holders) {
  describe(`policies of a ${holder.kind}`, () => {
    let account: TestAccount;

    beforeEach(async () => {
      account = await startAccount();
      await holder.make(account.iam);
    });
    afterEach(() => account.sandbox.close());

    it('inline: are written, overwritten, read as they were given, listed and deleted', async () => {
      const { iam } = account;
      const spaced = `\n${allowAll.replace('"*"', '"s3:Get*" ')} `;
      await holder.put(iam, 'b', allowAll);
      await holder.put(iam, 'a', allowAll);
      await holder.put(iam, 'b', spaced);
      const got = await holder.get(iam, 'b');
      expect(got.PolicyName).to.equal('b');
      expect(got).to.have.property(
        `${holder.kind.charAt(0).toUpperCase()}${holder.kind.slice(1)}Name`,
        'holder',
      );
      // Answers carry documents URL-encoded, as RFC 3986 has it: * and ' too.
      expect(got.PolicyDocument).to.match(/^[A-Za-z0-9%_.~-]+$/);
      expect(decodeURIComponent(got.PolicyDocument ?? '')).to.equal(spaced);

      const first = await holder.list(iam, { MaxItems: 1 });
      expect(first.PolicyNames).to.deep.equal(['a']);
      expect((await holder.list(iam, { Marker: first.Marker })).PolicyNames).to.deep.equal(['b']);
      await holder.remove(iam, 'a');
      expect((await holder.list(iam)).PolicyNames).to.deep.equal(['b']);
      const message = `The ${holder.kind} policy with name a cannot be found.`;
      await expectRefusal(holder.get(iam, 'a'), 'NoSuchEntity', 404, message);
      await expectRefusal(holder.remove(iam, 'a'), 'NoSuchEntity', 404, message);
    });

    it('inline: have a size together, white space not counted', async () => {
      const { iam } = account;
      const ofSize = (size: number): string => {
        const empty = policy({ Effect: 'Allow', Action: 's3:', Resource: '*' });
        return empty.replace('"s3:"', `"s3:${'x'.repeat(size - empty.length)}" \n`);
      };
      const half = holder.size / 2;
      await holder.put(iam, 'a', ofSize(half));
      await holder.put(iam, 'b', ofSize(half));
      await holder.put(iam, 'b', ofSize(half));
      await expectRefusal(
        holder.put(iam, 'b', ofSize(half + 1)),
        'LimitExceeded',
        409,
        `Maximum policy size of ${holder.size} bytes exceeded for ${holder.kind} holder`,
      );
    });

    it('attached: are managed policies, listed by name', async () => {
      const { iam } = account;
      const { Policy } = await iam.createPolicy({
        PolicyName: 'own',
        Path: '/lab/',
        PolicyDocument: allowAll,
      });
      const own = Policy?.Arn ?? '';
      await holder.attach(iam, own);
      await holder.attach(iam, fullAccess);
      await holder.attach(iam, fullAccess);
      const all = [
        { PolicyName: 'AmazonDynamoDBFullAccess', PolicyArn: fullAccess },
        { PolicyName: 'own', PolicyArn: own },
      ];
      expect((await holder.attached(iam)).AttachedPolicies).to.deep.equal(all);
      expect((await holder.attached(iam, { PathPrefix: '/lab/' })).AttachedPolicies).to.deep.equal([all[1]]);
      const page = await holder.attached(iam, { MaxItems: 1 });
      const rest = await holder.attached(iam, { Marker: page.Marker });
      expect([page.AttachedPolicies, rest.AttachedPolicies].flat()).to.deep.equal(all);
      expect((await iam.getPolicy({ PolicyArn: own })).Policy?.AttachmentCount).to.equal(1);

      await holder.detach(iam, own);
      expect((await holder.attached(iam)).AttachedPolicies).to.deep.equal([all[0]]);
      await expectRefusal(holder.detach(iam, own), 'NoSuchEntity', 404, `Policy ${own} was not found.`);
    });

    it('attached: must exist and be policies', async () => {
      const { iam } = account;
      const unknown = 'arn:aws:iam::123456789012:policy/unknown';
      await expectRefusal(
        holder.attach(iam, unknown),
        'NoSuchEntity',
        404,
        `Policy ${unknown} does not exist or is not attachable.`,
      );
      for (const arn of ['AdministratorAccess', 'arn:aws:iam']) {
        await expectRefusal(
          holder.attach(iam, arn),
          'ValidationError',
          400,
          `1 validation error detected: Value '${arn}' at 'policyArn' failed to satisfy constraint: Member must have length greater than or equal to 20`,
        );
      }
      for (const arn of ['a-name-without-any-colon', 'arn:aws:iam::123456789012']) {
        await expectRefusal(
          holder.attach(iam, arn),
          'ValidationError',
          400,
          'Invalid ARN:  Could not be parsed!',
        );
      }
      const user = 'arn:aws:iam::123456789012:user/administrator';
      await expectRefusal(holder.attach(iam, user), 'InvalidInput', 400, `ARN ${user} is not valid.`);
    });

    it('attached: are at most ten', async () => {
      const { iam } = account;
      for (let count = 0; count < 11; count++) {
        const { Policy } = await iam.createPolicy({ PolicyName: `p${count}`, PolicyDocument: allowAll });
        const attached = holder.attach(iam, Policy?.Arn ?? '');
        const kind = `${holder.kind.charAt(0).toUpperCase()}${holder.kind.slice(1)}`;
        if (count < 10) await attached;
        else
          await expectRefusal(
            attached,
            'LimitExceeded',
            409,
            `Cannot exceed quota for PoliciesPer${kind}: 10`,
          );
      }
    });
  });
}

describe('policy documents', () => {
  let account: TestAccount;

  before(async () => {
    account = await startAccount();
    await account.iam.createUser({ UserName });
  });
  after(() => account.sandbox.close());

  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
  const cases: [string, string, string][] = [
    ['no JSON', 'hello', 'This policy contains invalid Json'],
    [
      'an old version',
      `{"Version":"2008-10-17","Statement":${JSON.stringify(statement)}}`,
      'Policy document must be version 2012-10-17 or greater.',
    ],
    [
      'no version',
      `{"Statement":${JSON.stringify(statement)}}`,
      'Policy document must be version 2012-10-17 or greater.',
    ],
    [
      'a principal',
      policy({ ...statement, Principal: '*' }),
      'Policy document should not specify a principal.',
    ],
    ['no action', policy({ ...statement, Action: undefined }), 'Policy statement must contain actions.'],
    [
      'no resource',
      policy({ ...statement, Resource: undefined }),
      'Policy statement must contain resources.',
    ],
    [
      'an action without a service',
      policy({ ...statement, Action: 'GetObject' }),
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    [
      'an action with two colons',
      policy({ ...statement, Action: 's3:Get:Object' }),
      'Actions/Condition can contain only one colon.',
    ],
    [
      'a resource that is no ARN',
      policy({ ...statement, Resource: 'bucket' }),
      'Resource bucket must be in ARN format or "*".',
    ],
    [
      'the same Sid twice',
      policy({ ...statement, Sid: 'A' }, { ...statement, Sid: 'A' }),
      'Statement IDs (SID) in a single policy must be unique.',
    ],
    [
      'a Sid with a space',
      policy({ ...statement, Sid: 'a b' }),
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    ],
  ];
  for (const [what, document, message] of cases) {
    it(`are refused with ${what}`, async () => {
      const { iam } = account;
      for (const call of [
        iam.putUserPolicy({ UserName, PolicyName: 'p', PolicyDocument: document }),
        iam.createPolicy({ PolicyName: 'p', PolicyDocument: document }),
      ]) {
        await expectRefusal(call, 'MalformedPolicyDocument', 400, message);
      }
    });
  }

  it('are refused with a syntax error, and why', async () => {
    for (const document of [
      policy({ ...statement, Effect: 'allow' }),
      policy(),
      '[]',
      '{"Version":"2012-10-17"}',
    ]) {
      const error = await account.iam
        .createPolicy({ PolicyName: 'p', PolicyDocument: document })
        .catch((thrown: unknown) => thrown);
      expect(error)
        .to.be.an('error')
        .with.property('message')
        .that.matches(/^Syntax errors in policy\. \(.+\)$/);
    }
  });
});
