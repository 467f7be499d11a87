/** Users, groups, roles and policies of a lab are removed in an order that IAM takes; what may be somebody else's is left. */
import { expect } from 'chai';
import type { CallName } from '../../checks/call.ts';
import { identify } from '../../runner/accounts/identify.ts';
import { lookAtAll, type Outcome, removeAll } from '../../runner/clean/clean.ts';
import type { Thing } from '../../runner/clean/made.ts';
import { thingsOf } from '../../runner/clean/things.ts';
import { planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { labFolders, readLab } from '../support/labs.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';

const folder = labFolders.find((one) => one.endsWith('/least-privilege-with-iam/')) ?? '';
const { lab, proof } = await readLab(folder);
const { params } = planRun(lab, {});
const { user = '', operator = '', group = '', role = '', boundary = '', table = '' } = params;

describe('cleaning up what a lab made in IAM', function () {
  this.timeout(30_000);
  let account: SandboxAccount;
  let things: Thing[];
  beforeEach(async () => {
    account = await sandboxAccount();
    const { accountId: id } = await identify(account.owner);
    things = thingsOf({ lab, settings: {}, attempts: [], account: { id, region: account.sandbox.region } });
    for (const { id: stage } of lab.stages.slice(0, -1))
      await carryOut({ steps: proof[stage]?.solution ?? [], caller: account.owner, params });
  });
  afterEach(() => account.close());

  /** Everything that nobody has to be asked about. */
  async function clean(): Promise<Map<string, Outcome>> {
    const identity = await identify(account.owner);
    const target = { caller: account.owner, identity };
    const looked = await lookAtAll(things, target);
    const { signal } = new AbortController();
    const { outcomes } = await removeAll({
      ...target,
      looked,
      agreed: () => false,
      signal,
      patienceMs: 2000,
    });
    return new Map(outcomes.map((outcome) => [outcome.thing.name, outcome]));
  }
  const statesOf = (outcomes: Map<string, Outcome>) =>
    Object.fromEntries([...outcomes].map(([name, { state }]) => [name, state]));
  const whyOf = (outcome: Outcome | undefined) => (outcome && 'why' in outcome ? outcome.why.join(' ') : '');
  const send = (call: CallName, input: object) => account.owner.send(call, input);
  const allGone = Object.fromEntries(
    [table, user, operator, group, role, boundary].map((name) => [name, 'gone']),
  );

  it('removes all of it without a question, keys, memberships and boundaries included', async () => {
    await send('iam:CreateAccessKey', { UserName: user });
    expect(statesOf(await clean())).to.deep.equal(allGone);
    for (const [call, member] of [
      ['iam:ListUsers', 'Users'],
      ['iam:ListGroups', 'Groups'],
      ['iam:ListRoles', 'Roles'],
    ] as const) {
      const { output } = await send(call, {});
      const left = (output[member] as { UserName?: string }[]).map(({ UserName = 'one' }) => UserName);
      expect(left, call).to.deep.equal(member === 'Users' ? ['administrator'] : []);
    }
    const { output } = await send('iam:ListPolicies', { Scope: 'Local' });
    expect(output.Policies).to.deep.equal([]);
  });

  it('deletes the older versions of a policy first', async () => {
    const { output } = await send('iam:ListPolicies', { Scope: 'Local' });
    const [policy] = output.Policies as { Arn: string }[];
    await send('iam:CreatePolicyVersion', {
      PolicyArn: policy?.Arn,
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'dynamodb:Query', Resource: '*' }],
      }),
      SetAsDefault: true,
    });
    const outcomes = await clean();
    expect(outcomes.get(boundary)?.done).to.deep.equal([
      'deleted version v1',
      `deleted the policy ${boundary}`,
    ]);
  });

  it('leaves a group with somebody else in it, and a role with a tag, and says why', async () => {
    await send('iam:CreateUser', { UserName: 'colleague' });
    await send('iam:AddUserToGroup', { GroupName: group, UserName: 'colleague' });
    await send('iam:TagRole', { RoleName: role, Tags: [{ Key: 'team', Value: 'audit' }] });
    const outcomes = await clean();
    expect(statesOf(outcomes)).to.deep.equal({ ...allGone, [group]: 'left', [role]: 'left' });
    expect(whyOf(outcomes.get(group))).to.include('The lab did not put these users into it: colleague.');
    expect(whyOf(outcomes.get(role))).to.include('It has tags: team=audit.');
  });

  it('leaves a policy that somebody else has, and takes nothing from them', async () => {
    await send('iam:CreateUser', { UserName: 'colleague' });
    const { output } = await send('iam:ListPolicies', { Scope: 'Local' });
    const [policy] = output.Policies as { Arn: string }[];
    await send('iam:AttachUserPolicy', { UserName: 'colleague', PolicyArn: policy?.Arn });
    const outcomes = await clean();
    expect(statesOf(outcomes)).to.deep.equal({ ...allGone, [boundary]: 'left' });
    expect(whyOf(outcomes.get(boundary))).to.include('by colleague');
    const held = await send('iam:ListAttachedUserPolicies', { UserName: 'colleague' });
    expect(held.output.AttachedPolicies).to.have.length(1);
  });

  it('leaves a user with a boundary or a group that the lab does not know', async () => {
    await send('iam:CreateGroup', { GroupName: 'admins' });
    await send('iam:AddUserToGroup', { GroupName: 'admins', UserName: user });
    await send('iam:PutUserPermissionsBoundary', {
      UserName: operator,
      PermissionsBoundary: 'arn:aws:iam::aws:policy/AdministratorAccess',
    });
    const outcomes = await clean();
    expect(outcomes.get(user)?.state).to.equal('left');
    expect(whyOf(outcomes.get(user))).to.include('It is in groups: admins.');
    expect(outcomes.get(operator)?.state).to.equal('left');
    expect(whyOf(outcomes.get(operator))).to.include('It has a permissions boundary.');
  });
});
