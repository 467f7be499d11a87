/** Checks a lab on a sandbox account, with probes, remembering attempts in memory only. */
import { identify } from '../../runner/accounts/identify.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { planRun } from '../../runner/plan.ts';
import { Journal } from '../../runner/probe/journal.ts';
import { temporaryKeyProber } from '../../runner/probe/temporary-key.ts';
import type { CheckResult, Result } from '../../runner/result.ts';
import { runPlan } from '../../runner/run.ts';
import { earlierOutputs, standing } from '../../runner/standing.ts';
import type { Attempt } from '../../runner/state/attempt.ts';
import type { SandboxAccount } from './sandbox-account.ts';
import { temporaryFolder } from './temporary-folder.ts';

export class Learner {
  readonly #lab: Lab;
  readonly #account: SandboxAccount;
  readonly #attempts: Attempt[] = [];

  constructor(lab: Lab, account: SandboxAccount) {
    this.#lab = lab;
    this.#account = account;
  }

  /** What the last run itself saw, whatever stands of it. */
  lastSeen(): CheckResult[] {
    return Object.values(this.#attempts.at(-1)?.findings ?? {});
  }

  async check(stages: readonly string[] = []): Promise<Result> {
    const { owner, callerFor } = this.#account;
    const plan = planRun(this.#lab, {}, stages);
    const identity = await identify(owner);
    const folder = await temporaryFolder();
    const prober = temporaryKeyProber({
      owner,
      identity,
      journal: new Journal(`${folder.path}/keys.json`),
      callerFor,
    });
    try {
      const attempt = await runPlan({
        plan,
        caller: owner,
        identity,
        kind: 'sandbox',
        prober,
        earlierOutputs: earlierOutputs(this.#lab, plan.params, this.#attempts),
        patienceMs: 5000,
      });
      const earlier = [...this.#attempts];
      this.#attempts.push(attempt);
      return standing({ lab: this.#lab, last: attempt, earlier });
    } finally {
      await prober.close();
      await folder.remove();
    }
  }
}
