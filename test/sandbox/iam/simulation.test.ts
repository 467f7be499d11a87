import type { EvaluationResult, IAM, SimulateCustomPolicyCommandInput } from '@aws-sdk/client-iam';
import { expect } from 'chai';
import fc from 'fast-check';
import { statementPositions } from '../../../sandbox/services/iam/simulation/statement-positions.ts';
import { Accounts, allow, policy } from '../accounts/scene.ts';
import { refusal } from '../refusal.ts';

const deny = (Action: string): object => ({ Effect: 'Deny', Action, Resource: '*' });
const decisions = (results: EvaluationResult[] = []): string[] =>
  results.map(({ EvalDecision = '' }) => EvalDecision);

describe('SimulatePrincipalPolicy', () => {
  let accounts: Accounts;
  let iam: IAM;
  let id: string;

  beforeEach(async () => {
    accounts = await Accounts.start();
    id = accounts.sandbox.account.id;
    ({ iam } = accounts.admin(accounts.sandbox));
  });
  afterEach(() => accounts.sandbox.close());

  const written =
    '{"Version": "2012-10-17", "Statement": {"Sid": "", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}}';
  const bucket = 'arn:aws:s3:::bucket';

  for (const kind of ['user', 'group', 'role']) {
    it(`answers for a ${kind}`, async () => {
      const { Policy } = await iam.createPolicy({ PolicyName: 'put', PolicyDocument: written });
      const PolicyArn = Policy?.Arn;
      if (kind === 'user') {
        await iam.createUser({ UserName: 'x' });
        await iam.attachUserPolicy({ UserName: 'x', PolicyArn });
      } else if (kind === 'group') {
        await iam.createGroup({ GroupName: 'x' });
        await iam.attachGroupPolicy({ GroupName: 'x', PolicyArn });
      } else {
        await accounts.role(accounts.sandbox, 'x', { Principal: { AWS: id } });
        await iam.attachRolePolicy({ RoleName: 'x', PolicyArn });
      }
      const { $metadata, ...answer } = await iam.simulatePrincipalPolicy({
        PolicySourceArn: `arn:aws:iam::${id}:${kind}/x`,
        ActionNames: ['s3:PutObject', 's3:GetObjectVersion'],
        ResourceArns: [bucket],
      });
      const MatchedStatements = [
        {
          SourcePolicyId: 'put',
          SourcePolicyType: 'IAM Policy',
          StartPosition: { Line: 1, Column: 41 },
          EndPosition: { Line: 1, Column: 113 },
        },
      ];
      const result = (action: string, decision: string, matched: object[]): object => ({
        EvalActionName: action,
        EvalResourceName: bucket,
        EvalDecision: decision,
        EvalDecisionDetails: {},
        MatchedStatements: matched,
        MissingContextValues: [],
        ResourceSpecificResults: [
          {
            EvalResourceName: bucket,
            EvalResourceDecision: decision,
            MatchedStatements: matched,
            MissingContextValues: [],
          },
        ],
      });
      expect(answer).to.deep.equal({
        EvaluationResults: [
          result('s3:PutObject', 'allowed', MatchedStatements),
          result('s3:GetObjectVersion', 'implicitDeny', []),
        ],
        IsTruncated: false,
      });
    });
  }

  it('looks at inline policies, groups, boundary and policies of the request', async () => {
    const { arn } = await accounts.user(accounts.sandbox, 'ann', [allow('kms:ListKeys')]);
    await iam.createGroup({ GroupName: 'team' });
    await iam.putGroupPolicy({
      GroupName: 'team',
      PolicyName: 'shared',
      PolicyDocument: policy(allow('kms:ListAliases'), deny('kms:CreateKey')),
    });
    await iam.addUserToGroup({ GroupName: 'team', UserName: 'ann' });
    const simulate = async (more: object = {}) => {
      const { EvaluationResults = [] } = await iam.simulatePrincipalPolicy({
        PolicySourceArn: arn,
        ActionNames: ['kms:ListKeys', 'kms:ListAliases', 'kms:CreateKey', 'kms:GenerateRandom'],
        ...more,
      });
      return EvaluationResults;
    };
    const results = await simulate();
    expect(decisions(results)).to.deep.equal(['allowed', 'allowed', 'explicitDeny', 'implicitDeny']);
    expect(
      results.map(({ MatchedStatements }) => MatchedStatements?.map(({ SourcePolicyId }) => SourcePolicyId)),
    ).to.deep.equal([['user_ann_own'], ['group_team_shared'], ['group_team_shared'], []]);
    expect(results[0]).not.to.have.any.keys('ResourceSpecificResults', 'PermissionsBoundaryDecisionDetail');
    const PolicyInputList = [policy(allow('kms:*'))];
    expect(decisions(await simulate({ PolicyInputList }))).to.deep.equal([
      'allowed',
      'allowed',
      'explicitDeny',
      'allowed',
    ]);
    await iam.putUserPermissionsBoundary({
      UserName: 'ann',
      PermissionsBoundary: 'arn:aws:iam::aws:policy/IAMFullAccess',
    });
    const bounded = await simulate();
    expect(decisions(bounded)).to.deep.equal([
      'implicitDeny',
      'implicitDeny',
      'explicitDeny',
      'implicitDeny',
    ]);
    expect(bounded[0]?.PermissionsBoundaryDecisionDetail).to.deep.equal({
      AllowedByPermissionsBoundary: false,
    });
    // A boundary of the request takes the place of the one that is there.
    const other = await simulate({ PermissionsBoundaryPolicyInputList: [policy(allow('kms:ListKeys'))] });
    expect(decisions(other)).to.deep.equal(['allowed', 'implicitDeny', 'explicitDeny', 'implicitDeny']);
    expect(other[0]?.PermissionsBoundaryDecisionDetail).to.deep.equal({ AllowedByPermissionsBoundary: true });
  });

  it('agrees with what the user may really do', async () => {
    const ann = await accounts.user(accounts.sandbox, 'ann');
    const calls: Record<string, () => Promise<unknown>> = {
      'kms:ListKeys': () => ann.kms.listKeys({}),
      'kms:ListAliases': () => ann.kms.listAliases({}),
      'kms:GenerateRandom': () => ann.kms.generateRandom({ NumberOfBytes: 1 }),
    };
    const action = fc.constantFrom(...Object.keys(calls), 'kms:List*', '*');
    const effect = fc.constantFrom('Allow', 'Deny');
    const statement = fc.record({ Effect: effect, Action: action, Resource: fc.constant('*') });
    await fc.assert(
      fc.asyncProperty(fc.array(statement, { minLength: 1, maxLength: 3 }), async (statements) => {
        const PolicyDocument = policy(...statements);
        await iam.putUserPolicy({ UserName: 'ann', PolicyName: 'own', PolicyDocument });
        const { EvaluationResults = [] } = await iam.simulatePrincipalPolicy({
          PolicySourceArn: ann.arn,
          ActionNames: Object.keys(calls),
        });
        for (const [index, call] of Object.values(calls).entries()) {
          const message = await call().then(
            () => undefined,
            (error: Error) => error.message,
          );
          const expected =
            message === undefined
              ? 'allowed'
              : message.includes('explicit deny')
                ? 'explicitDeny'
                : 'implicitDeny';
          expect(EvaluationResults[index]?.EvalDecision).to.equal(expected);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('refuses what is no user, group or role', async () => {
    const ask = (PolicySourceArn: string) =>
      refusal(iam.simulatePrincipalPolicy({ PolicySourceArn, ActionNames: ['kms:ListKeys'] }));
    for (const arn of [`arn:aws:iam::${id}:root`, `arn:aws:sts::${id}:assumed-role/a/b`]) {
      expect(await ask(arn)).to.deep.equal({
        name: 'InvalidInputException',
        message: `Invalid Entity Arn: ${arn} does not clearly define entity type and name.`,
        status: 400,
      });
    }
    expect(await ask(`arn:aws:iam::${id}:user/nobody`)).to.deep.equal({
      name: 'NoSuchEntityException',
      message: 'The user with name nobody cannot be found.',
      status: 404,
    });
    expect((await ask('arn:aws:iam::999999999999:user/administrator')).name).to.equal(
      'NoSuchEntityException',
    );
  });
});

describe('SimulateCustomPolicy', () => {
  let accounts: Accounts;
  let iam: IAM;
  let id: string;

  before(async () => {
    accounts = await Accounts.start();
    id = accounts.sandbox.account.id;
    ({ iam } = accounts.admin(accounts.sandbox));
  });
  after(() => accounts.sandbox.close());

  const simulate = async (input: Partial<SimulateCustomPolicyCommandInput>) =>
    (
      await iam.simulateCustomPolicy({
        PolicyInputList: [policy(allow('s3:*'))],
        ActionNames: ['s3:GetObject'],
        ...input,
      })
    ).EvaluationResults ?? [];

  it('gives conditions the context entries of the request, and names those that are missing', async () => {
    const after = allow('dynamodb:*', '*', {
      Condition: { DateGreaterThan: { 'aws:CurrentTime': '2018-08-16T12:00:00Z' } },
    });
    const home = allow('s3:*', `arn:aws:s3:::home/\${aws:username}/\${aws:userid, 'none'}`);
    const PolicyInputList = [policy(after, home)];
    const ActionNames = ['dynamodb:CreateBackup'];
    const [unknown] = await simulate({ PolicyInputList, ActionNames });
    expect(unknown?.EvalDecision).to.equal('implicitDeny');
    expect(unknown?.MissingContextValues).to.deep.equal(['aws:CurrentTime', 'aws:username']);
    const at = (time: string) => [
      { ContextKeyName: 'aws:currenttime', ContextKeyValues: [time], ContextKeyType: 'date' as const },
    ];
    const [later] = await simulate({
      PolicyInputList,
      ActionNames,
      ContextEntries: at('2019-04-25T11:00:00Z'),
    });
    expect(later?.EvalDecision).to.equal('allowed');
    expect(later?.MissingContextValues).to.deep.equal(['aws:username']);
    const [earlier] = await simulate({
      PolicyInputList,
      ActionNames,
      ContextEntries: at('2014-04-25T11:00:00Z'),
    });
    expect(earlier?.EvalDecision).to.equal('implicitDeny');
    const ResourceArns = ['arn:aws:s3:::home/ann/none', 'arn:aws:s3:::home/writer/none'];
    const named = await simulate({
      PolicyInputList,
      ResourceArns,
      ContextEntries: [
        { ContextKeyName: 'aws:username', ContextKeyValues: ['ann'], ContextKeyType: 'string' },
      ],
    });
    expect(decisions(named)).to.deep.equal(['allowed', 'implicitDeny']);
    expect(named.map(({ EvalResourceName }) => EvalResourceName)).to.deep.equal(ResourceArns);
    expect(named[0]?.MissingContextValues).to.deep.equal([]);
    expect(named[0]?.ResourceSpecificResults?.[0]?.MissingContextValues).to.deep.equal(['aws:CurrentTime']);
  });

  it('asks a resource policy for a user, in the own account and across accounts', async () => {
    const caller = `arn:aws:iam::${id}:user/administrator`;
    const grants = (Principal: string): string =>
      policy({ Effect: 'Allow', Principal: { AWS: Principal }, Action: 's3:GetObject', Resource: '*' });
    const ask = (more: Partial<SimulateCustomPolicyCommandInput>) =>
      simulate({ CallerArn: caller, ResourceArns: ['arn:aws:s3:::bucket/a'], ...more });
    const nothing = { PolicyInputList: [policy(allow('s3:PutObject'))] };
    const [named] = await ask({ ...nothing, ResourcePolicy: grants(caller) });
    expect(named?.EvalDecision).to.equal('allowed');
    expect(
      named?.MatchedStatements?.map(({ SourcePolicyId, SourcePolicyType }) => [
        SourcePolicyId,
        SourcePolicyType,
      ]),
    ).to.deep.equal([['ResourcePolicy', 'Resource Policy']]);
    expect(decisions(await ask({ ...nothing, ResourcePolicy: grants(id) }))).to.deep.equal(['implicitDeny']);
    const ResourceOwner = 'arn:aws:iam::111122223333:root';
    const foreign = (more: object) => ask({ ResourceOwner, ...more });
    expect(decisions(await foreign({ ...nothing, ResourcePolicy: grants(caller) }))).to.deep.equal([
      'implicitDeny',
    ]);
    const [both] = await foreign({ ResourcePolicy: grants(id) });
    expect(both?.EvalDecision).to.equal('allowed');
    expect(both?.MatchedStatements?.map(({ SourcePolicyId }) => SourcePolicyId)).to.deep.equal([
      'PolicyInputList.1',
      'ResourcePolicy',
    ]);
    expect(decisions(await foreign({ ResourcePolicy: grants('111122223333') }))).to.deep.equal([
      'implicitDeny',
    ]);
  });

  it('lists every statement that allows, and of denials only what denies', async () => {
    const PolicyInputList = [
      policy(allow('s3:GetObject'), allow('kms:*'), allow('s3:*')),
      policy(deny('s3:DeleteObject')),
    ];
    const [allowed, denied] = await simulate({
      PolicyInputList,
      ActionNames: ['s3:GetObject', 's3:DeleteObject'],
    });
    const columns = (result?: EvaluationResult) =>
      result?.MatchedStatements?.map(({ SourcePolicyId, StartPosition }) => [
        SourcePolicyId,
        StartPosition?.Column,
      ]);
    const text = PolicyInputList[0] ?? '';
    expect(columns(allowed)).to.deep.equal([
      ['PolicyInputList.1', 38],
      ['PolicyInputList.1', text.lastIndexOf('{') + 1],
    ]);
    expect(columns(denied)).to.deep.equal([['PolicyInputList.2', 38]]);
  });

  it('goes through the results in pages', async () => {
    const ActionNames = Array.from({ length: 12 }, (_, index) => `s3:Action${index}`);
    const input = { PolicyInputList: [policy(allow('s3:*'))], ActionNames, MaxItems: 5 };
    const seen: (string | undefined)[] = [];
    let Marker: string | undefined;
    do {
      const page = await iam.simulateCustomPolicy({ ...input, Marker });
      expect(page.EvaluationResults?.length).to.be.at.most(5);
      seen.push(...(page.EvaluationResults ?? []).map(({ EvalActionName }) => EvalActionName));
      Marker = page.Marker;
    } while (Marker !== undefined);
    expect(seen).to.deep.equal(ActionNames);
  });

  const arn = 'arn:aws:iam::123456789012:role/x';
  const open = policy({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' });
  const refused: Record<string, [Partial<SimulateCustomPolicyCommandInput>, string]> = {
    'a policy that is none': [{ PolicyInputList: ['{}'] }, 'Statement is missing'],
    'a resource policy without a caller': [{ ResourcePolicy: open }, 'CallerArn is required'],
    'a resource policy for a role': [{ ResourcePolicy: open, CallerArn: arn }, 'IAM users only'],
    'two boundaries': [
      { PermissionsBoundaryPolicyInputList: [policy(allow('*')), policy(allow('*'))] },
      'cannot exceed 1',
    ],
    'an action with a wildcard': [{ ActionNames: ['s3:Get*'] }, 'Invalid action name: s3:Get*.'],
    'a resource that is no ARN': [{ ResourceArns: ['bucket'] }, 'Resource bucket must be in ARN format'],
    'an owner that is no account': [{ ResourceOwner: 'me' }, 'Invalid ResourceOwner: me.'],
    'what it does not support': [
      { ResourceHandlingOption: 'EC2-VPC-EBS' },
      'does not support ResourceHandlingOption',
    ],
  };
  for (const [title, [input, message]] of Object.entries(refused)) {
    it(`refuses ${title}`, async () => {
      const answer = await refusal(simulate(input));
      expect(answer.status).to.equal(400);
      expect(answer.message).to.contain(message);
    });
  }
});

describe('positions of statements', () => {
  it('are those of the text between the braces, however it is written', () => {
    const statement = fc.record({
      Sid: fc.string(),
      Effect: fc.constant('Allow'),
      Resource: fc.array(fc.string()),
    });
    const document = fc.record({
      Id: fc.string(),
      Version: fc.constant('x"{[\\'),
      Statement: fc.array(statement, { minLength: 1 }),
    });
    fc.assert(
      fc.property(document, fc.constantFrom(0, 1, 4, '\t'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const lines = text.split('\n');
        const offset = ({ Line = 0, Column = 0 }): number =>
          lines.slice(0, Line - 1).reduce((sum, line) => sum + line.length + 1, 0) + Column - 1;
        const found = statementPositions(text).map(({ StartPosition, EndPosition }) =>
          JSON.parse(text.slice(offset(StartPosition), offset(EndPosition))),
        );
        expect(found).to.deep.equal(value.Statement);
      }),
    );
  });
});
