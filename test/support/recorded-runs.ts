/** Runs of a lab on sandbox accounts in known states, with what was kept of them. */
import { AwsCaller } from '../../runner/accounts/aws-caller.ts';
import { type CheckedLab, checkLab } from '../../runner/check-lab.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { planRun } from '../../runner/plan.ts';
import { Journal } from '../../runner/probe/journal.ts';
import { temporaryKeyProber } from '../../runner/probe/temporary-key.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { mistakeSteps } from '../../runner/proof/mistake-steps.ts';
import type { Proof, ProofStep } from '../../runner/proof/schema.ts';
import type { Recording } from '../../runner/recording/recording.ts';
import type { Attempt } from '../../runner/state/attempt.ts';
import type { Keeping } from '../../runner/state/state-folder.ts';
import type { AccessKey, Sandbox } from '../../sandbox/sandbox.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What somebody has done of a lab. */
export interface WorkState {
  readonly name: string;
  /** Of the stages in order; the account was checked between them where `checked` is set. */
  readonly parts: readonly { readonly stage: string; readonly steps: readonly ProofStep[] }[];
}

/** Nothing done; each stage done; each mistake made after the stages before it. */
export function workStates(lab: Lab, proof: Proof): WorkState[] {
  const states: WorkState[] = [{ name: 'nothing', parts: [] }];
  const done: { stage: string; steps: readonly ProofStep[] }[] = [];
  for (const { id } of lab.stages) {
    for (const mistake of proof[id]?.mistakes ?? [])
      states.push({
        name: `${id}/${mistake.id}`,
        parts: [...done, { stage: id, steps: mistakeSteps(proof, id, mistake) }],
      });
    done.push({ stage: id, steps: proof[id]?.solution ?? [] });
    states.push({ name: id, parts: [...done] });
  }
  return states;
}

/** Attempts and recordings of one learner, in memory. */
class KeptRuns implements Keeping {
  readonly kept: Attempt[] = [];
  readonly recordings: Recording[] = [];

  async attempts() {
    return { attempts: this.kept, unreadable: 0 };
  }
  async addAttempt(attempt: Attempt) {
    this.kept.push(attempt);
  }
  async addRecording(recording: Recording) {
    this.recordings.push(recording);
  }
  async answers() {
    return {};
  }
  async additions() {
    return undefined;
  }
}

/** A learner who works on an account of the sandbox and checks it with a temporary key of the test user. */
export class SandboxLearner {
  readonly state = new KeptRuns();
  readonly administrator: AccessKey;
  readonly accountId: string;
  readonly #lab: Lab;
  readonly #sandbox: Sandbox;

  constructor(lab: Lab, sandbox: Sandbox) {
    this.#lab = lab;
    this.#sandbox = sandbox;
    const { account, administrator } = sandbox.addAccount();
    this.administrator = administrator;
    this.accountId = account.id;
  }

  callerFor({ accessKeyId, secretAccessKey }: AccessKey): AwsCaller {
    const { region, url } = this.#sandbox;
    return new AwsCaller({ region, endpoint: url, credentials: { accessKeyId, secretAccessKey } });
  }

  async do(steps: readonly ProofStep[]): Promise<void> {
    const caller = this.callerFor(this.administrator);
    const { params } = planRun(this.#lab, {});
    await carryOut({ steps, caller, params, patienceMs: 1000 });
    caller.close();
  }

  async check(stages: readonly string[] = []): Promise<CheckedLab> {
    const folder = await temporaryFolder();
    const callers = [this.callerFor(this.administrator), this.callerFor(this.administrator)] as const;
    const [caller, owner] = callers;
    try {
      return await checkLab({
        lab: this.#lab,
        stages,
        caller,
        kind: 'sandbox',
        state: this.state,
        patienceMs: 1000,
        prober: async (identity, recorded) =>
          temporaryKeyProber({
            owner: recorded(owner),
            identity,
            journal: new Journal(folder.path),
            callerFor: (key) => this.callerFor(key),
          }),
      });
    } finally {
      for (const one of callers) one.close();
      await folder.remove();
    }
  }
}
