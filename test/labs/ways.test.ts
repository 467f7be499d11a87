/**
 * The same account graded four ways: by a temporary key, by a profile, by CloudTrail's history, by reasoning.
 *
 * The rule: of one check and one state of the account, no way says pass where another says fail. A way that cannot
 * tell says `error`, and a pass that no trial of now has shown bears the weaker basis. A refusal that CloudTrail has on
 * record stays earned: the deny stage passes by it, also on the ways that try the user now and find it let in, because
 * they look there as well.
 */
import { join } from 'node:path';
import { expect } from 'chai';
import { accessKeyIn } from '../../runner/accounts/access-key.ts';
import type { AwsCaller } from '../../runner/accounts/aws-caller.ts';
import { identify } from '../../runner/accounts/identify.ts';
import { planRun } from '../../runner/plan.ts';
import { Journal } from '../../runner/probe/journal.ts';
import { noProber, type Prober } from '../../runner/probe/prober.ts';
import { profileProber } from '../../runner/probe/profile.ts';
import { temporaryKeyProber } from '../../runner/probe/temporary-key.ts';
import { waysOf } from '../../runner/probe/ways.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { mistakeSteps } from '../../runner/proof/mistake-steps.ts';
import type { ProofStep } from '../../runner/proof/schema.ts';
import type { CheckResult } from '../../runner/result.ts';
import { runPlan } from '../../runner/run.ts';
import { realistic } from '../../sandbox/timing/timing.ts';
import { firstLab, readLab } from '../support/labs.ts';
import { type SandboxAccount, sandboxAccount } from '../support/sandbox-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { lab, proof } = await readLab(firstLab);
const { params } = planRun(lab, {});
const user = params.user ?? '';
const graded = ['user', 'deny', 'grant'];
/** Longer than anything but the status of a table takes to settle, DynamoDB's memory of a table's key included. */
const aWhile = 6 * 60_000;
/** As long as a change of policies takes, and shorter than that memory and CloudTrail's delay. */
const aMoment = 10_000;

/** Weakest first: a trial leaves its own trace in CloudTrail. */
const choices = ['history', 'reason', 'profile', 'key'] as const;
type Way = (typeof choices)[number];

/** One learner at work: what they do, and the account's clock, which is moved instead of waiting. */
class Work {
  readonly account: SandboxAccount;
  readonly #journal: Journal;
  #user: AwsCaller | undefined;

  constructor(account: SandboxAccount, folder: string) {
    this.account = account;
    this.#journal = new Journal(join(folder, 'keys'));
  }

  wait(milliseconds: number): void {
    this.account.sandbox.clock.advance(milliseconds);
  }

  /** Carries out steps, the clock moved after each, so that the next one finds everything settled. */
  async do(steps: readonly ProofStep[]): Promise<void> {
    const { owner, sandbox } = this.account;
    const caller: typeof owner = Object.create(owner, {
      send: {
        value: async (...call: Parameters<typeof owner.send>) => {
          try {
            return await owner.send(...call);
          } finally {
            sandbox.clock.advance(30_000);
          }
        },
      },
    });
    await carryOut({ steps, caller, params });
  }

  async solve(...stages: string[]): Promise<void> {
    for (const stage of stages) await this.do(proof[stage]?.solution ?? []);
  }

  /** The user's own key, made at the first call. */
  async asUser(): Promise<AwsCaller | undefined> {
    if (!this.#user) {
      const { output } = await this.account.owner.send('iam:ListUsers', {});
      if (!(output.Users as { UserName: string }[]).some(({ UserName }) => UserName === user))
        return undefined;
      const made = await this.account.owner.send('iam:CreateAccessKey', { UserName: user });
      this.#user = this.account.callerFor(accessKeyIn(made));
      this.wait(aMoment);
    }
    return this.#user;
  }

  /** The user looks at the items, allowed or not. */
  async read(): Promise<void> {
    await (await this.asUser())?.send('dynamodb:Scan', { TableName: params.table }).catch(() => undefined);
  }

  async deleteOwnKey(): Promise<void> {
    const { owner } = this.account;
    const { output } = await owner.send('iam:ListAccessKeys', { UserName: user });
    for (const { AccessKeyId } of output.AccessKeyMetadata as { AccessKeyId: string }[])
      await owner.send('iam:DeleteAccessKey', { UserName: user, AccessKeyId });
  }

  async keyPolicy(): Promise<{ KeyId: string; Policy: string }> {
    const { output } = await this.account.owner.send('kms:DescribeKey', { KeyId: params.alias });
    const { KeyId } = output.KeyMetadata as { KeyId: string };
    const answer = await this.account.owner.send('kms:GetKeyPolicy', { KeyId, PolicyName: 'default' });
    return { KeyId, Policy: answer.output.Policy as string };
  }

