/**
 * Checks may ask KMS to decrypt a data key and open an item with it. The data key stays nowhere; what was judged is judged
 * again from a recording all the same.
 */
import { expect } from 'chai';
import { judgeRecording } from '../../runner/recording/judge-recording.ts';
import type { Recording } from '../../runner/recording/recording.ts';
import type { Attempt } from '../../runner/state/attempt.ts';
import { type Sandbox, startSandbox } from '../../sandbox/sandbox.ts';
import { labFolders, readLab } from '../support/labs.ts';
import { SandboxLearner, workStates } from '../support/recorded-runs.ts';
import '../support/quiet-sdk.ts';

/** The labs whose checks see secrets: those that decrypt. */
const labs = (await Promise.all(labFolders.map(readLab))).filter(({ lab }) =>
  lab.stages.some(({ checks }) => checks.some(({ check }) => check.calls.includes('kms:Decrypt'))),
);

interface Run {
  readonly state: string;
  readonly attempt: Attempt;
  readonly recording: Recording;
  /** Plain data keys that were there to be had. */
  readonly secrets: readonly Buffer[];
}

/** What can be told of a finding that does not depend on when it was made. */
function told({ findings }: Attempt) {
  return Object.entries(findings).map(([step, { verdict, basis, message, points, outputs, actual }]) => ({
    step,
    verdict,
    basis,
    message,
    points,
    outputs,
    actual,
  }));
}

for (const { lab, proof } of labs) {
  describe(`what checks of ${lab.id} see of data keys`, function () {
    this.timeout(300_000);
    const runs: Run[] = [];
    let sandbox: Sandbox;

    before(async () => {
      sandbox = await startSandbox();
      for (const { name, parts } of workStates(lab, proof)) runs.push(...(await runsIn(name, parts)));
      await sandbox.close();
    });

    async function runsIn(state: string, parts: ReturnType<typeof workStates>[number]['parts']) {
      const learner = new SandboxLearner(lab, sandbox);
      for (const { steps } of parts) await learner.do(steps);
      const secrets = await dataKeysOf(learner);
      await learner.check();
      const [attempt] = learner.state.kept;
      const [recording] = learner.state.recordings;
      if (!attempt || !recording) throw new Error(`No run was kept of the state ${state}.`);
      return [{ state, attempt, recording: JSON.parse(JSON.stringify(recording)) as Recording, secrets }];
    }

    it('is in no attempt, no recording and no evidence, in whatever form', () => {
      const opened = runs.filter(({ secrets }) => secrets.length > 0);
      expect(opened.length, 'states with data keys').to.be.greaterThan(20);
      for (const { state, attempt, recording, secrets } of opened) {
        const kept = JSON.stringify([attempt, recording]);
        for (const half of secrets.flatMap((key) => [key.subarray(0, 32), key.subarray(32)])) {
          for (const form of ['hex', 'base64', 'latin1'] as const) {
            // Of base64 that begins elsewhere, the middle is the same.
            const written = half.toString(form).slice(0, 40);
            if (storedInPlain.test(state) || written.length < 16) continue;
            expect(kept.includes(written), `${state}: ${form}`).to.equal(false);
          }
        }
      }
    });

    it('is not needed to judge a run again', async () => {
      for (const { state, attempt, recording } of runs)
        expect(told(await judgeRecording(lab, recording)), state).to.deep.equal(told(attempt));
    });

    it('does not answer for another use: nothing is judged by another text than was asked about then', async () => {
      const texts = new Set(
        runs.flatMap(({ recording: { calls } }) =>
          calls.flatMap(({ use }) => (use?.given as { expected?: string } | null)?.expected ?? []),
        ),
      );
      expect(texts.size).to.be.greaterThan(0);
      for (const { state, recording } of runs) {
        const { run } = recording;
        const changed = Object.entries(run.params).map(([name, value]) => [
          name,
          texts.has(value) ? `${value} But not quite so.` : value,
        ]);
        const other = { ...recording, run: { ...run, params: Object.fromEntries(changed) } };
        const { findings } = await judgeRecording(lab, other);
        for (const [step, { check, verdict }] of Object.entries(findings))
          if (check === 'envelope/item-opens') expect(verdict, `${state}, ${step}`).to.not.equal('pass');
      }
    });

    it('leaves nothing judged that the recording does not hold', async () => {
      let open = 0;
      for (const { state, attempt, recording } of runs) {
        const calls = recording.calls.filter(({ use }) => use === undefined);
        if (calls.length === recording.calls.length) continue;
        const again = await judgeRecording(lab, { ...recording, calls });
        for (const [step, finding] of Object.entries(again.findings)) {
          const before = attempt.findings[step];
          if (finding.verdict === before?.verdict) continue;
          open++;
          expect(finding.verdict, `${state}, ${step}: ${finding.message}`).to.be.oneOf(['error', 'skip']);
        }
      }
      expect(open).to.be.greaterThan(50);
    });
  });
}

/** The one mistake that puts the data key into the item, from where it comes into the recording like all that is stored. */
const storedInPlain = /\/plain-data-key-stored$/;

/** The data keys of all items that a lab's checks name, as their owner decrypts them. */
async function dataKeysOf(learner: SandboxLearner): Promise<Buffer[]> {
  const owner = learner.callerFor(learner.administrator);
  try {
    const { output } = await owner.send('dynamodb:ListTables', {});
    const items = await Promise.all(
      ((output.TableNames ?? []) as string[]).map(async (TableName) => {
        const scan = await owner.send('dynamodb:Scan', { TableName });
        return (scan.output.Items ?? []) as StoredItem[];
      }),
    );
    const keys = items.flat().map(async ({ data_key, context }) => {
      const pairs = Object.entries(context?.M ?? {}).map(([name, { S }]) => [name, S]);
      const input = { CiphertextBlob: data_key?.B, EncryptionContext: Object.fromEntries(pairs) };
      return owner.send('kms:Decrypt', input).then(
        (answer) => [Buffer.from(answer.output.Plaintext as Uint8Array)],
        () => [],
      );
    });
    return (await Promise.all(keys)).flat();
  } finally {
    owner.close();
  }
}

interface StoredItem {
  readonly data_key?: { readonly B?: Uint8Array };
  readonly context?: { readonly M?: Readonly<Record<string, { readonly S?: string }>> };
}
