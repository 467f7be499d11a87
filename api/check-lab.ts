import type { CheckedLab } from '../runner/check-lab.ts';
import type { Lab } from '../runner/lab/lab.ts';
import type { Step } from '../runner/plan.ts';
import type { CheckResult } from '../runner/result.ts';
import type { AwsAccount } from './aws-account.ts';
import type { Probe } from './prober.ts';
import { Run } from './run.ts';

export interface CheckLabOptions {
  readonly account: AwsAccount;
  /** Ids; all when left out, and then in the lab's order: a stage that fails stops those after it. */
  readonly stages?: readonly string[];
  /** The learner's names, where they differ from the lab's defaults. */
  readonly params?: Readonly<Record<string, string>>;
  /** How the lab's test user is tried. Left out, nothing is written in the account: CloudTrail and the policies are looked at. */
  readonly probe?: Probe;
  /**
   * Where attempts and recordings are kept from run to run, such as `.labwright/my-lab`: what was earned before stays earned. Left out,
   * nothing is written on disk.
   */
  readonly folder?: string;
  /** How long a check may wait for AWS to settle, in milliseconds. Default one minute. */
  readonly patienceMs?: number;
  /** Ends the run; what was made for it is taken back first. */
  readonly signal?: AbortSignal;
}

interface CheckPlace {
  /** Id of the stage. */
  readonly stage: string;
  /** Id of the check. */
  readonly check: string;
  /** The check's place in its stage, from 0. */
  readonly at: number;
}

export type CheckEvent =
  | ({ readonly type: 'started' } & CheckPlace)
  /** What this run saw. Where an earlier run's pass stands all the same, that is in the result. */
  | ({ readonly type: 'finding'; readonly finding: CheckResult } & CheckPlace);

export interface CheckOutcome extends Pick<CheckedLab, 'result' | 'leftBehind' | 'notKept'> {
  /** Set when AWS did not even say who is asking: nothing was judged. */
  readonly unanswered?: { readonly message: string; readonly advice: string };
}

/**
 * Checks a lab in an account. What the account answers is in the outcome, trouble as well: it is never thrown.
 *
 * @returns at once; its `done` rejects with PlanError for stages and names that the lab does not have, with CallError where there are no
 * credentials, and with the signal's reason
 */
export function checkLab(lab: Lab, options: CheckLabOptions): Run<CheckEvent, CheckOutcome> {
  return new Run((tell, signal) => checked(lab, options, tell, signal), options.signal);
}

async function checked(
  lab: Lab,
  { account, stages = [], params = {}, probe, folder, patienceMs }: CheckLabOptions,
  tell: (event: CheckEvent) => void,
  signal: AbortSignal,
): Promise<CheckOutcome> {
  const [{ checkLab: check }, { StateFolder }, { openAccountAt }, { openProbe }] = await Promise.all([
    import('../runner/check-lab.ts'),
    import('../runner/state/state-folder.ts'),
    import('../runner/accounts/open-account.ts'),
    import('./prober.ts'),
  ]);
  const state = folder === undefined ? undefined : new StateFolder(folder);
  const opened = openAccountAt(account);
  const probing = await openProbe({ account: opened, probe, state, signal });
  const caller = opened.owner(signal);
  // Others are looked at because these hang on them.
  const isAskedFor = ({ stage }: Step) => stages.length === 0 || stages.includes(stage.id);
  let free: (() => Promise<void>) | undefined;
  try {
    free = await state?.lock({ signal });
    const { result, unanswered, interrupted, leftBehind, notKept } = await check({
      lab,
      settings: params,
      stages,
      inOrder: stages.length === 0,
      caller,
      kind: opened.kind,
      ways: probing.ways,
      prober: probing.prober,
      ...(state && { state }),
      ...(patienceMs !== undefined && { patienceMs }),
      signal,
      onStart: (step) => isAskedFor(step) && tell({ type: 'started', ...placeOf(step) }),
      onFinding: (step, finding) => isAskedFor(step) && tell({ type: 'finding', ...placeOf(step), finding }),
    });
    if (interrupted) signal.throwIfAborted();
    return {
      result,
      ...(unanswered && { unanswered: { message: unanswered.message, advice: unanswered.advice } }),
      ...(leftBehind !== undefined && { leftBehind }),
      ...(notKept !== undefined && { notKept }),
    };
  } finally {
    await free?.();
    caller.close();
    await probing.close();
  }
}

function placeOf({ id, stage, check }: Step): CheckPlace {
  return { stage: stage.id, check: check.id, at: Number(id.slice(id.lastIndexOf('/') + 1)) };
}
