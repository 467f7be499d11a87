/** One learner's work on a lab, rehearsed on an account of its own: things are done as the proof says, and checked. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Caller } from '../accounts/caller.ts';
import { checkLab } from '../check-lab.ts';
import type { Lab } from '../lab/lab.ts';
import { planRun } from '../plan.ts';
import { Journal } from '../probe/journal.ts';
import { temporaryKeyProber } from '../probe/temporary-key.ts';
import { carryOut } from '../proof/carry-out.ts';
import type { Proof, ProofStep } from '../proof/schema.ts';
import type { CheckResult } from '../result.ts';
import { StateFolder } from '../state/state-folder.ts';
import type { OpenProvingAccount, ProvingAccount } from './proving-account.ts';

/** What a run saw of one check. */
export interface Seen extends CheckResult {
  /** Ids of the step (`key/0`) and of its stage. */
  readonly step: string;
  readonly stage: string;
}

export class Rehearsal {
  readonly account: ProvingAccount;
  readonly #lab: Lab;
  readonly #proof: Proof;
  readonly #state: StateFolder;

  private constructor(lab: Lab, proof: Proof, account: ProvingAccount, folder: string) {
    this.account = account;
    this.#lab = lab;
    this.#proof = proof;
    this.#state = new StateFolder(folder);
  }

  /** Opens an account for the rehearsal, and closes it afterwards. */
  static async on<Outcome>(
    { lab, proof, openAccount }: { lab: Lab; proof: Proof; openAccount: OpenProvingAccount },
    play: (rehearsal: Rehearsal) => Promise<Outcome>,
  ): Promise<Outcome> {
    const account = await openAccount();
    const folder = await mkdtemp(join(tmpdir(), 'labwright-verify-'));
    try {
      return await play(new Rehearsal(lab, proof, account, folder));
    } finally {
      await account.close();
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Carries out the solutions of the stages before one. */
  async solveBefore(stage: string): Promise<void> {
    for (const { id } of this.#lab.stages) {
      if (id === stage) return;
      await this.solve(id);
    }
  }

  async solve(stage: string): Promise<void> {
    await this.carryOut(this.#proof[stage]?.solution ?? []);
  }

  /** @throws CallError */
  async carryOut(steps: readonly ProofStep[]): Promise<void> {
    await this.#carryOut(steps);
  }

  /** Carries out as much as works: a step that needs what was left out before it is not the point. */
  async carryOutWhatWorks(steps: readonly ProofStep[]): Promise<void> {
    await this.#carryOut(steps, 1000).catch(() => undefined);
  }

  async #carryOut(steps: readonly ProofStep[], patienceMs?: number): Promise<void> {
    const { params } = planRun(this.#lab, {});
    await carryOut({
      steps,
      caller: this.account.owner,
      params,
      ...(patienceMs !== undefined && { patienceMs }),
    });
  }

  /**
   * Checks stages, trying the user with a temporary access key.
   *
   * @param stages ids; all when empty
   * @param checker who checks; the account's administrator when absent
   */
  async check(stages: readonly string[] = [], checker: Caller = this.account.owner): Promise<Seen[]> {
    const { callerFor } = this.account;
    const journal = new Journal(this.#state.journalFolder);
    const { findings } = await checkLab({
      lab: this.#lab,
      stages,
      caller: checker,
      kind: 'sandbox',
      state: this.#state,
      patienceMs: 5000,
      prober: async (identity) => temporaryKeyProber({ owner: checker, identity, journal, callerFor }),
    });
    const wanted = stages.length === 0 ? this.#lab.stages.map(({ id }) => id) : stages;
    return [...findings].flatMap(([step, finding]) => {
      const [stage = ''] = step.split('/', 1);
      return wanted.includes(stage) ? [{ step, stage, ...finding }] : [];
    });
  }
}
