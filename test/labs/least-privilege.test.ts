/**
 * The lab on least privilege, in every state that its proof knows: a recording is judged as the account was and holds no
 * secret, though sessions of a role were tried in it; and whoever looks, by trying, into CloudTrail or at the policies, none
 * says pass where another says fail.
 */
import { expect } from 'chai';
import { identify } from '../../runner/accounts/identify.ts';
import { type Plan, planRun } from '../../runner/plan.ts';
import { noProber } from '../../runner/probe/prober.ts';
import { judgeRecording } from '../../runner/recording/judge-recording.ts';
import type { Recording } from '../../runner/recording/recording.ts';
import type { Basis, CheckResult } from '../../runner/result.ts';
import { runPlan } from '../../runner/run.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { labFolders, readLab } from '../support/labs.ts';
import { SandboxLearner, workStates } from '../support/recorded-runs.ts';
import '../support/quiet-sdk.ts';

const folder = labFolders.find((one) => one.endsWith('/least-privilege-with-iam/')) ?? '';
const { lab, proof } = await readLab(folder);

interface Seen {
  readonly state: string;
  readonly findings: Record<string, CheckResult>;
  readonly recording: Recording;
  /** As the ways that try nobody found it. */
  readonly otherwise: Readonly<Record<string, Record<string, CheckResult>>>;
}

describe('least privilege, in every state of the lab', function () {
  this.timeout(240_000);
  let sandbox: Sandbox;
  let seen: Seen[];

  before(async () => {
    sandbox = await startSandbox();
    seen = [];
    for (const { name, parts } of workStates(lab, proof)) {
      const learner = new SandboxLearner(lab, sandbox);
      for (const { steps } of parts) await learner.do(steps);
      await learner.check();
      const [attempt] = learner.state.kept;
      const [recording] = learner.state.recordings;
      if (!attempt || !recording) throw new Error('The run was not kept.');
      const otherwise = {
        history: await lookedAt(learner, 'history'),
        reasoned: await lookedAt(learner, 'reasoned'),
      };
      const asFile = JSON.parse(JSON.stringify(recording)) as Recording;
      seen.push({ state: name, findings: attempt.findings, recording: asFile, otherwise });
    }
    await sandbox.close();
  });

  /** What is found without trying anybody, where a lab accepts every way. */
  async function lookedAt(learner: SandboxLearner, way: Basis): Promise<Record<string, CheckResult>> {
    const caller = learner.callerFor(learner.administrator);
    const plan = planRun(lab, {});
    const accepting: Plan = {
      ...plan,
      steps: plan.steps.map((step) => ({ ...step, entry: { ...step.entry, accepts: new Set([way]) } })),
    };
    try {
      const identity = await identify(caller);
      const { findings } = await runPlan({
        plan: accepting,
        caller,
        identity,
        kind: 'sandbox',
        prober: noProber,
        patienceMs: 1000,
      });
      return findings;
    } finally {
      caller.close();
    }
  }

  it('tries users and sessions, and takes every session for its own', () => {
    const done = seen.find(({ state }) => state === 'role');
    const principals = new Set(
      done?.recording.calls
        .filter(({ by }) => by === 'probe')
        .map(({ principal }) => principal.split(':')[5]),
    );
    expect([...principals].sort()).to.deep.equal([
      'assumed-role/least-privilege-auditor/labwright',
      'user/least-privilege-ana',
      'user/least-privilege-operator',
    ]);
  });

  it('leaves no temporary key, and no item less', () => {
    for (const { state, recording } of seen) {
      const made = recording.calls.filter(({ call }) => call === 'iam:CreateAccessKey').length;
      const deleted = recording.calls.filter(({ call }) => call === 'iam:DeleteAccessKey').length;
      expect(deleted, state).to.equal(made);
      const deletes = recording.calls.filter(({ call }) => call === 'dynamodb:DeleteItem');
      for (const { error } of deletes)
        expect(error?.code, state).to.be.oneOf(['AccessDeniedException', 'ConditionalCheckFailedException']);
    }
    const done = seen.find(({ state }) => state === 'role');
    const counted = Object.values(done?.findings ?? {}).find(
      ({ check }) => check === 'access/session-allowed',
    );
    expect(counted?.outputs).to.deep.equal({ seen: '2 items' });
  });

  it('is judged from a recording as it was on the account', async () => {
    expect(seen.length).to.be.greaterThan(40);
    for (const { state, recording, findings } of seen) {
      const again = await judgeRecording(lab, recording);
      for (const [step, { verdict, message, basis }] of Object.entries(findings)) {
        const { verdict: now, message: text, basis: by } = again.findings[step] as CheckResult;
        expect({ verdict: now, message: text, basis: by }, `${state}, ${step}`).to.deep.equal({
          verdict,
          message,
          basis,
        });
      }
    }
  });

  it('keeps no secret of a key or a session', () => {
    let sessions = 0;
    for (const { state, recording, findings } of seen) {
      for (const text of [JSON.stringify(recording), JSON.stringify(findings)]) {
        for (const [, secret] of text.matchAll(/"(?:SecretAccessKey|SessionToken)":"([^"]*)"/g)) {
          expect(secret, state).to.equal('(removed)');
          sessions++;
        }
        expect(text, state).to.not.match(/sessionToken\\*":\\*"(?!\(removed\))/);
      }
    }
    expect(sessions).to.be.greaterThan(50);
  });

  it('is told alike by every way that can tell', () => {
    let compared = 0;
    for (const { state, findings, otherwise } of seen) {
      for (const [way, others] of Object.entries(otherwise)) {
        for (const [step, other] of Object.entries(others)) {
          const tried = findings[step];
          const verdicts = [tried?.verdict, other.verdict];
          const told = `${state}, ${step}: tried: ${tried?.verdict}: ${tried?.message}; ${way}: ${other.verdict}: ${other.message}`;
          if (verdicts.includes('pass')) expect(verdicts, told).to.not.include('fail');
          if (tried?.basis === 'observed' && other.basis === way) compared++;
        }
      }
    }
    expect(compared).to.be.greaterThan(100);
  });
});
