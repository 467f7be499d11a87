import { expect } from 'chai';
import type { Lab } from '../../../runner/lab/lab.ts';
import type { Proof } from '../../../runner/proof/schema.ts';
import { judgeRecording } from '../../../runner/recording/judge-recording.ts';
import type { Recording } from '../../../runner/recording/recording.ts';
import type { CheckResult } from '../../../runner/result.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';
import { firstLab, readLab } from '../../support/labs.ts';
import { SandboxLearner, workStates } from '../../support/recorded-runs.ts';
import '../../support/quiet-sdk.ts';

/** A finding without how long it took, and the calls behind it in any order: checks ask side by side. */
function comparable({ durationMs: _duration, judgedAt: _judgedAt, evidence, ...finding }: CheckResult) {
  const calls = evidence.map(({ durationMs: _callMs, at: _at, ...call }) => JSON.stringify(call)).sort();
  return { ...finding, calls };
}

describe('a recording in place of the account', function () {
  this.timeout(120_000);
  let lab: Lab;
  let proof: Proof;
  let sandbox: Sandbox;
  const runs: { state: string; recording: Recording; findings: Record<string, CheckResult> }[] = [];

  before(async () => {
    ({ lab, proof } = await readLab(firstLab));
    sandbox = await startSandbox();
    for (const { name, parts } of workStates(lab, proof)) {
      const learner = new SandboxLearner(lab, sandbox);
      for (const [index, { steps, stage }] of parts.entries()) {
        await learner.do(steps);
        if (stage === 'deny' && index < parts.length - 1) await learner.check();
      }
      await learner.check();
      for (const [index, attempt] of learner.state.kept.entries()) {
        const recording = learner.state.recordings[index];
        if (!recording) throw new Error('A run left no recording.');
        // As it comes back from a file.
        runs.push({
          state: name,
          recording: JSON.parse(JSON.stringify(recording)) as Recording,
          findings: attempt.findings,
        });
      }
    }
    // Whatever asks AWS from here on gets no answer.
    await sandbox.close();
  });

  it('is judged as the account was, check by check, for every state and mistake of the first lab', async () => {
    expect(runs.length).to.be.greaterThan(50);
    for (const { state, recording, findings } of runs) {
      const attempt = await judgeRecording(lab, recording);
      expect(Object.keys(attempt.findings), state).to.deep.equal(Object.keys(findings));
      for (const [step, finding] of Object.entries(findings))
        expect(comparable(attempt.findings[step] as CheckResult), `${state}, ${step}`).to.deep.equal(
          comparable(finding),
        );
    }
  });

  it('is not judged where an answer is missing, and never judged otherwise than before', async function () {
    this.timeout(300_000);
    let missing = 0;
    for (const [at, { state, recording, findings }] of runs.entries()) {
      for (let left = at % 7; left < recording.calls.length; left += 7) {
        const calls = recording.calls.filter((_call, index) => index !== left);
        const { findings: now } = await judgeRecording(lab, { ...recording, calls });
        for (const [step, { verdict, message }] of Object.entries(now)) {
          const before = findings[step];
          if (verdict === before?.verdict) continue;
          missing++;
          const told = `${state}, ${step}, without ${recording.calls[left]?.call}: ${before?.verdict} became ${verdict}: ${message}`;
          expect(['error', 'skip'], told).to.include(verdict);
        }
      }
    }
    expect(missing, 'findings that became unclear').to.be.greaterThan(100);
  });
});
