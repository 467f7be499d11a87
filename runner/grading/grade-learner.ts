/** Grades one learner; whatever their account does, the outcome is a value. */
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { CallError } from '../../checks/call.ts';
import type { AccountKind, Caller, Identity } from '../accounts/caller.ts';
import { type Cause, causeOf } from '../accounts/cause.ts';
import { adviceFor } from '../advice.ts';
import { type CheckedLab, checkLab } from '../check-lab.ts';
import type { Lab } from '../lab/lab.ts';
import type { Prober } from '../probe/prober.ts';
import type { Basis, CheckResult, Result } from '../result.ts';
import type { Keeping } from '../state/state-folder.ts';
import type { Learner } from './learner-result.ts';

/** A learner's account, opened for one try. */
export interface LearnerAccount {
  readonly caller: Caller;
  readonly kind: AccountKind;
  readonly prober?: (identity: Identity, recorded: (caller: Caller) => Caller) => Promise<Prober | undefined>;
  /** Called at the end of the try, whatever came of it. */
  readonly close: () => void;
}

export interface GradeLearnerOptions<One extends Learner> {
  readonly lab: Lab;
  readonly learner: One;
  /** @param signal ends calls that are under way */
  readonly openAccount: (learner: One, signal: AbortSignal) => Promise<LearnerAccount>;
  readonly keeping: Keeping;
  readonly ways?: ReadonlySet<Basis>;
  /** For everything that is asked of the account, in milliseconds. */
  readonly timeLimitMs: number;
  readonly patienceMs?: number;
}

export interface LearnerOutcome {
  /** Absent when nothing could be judged. */
  readonly result?: Result;
  readonly problem?: { readonly message: string; readonly advice?: string };
  /** Whether trying again later may help: throttling, the network, trouble at AWS, a run out of time. */
  readonly passing: boolean;
}

/** After the time limit, for what has to be taken back. */
const graceMs = 5000;

const passingCauses: ReadonlySet<Cause> = new Set([
  'throttled',
  'unreachable',
  'trouble at AWS',
  'unknown host',
]);

/** Never throws for what an account does or does not do. @throws file errors */
export async function gradeLearner<One extends Learner>(
  options: GradeLearnerOptions<One>,
): Promise<LearnerOutcome> {
  const outcome = await withinLimit(options.timeLimitMs, (signal) => judge(options, signal));
  return outcome ?? outOfTime(options.timeLimitMs);
}

/**
 * Gives undefined when the work does not end in time: its signal is raised then, and soon afterwards it is left to itself.
 * What it says later is not listened to.
 */
export async function withinLimit<Outcome>(
  limitMs: number,
  work: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Outcome | undefined> {
  const working = new AbortController();
  // Every call that is under way listens to it.
  setMaxListeners(0, working.signal);
  const timing = new AbortController();
  const limit = async (): Promise<undefined> => {
    await delay(limitMs, undefined, { signal: timing.signal });
    working.abort();
    await delay(graceMs, undefined, { signal: timing.signal });
  };
  const limited = limit();
  limited.catch(() => undefined);
  try {
    return await Promise.race([work(working.signal), limited]);
  } finally {
    timing.abort();
    working.abort();
  }
}

async function judge<One extends Learner>(
  { lab, learner, openAccount, keeping, ways, timeLimitMs, patienceMs }: GradeLearnerOptions<One>,
  signal: AbortSignal,
): Promise<LearnerOutcome> {
  let account: LearnerAccount | undefined;
  let checked: CheckedLab;
  try {
    account = await openAccount(learner, signal);
    checked = await checkLab({
      lab,
      settings: learner.params ?? {},
      caller: account.caller,
      kind: account.kind,
      state: keeping,
      learner: learner.id,
      accountId: learner.account,
      signal,
      ...(account.prober && { prober: account.prober }),
      ...(ways && { ways }),
      ...(patienceMs !== undefined && { patienceMs }),
    });
  } catch (error) {
    if (signal.aborted) return outOfTime(timeLimitMs);
    return unreached(error);
  } finally {
    account?.close();
  }
  if (signal.aborted) return outOfTime(timeLimitMs);
  const { unanswered, result } = checked;
  // What could not be written would be graded without a trace.
  if (checked.notKept !== undefined) throw new Error(checked.notKept);
  if (unanswered) {
    const { cause, ...problem } = unanswered;
    return { problem, passing: passingCauses.has(cause) };
  }
  const [first] = unjudgedChecks(result);
  if (!first) return { result, passing: false };
  return {
    result,
    problem: { message: first.message, ...(first.hint !== undefined && { advice: first.hint }) },
    passing: [...checked.findings.values()].some(metPassingTrouble),
  };
}

/** Checks with points that are neither earned nor lost for want of an answer. */
function unjudgedChecks({ stages }: Result): CheckResult[] {
  return stages
    .flatMap(({ checks }) => checks)
    .filter(({ verdict, points, max }) => verdict === 'error' && points < max);
}

function metPassingTrouble({ verdict, evidence }: CheckResult): boolean {
  if (verdict !== 'error') return false;
  return evidence.some(
    ({ call, error }) => error && passingCauses.has(causeOf(new CallError(call, error as Fault))),
  );
}
type Fault = ConstructorParameters<typeof CallError>[1];

/** What kept an account from being asked at all. */
export function unreached(error: unknown): LearnerOutcome {
  const message =
    error instanceof CallError ? error.sentence : error instanceof Error ? error.message : String(error);
  return {
    problem: { message, ...(error instanceof CallError && { advice: adviceFor(error) }) },
    passing: error instanceof CallError && passingCauses.has(causeOf(error)),
  };
}

function outOfTime(timeLimitMs: number): LearnerOutcome {
  return {
    problem: {
      message: `The account did not answer everything within ${Math.round(timeLimitMs / 1000)} seconds.`,
      advice: 'Grade this learner alone, with more time.',
    },
    passing: true,
  };
}
