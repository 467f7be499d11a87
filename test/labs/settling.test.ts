/**
 * What AWS is still doing is never held against the learner: checked at once, each change is waited for and passes; who
 * does not wait is told what was seen last, and nothing fails. By a clock that nobody moves, at ten times AWS's pace.
 */
import { expect } from 'chai';
import { accessKeyIn } from '../../runner/accounts/access-key.ts';
import type { AwsCaller } from '../../runner/accounts/aws-caller.ts';
import { identify } from '../../runner/accounts/identify.ts';
import { planRun } from '../../runner/plan.ts';
import { profileProber } from '../../runner/probe/profile.ts';
import { waysOf } from '../../runner/probe/ways.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import type { CheckResult } from '../../runner/result.ts';
import { runPlan } from '../../runner/run.ts';
import { atOnce, realistic, type Timing } from '../../sandbox/timing/timing.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';

const { lab, proof } = await readLab(firstLab);
const { params } = planRun(lab, {});
const user = params.user ?? '';
const pace: Timing = {
  ...atOnce,
  ...Object.fromEntries(
    Object.entries(realistic).map(([figure, milliseconds]) => [figure, milliseconds / 10]),
  ),
  // A tenth would still be half a minute.
  tableKeyCacheMs: 3000,
};
/** How long a learner waits who does not, and one who does. */
const hasty = 50;
const patient = 10_000;

interface Change {
  readonly title: string;
  /** Stages that are done and settled before. */
  readonly done: readonly string[];
  readonly also?: (account: SandboxAccount, asUser: AwsCaller | undefined) => Promise<void>;
  readonly change: (account: SandboxAccount) => Promise<void>;
  readonly stage: string;
  /** The check that has to wait. */
  readonly check: string;
  /** What the hasty learner reads. */
  readonly lastSight: string;
}

const send =
  (call: Parameters<AwsCaller['send']>[0], input: object) =>
  async ({ owner }: SandboxAccount): Promise<void> => {
    await owner.send(call, input);
  };
const solution = (stage: string) => async (account: SandboxAccount) =>
  carryOut({ steps: proof[stage]?.solution ?? [], caller: account.owner, params });
/** The steps of the solution that change something, without waiting for what they do. */
const begin = (stage: string, steps: number) => async (account: SandboxAccount) =>
  carryOut({ steps: (proof[stage]?.solution ?? []).slice(0, steps), caller: account.owner, params });
const keyId = async ({ owner }: SandboxAccount) => {
  const { output } = await owner.send('kms:DescribeKey', { KeyId: params.alias });
  return (output.KeyMetadata as { KeyId: string }).KeyId;
};
const policyArn = 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess_v2';

