import type { Lab } from '../runner/lab/lab.ts';
import { proofFileOf } from '../runner/lab/lab-file.ts';
import { PlanError, planRun } from '../runner/plan.ts';
import type { AwsAccount } from './aws-account.ts';

export interface SolveLabOptions {
  readonly account: AwsAccount;
  /** Ids; all when left out. */
  readonly stages?: readonly string[];
  /** The learner's names, where they differ from the lab's defaults. */
  readonly params?: Readonly<Record<string, string>>;
  /** Agrees to making these things in an account of AWS, where they may cost money. A sandbox needs no consent. */
  readonly live?: boolean;
  /** Ends it before the next call; what was made before stays. */
  readonly signal?: AbortSignal;
}

/**
 * Carries out the author's solution, from the `proof.yaml` beside the lab.
 *
 * @throws PlanError for stages and names that the lab does not have, and for a live account without `live`; CallError of the first
 * call that fails; LabProblems for the proof; the reading error where there is none
 */
export async function solveLab(lab: Lab, options: SolveLabOptions): Promise<void> {
  const { account, stages = [], params: settings = {}, live = false, signal } = options;
  const [{ openAccountAt }, { carryOut }, { loadProof }] = await Promise.all([
    import('../runner/accounts/open-account.ts'),
    import('../runner/proof/carry-out.ts'),
    import('../runner/proof/load-proof.ts'),
  ]);
  const opened = openAccountAt(account);
  if (opened.kind !== 'sandbox' && !live)
    throw new PlanError(
      'This would make things in a live AWS account. Say `live: true` if you mean it, or use a sandbox.',
    );
  const { params, chosen } = planRun(lab, settings, stages);
  const proof = await loadProof(proofFileOf(lab.file), lab);
  const caller = opened.owner(signal);
  try {
    for (const stage of chosen) {
      signal?.throwIfAborted();
      await carryOut({ steps: proof[stage]?.solution ?? [], caller, params });
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    caller.close();
  }
}