  async grade(way: Way): Promise<Map<string, CheckResult>> {
    // A caller of its own, as each command has one: the pace of CloudTrail's calls begins anew.
    const owner = this.account.callerFor(this.account.sandbox.administrator);
    const identity = await identify(owner);
    const prober = await this.#proberFor(way, identity);
    try {
      const { findings } = await runPlan({
        plan: planRun(lab, {}, graded),
        caller: owner,
        identity,
        kind: 'sandbox',
        prober,
        ways: waysOf(way),
        patienceMs: 0,
      });
      return new Map(Object.entries(findings).filter(([step]) => graded.includes(step.split('/')[0] ?? '')));
    } finally {
      if (way === 'key') await prober.close();
    }
  }

  async #proberFor(way: Way, identity: Awaited<ReturnType<typeof identify>>): Promise<Prober> {
    const { owner, callerFor, sandbox } = this.account;
    if (way === 'key') {
      // Who waits for a new key to be known lets the account's time pass.
      const known = (key: Parameters<typeof callerFor>[0]) => {
        sandbox.clock.advance(aMoment);
        return callerFor(key);
      };
      return temporaryKeyProber({ owner, identity, journal: this.#journal, callerFor: known });
    }
    const caller = way === 'profile' ? await this.asUser() : undefined;
    return caller ? profileProber({ profile: 'test', caller, owner: identity }) : noProber;
  }
}

interface Scenario {
  readonly title: string;
  readonly play: (work: Work) => Promise<void>;
  /** What each way says of the deny stage and of the grant stage's read: verdict, and basis where it passes. */
  readonly says?: Partial<Record<Way, readonly [deny: string, grant: string]>>;
}

const beforeUser = ['key', 'table', 'data'];
const beforeGrant = [...beforeUser, 'user'];

/** Ways of letting the user in, and back out. */
const lettingIn: Record<string, { in: (work: Work) => Promise<void>; out: (work: Work) => Promise<void> }> = {
  'the key policy': {
    in: (work) => work.solve('grant'),
    async out(work) {
      const { KeyId, Policy } = await work.keyPolicy();
      const { Statement, ...rest } = JSON.parse(Policy) as { Statement: { Principal: { AWS: unknown } }[] };
      const without = Statement.map((one) => ({
        ...one,
        Principal: { AWS: [one.Principal.AWS].flat().filter((arn) => !String(arn).endsWith(`/${user}`)) },
      }));
      const Kept = JSON.stringify({ ...rest, Statement: without });
      await work.account.owner.send('kms:PutKeyPolicy', { KeyId, PolicyName: 'default', Policy: Kept });
    },
  },
  'a grant': {
    async in(work) {
      const { KeyId } = await work.keyPolicy();
      const { output } = await work.account.owner.send('iam:GetUser', { UserName: user });
      const GranteePrincipal = (output.User as { Arn: string }).Arn;
      await work.account.owner.send('kms:CreateGrant', { KeyId, GranteePrincipal, Operations: ['Decrypt'] });
    },
    async out(work) {
      const { KeyId } = await work.keyPolicy();
      const { output } = await work.account.owner.send('kms:ListGrants', { KeyId });
      for (const { GrantId, GranteePrincipal } of output.Grants as Record<string, string>[]) {
        if (!GranteePrincipal?.endsWith(`/${user}`)) continue;
        await work.account.owner.send('kms:RevokeGrant', { KeyId, GrantId });
      }
    },
  },
  'an IAM policy': {
    async in(work) {
      const PolicyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }],
      });
      const policy = { UserName: user, PolicyName: 'decrypt', PolicyDocument };
      await work.account.owner.send('iam:PutUserPolicy', policy);
    },
    async out(work) {
      await work.account.owner.send('iam:DeleteUserPolicy', { UserName: user, PolicyName: 'decrypt' });
    },
  },
};