const changes: Change[] = [
  {
    title: 'a table that is being made',
    done: ['key'],
    change: begin('table', 1),
    stage: 'table',
    check: 'dynamodb/table-exists',
    lastSight: 'in the state CREATING',
  },
  {
    title: 'an encryption that is being switched',
    done: ['key'],
    change: begin('table', 3),
    stage: 'table',
    check: 'dynamodb/table-encrypted',
    lastSight: 'is still UPDATING',
  },
  {
    title: 'an encryption that is being switched, where the user is tried',
    done: ['key', 'table', 'data', 'user'],
    also: send('dynamodb:UpdateTable', { TableName: params.table, SSESpecification: { Enabled: false } }),
    change: send('dynamodb:UpdateTable', {
      TableName: params.table,
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: params.alias },
    }),
    stage: 'deny',
    check: 'access/read-denied',
    lastSight: 'is still UPDATING',
  },
  {
    title: 'a policy that the user was given a moment ago',
    done: ['key', 'table', 'data', 'user'],
    also: send('iam:DetachUserPolicy', { UserName: user, PolicyArn: policyArn }),
    change: send('iam:AttachUserPolicy', { UserName: user, PolicyArn: policyArn }),
    stage: 'deny',
    check: 'access/read-denied',
    lastSight: 'not even the control call is answered',
  },
  {
    title: 'a key policy that lets the user in',
    done: ['key', 'table', 'data', 'user'],
    change: solution('grant'),
    stage: 'grant',
    check: 'access/read-allowed',
    lastSight: 'is still refused kms:Decrypt, although the key policy',
  },
  {
    title: 'a grant that lets the user in',
    done: ['key', 'table', 'data', 'user'],
    async change(account) {
      const { output } = await account.owner.send('iam:GetUser', { UserName: user });
      const GranteePrincipal = (output.User as { Arn: string }).Arn;
      const grant = { KeyId: await keyId(account), GranteePrincipal, Operations: ['Decrypt'] };
      await account.owner.send('kms:CreateGrant', grant);
    },
    stage: 'grant',
    check: 'access/read-allowed',
    lastSight: 'is still refused kms:Decrypt, although the grant',
  },
  {
    title: 'a user who was put out, and whom DynamoDB remembers',
    done: ['key', 'table', 'data', 'user'],
    async also(account, asUser) {
      const PolicyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }],
      });
      await account.owner.send('iam:PutUserPolicy', {
        UserName: user,
        PolicyName: 'decrypt',
        PolicyDocument,
      });
      account.sandbox.clock.advance(60_000);
      await asUser?.send('dynamodb:Scan', { TableName: params.table });
    },
    async change({ owner }) {
      await owner.send('iam:DeleteUserPolicy', { UserName: user, PolicyName: 'decrypt' });
    },
    stage: 'deny',
    check: 'access/read-denied',
    lastSight: 'although no policy and no grant lets it use the key',
  },
  {
    title: 'a table that is being deleted',
    done: ['key', 'table', 'data', 'user'],
    change: send('dynamodb:DeleteTable', { TableName: params.table }),
    stage: 'cleanup',
    check: 'dynamodb/table-deleted',
    lastSight: 'is being deleted',
  },
];

describe('the first lab, while AWS settles', () => {
  for (const { title, done, also, change, stage, check, lastSight } of changes) {
    it(`waits for ${title}`, async function () {
      this.timeout(60_000);
      const account = await sandboxAccount();
      try {
        for (const each of done) await solution(each)(account);
        const asUser = done.includes('user')
          ? account.callerFor(
              accessKeyIn(await account.owner.send('iam:CreateAccessKey', { UserName: user })),
            )
          : undefined;
        account.sandbox.setTiming(pace);
        await also?.(account, asUser);
        // What came before does not count here, unless DynamoDB is to remember it.
        if (!title.includes('remembers')) account.sandbox.clock.advance(60 * 60_000);

        await change(account);
        const began = Date.now();
        const seen = await find(account, asUser, { stage, check, patienceMs: hasty });
        const sight = `${seen.verdict}: ${seen.message}`;
        expect(seen.verdict, sight).to.equal('error');
        expect(seen.message).to.include(lastSight);
        expect(seen.hint).to.match(/[Ww]ait|run again/);
        expect(Date.now() - began).to.be.below(5000);

        const later = await find(account, asUser, { stage, check, patienceMs: patient });
        expect(later.verdict, later.message).to.equal('pass');
        expect(Date.now() - began).to.be.below(patient + 5000);
      } finally {
        await account.close();
      }
    });
  }
});

/** The finding of one check, the user tried with a key that it has had for long. */
async function find(
  account: SandboxAccount,
  asUser: AwsCaller | undefined,
  { stage, check, patienceMs }: { stage: string; check: string; patienceMs: number },
): Promise<CheckResult> {
  const { owner } = account;
  const identity = await identify(owner);
  const attempt = await runPlan({
    plan: planRun(lab, {}, [stage]),
    caller: owner,
    identity,
    kind: 'sandbox',
    prober: profileProber({ profile: 'test', caller: asUser ?? owner, owner: identity }),
    ways: waysOf('profile'),
    patienceMs,
    // What the stage undoes was seen before.
    earlierOutputs: new Map([['table/0', { id: 'earlier', name: params.table ?? '', arn: 'earlier' }]]),
  });
  const findings = Object.values(attempt.findings);
  expect(
    findings.filter((one) => one.check === check && one.verdict === 'fail').map((one) => one.message),
  ).to.deep.equal([]);
  const found = findings.find((one) => one.check === check);
  if (!found) throw new Error(`The stage ${stage} has no check ${check}.`);
  return found;
}