const scenarios: Scenario[] = [
  ...['nothing', ...beforeUser].map((last, at) => ({
    title: `done up to ${last}`,
    play: async (work: Work) => {
      await work.solve(...beforeUser.slice(0, at));
      work.wait(aWhile);
    },
  })),
  {
    title: 'not let in, never tried',
    async play(work) {
      await work.solve(...beforeGrant);
      work.wait(aWhile);
    },
    says: {
      history: ['error', 'error'],
      reason: ['error', 'skip'],
      profile: ['pass observed', 'skip'],
      key: ['pass observed', 'skip'],
    },
  },
  {
    title: 'not let in, tried a moment ago',
    async play(work) {
      await work.solve(...beforeGrant);
      work.wait(aWhile);
      await work.read();
      work.wait(aMoment);
    },
    says: { history: ['error', 'error'], key: ['pass observed', 'skip'] },
  },
  {
    title: 'not let in, tried a while ago',
    async play(work) {
      await work.solve(...beforeGrant);
      work.wait(aWhile);
      await work.read();
      work.wait(aWhile);
    },
    says: { history: ['pass history', 'error'], key: ['pass observed', 'skip'] },
  },
  ...Object.entries(lettingIn).flatMap(([way, access]): Scenario[] => {
    // An IAM policy of the user's own spoils the stage before: the key alone is to decide.
    const spoiled = way === 'an IAM policy';
    return [
      {
        title: `let in by ${way} at once, never tried`,
        async play(work) {
          await work.solve(...beforeGrant);
          await access.in(work);
          work.wait(aWhile);
        },
        says: {
          history: ['error', 'error'],
          reason: ['error', 'pass reasoned'],
          profile: [spoiled ? 'skip' : 'fail', 'pass observed'],
          key: [spoiled ? 'skip' : 'fail', 'pass observed'],
        },
      },
      {
        title: `refused, then let in by ${way}, and tried again`,
        async play(work) {
          await work.solve(...beforeGrant);
          work.wait(aWhile);
          await work.read();
          await access.in(work);
          work.wait(aWhile);
          await work.read();
          work.wait(aWhile);
        },
        says: {
          history: ['pass history', 'pass history'],
          reason: ['error', 'pass reasoned'],
          profile: ['pass history', 'pass observed'],
          key: ['pass history', 'pass observed'],
        },
      },
      {
        title: `let in by ${way}, seen, and put out again a moment ago`,
        async play(work) {
          await work.solve(...beforeGrant);
          await access.in(work);
          work.wait(aWhile);
          await work.read();
          await access.out(work);
          work.wait(aMoment);
        },
        // DynamoDB still remembers that the user was let in with its own key; the new key asks as the same user.
        says: { reason: ['error', 'skip'], profile: ['error', 'error'], key: ['error', 'error'] },
      },
      {
        title: `let in by ${way}, seen, and put out again a while ago`,
        async play(work) {
          await work.solve(...beforeGrant);
          await access.in(work);
          work.wait(aWhile);
          await work.read();
          await access.out(work);
          work.wait(aWhile);
        },
        says: { history: ['error', 'error'], reason: ['error', 'skip'], key: ['pass observed', 'skip'] },
      },
    ];
  }),
  ...graded.flatMap((stage) =>
    (proof[stage]?.mistakes ?? []).map(
      (mistake): Scenario => ({
        title: `the mistake ${mistake.id}`,
        async play(work) {
          await work.solve(...(stage === 'user' ? beforeUser : beforeGrant));
          if (stage === 'grant') await work.read();
          await work.do(mistakeSteps(proof, stage, mistake));
          work.wait(aWhile);
        },
      }),
    ),
  ),
  {
    title: 'everything done, and cleaned up',
    async play(work) {
      await work.solve(...beforeGrant);
      await work.read();
      work.wait(aWhile);
      await work.solve('grant');
      await work.deleteOwnKey();
      await work.solve('cleanup');
      work.wait(aWhile);
    },
  },
];

describe('the first lab, graded four ways', () => {
  for (const { title, play, says = {} } of scenarios) {
    it(`agrees: ${title}`, async () => {
      const account = await sandboxAccount();
      const folder = await temporaryFolder();
      account.sandbox.setTiming(realistic);
      try {
        const work = new Work(account, folder.path);
        await play(work);
        const graded = new Map<Way, Map<string, CheckResult>>();
        for (const way of choices) graded.set(way, await work.grade(way));

        expect(disagreements(graded), title).to.deep.equal([]);
        for (const [way, findings] of graded) {
          const [deny, grant] = says[way] ?? [];
          if (deny) expect(told(findings.get('deny/0')), `${way}: deny`).to.equal(deny);
          if (grant) expect(told(findings.get('grant/1')), `${way}: grant`).to.equal(grant);
        }
      } finally {
        await account.close();
        await folder.remove();
      }
    });
  }
});

function told(finding: CheckResult | undefined): string {
  return finding?.verdict === 'pass' ? `pass ${finding.basis}` : (finding?.verdict ?? 'nothing');
}

/** Steps that pass by one way and fail by another. */
function disagreements(graded: ReadonlyMap<Way, ReadonlyMap<string, CheckResult>>): string[] {
  const steps = new Set([...graded.values()].flatMap((findings) => [...findings.keys()]));
  return [...steps].flatMap((step) => {
    const found = [...graded].map(([way, findings]) => ({ way, finding: findings.get(step) }));
    const verdicts = found.map(({ finding }) => finding?.verdict);
    if (!verdicts.includes('pass') || !verdicts.includes('fail')) return [];
    return [
      `${step}: ${found.map(({ way, finding }) => `${way}: ${finding?.verdict}: ${finding?.message}`).join('; ')}`,
    ];
  });
}
