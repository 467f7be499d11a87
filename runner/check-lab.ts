/** The whole of a graded run: identify, plan, run, keep the attempt, and say where the learner stands. */
import { CallError } from '../checks/call.ts';
import type { AccountKind, Caller, Identity } from './accounts/caller.ts';
import { type Cause, causeOf } from './accounts/cause.ts';
import { identify } from './accounts/identify.ts';
import { NoCredentials } from './accounts/no-credentials.ts';
import { adviceFor } from './advice.ts';
import type { Lab } from './lab/lab.ts';
import { OtherAccount, refuseOther } from './other-account.ts';
import { type Plan, planRun } from './plan.ts';
import { noProber, type Prober } from './probe/prober.ts';
import { Recorder } from './recording/recorder.ts';
import type { Recording } from './recording/recording.ts';
import { recordingOf } from './recording/recording-of.ts';
import type { CheckResult, Result } from './result.ts';
import { type RunOptions, runPlan } from './run.ts';
import { earlierOutputs, standing } from './standing.ts';
import { type Attempt, sameWork, sawTheSame } from './state/attempt.ts';
import type { Keeping } from './state/state-folder.ts';
import { unjudgedFinding } from './unjudged-finding.ts';

export interface CheckLabOptions
  extends Pick<RunOptions, 'inOrder' | 'patienceMs' | 'ways' | 'signal' | 'onStart' | 'onFinding'> {
  readonly lab: Lab;
  /** The learner's names, where they differ from the lab's defaults. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Ids; all when empty. */
  readonly stages?: readonly string[];
  readonly caller: Caller;
  readonly kind: AccountKind;
  /** Twelve digits, where it is known which account is meant: nothing of another is looked at. */
  readonly accountId?: string | undefined;
  /**
   * Makes the prober once it is known whose account it is; without it no probe is made.
   *
   * @param recorded gives a caller whose calls are recorded, for what the prober asks as the owner
   */
  readonly prober?: (identity: Identity, recorded: (caller: Caller) => Caller) => Promise<Prober | undefined>;
  /** Where attempts and recordings are kept; without it nothing is. */
  readonly state?: Keeping;
  /** The learner's id in the roster, for the recording. */
  readonly learner?: string;
  readonly author?: string;
  /** False keeps no attempt that saw the same as the one before it. Default true. */
  readonly keepUnchanged?: boolean;
}

export interface CheckedLab {
  /** The whole lab as it stands after this run. */
  readonly result: Result;
  /** What this run itself saw, by step id. */
  readonly findings: ReadonlyMap<string, CheckResult>;
  /** Set when AWS did not even say who is asking, so that nothing could be judged and this run is not kept. */
  readonly unanswered?: { readonly message: string; readonly advice: string; readonly cause: Cause };
  /** Whether the signal ended the run before all was judged; such a run is not kept. */
  readonly interrupted: boolean;
  /** Why something that was made for a probe could not be taken back; the journal knows of it. */
  readonly leftBehind?: string;
  /** Why this run could not be added to the history, in the file system's words. */
  readonly notKept?: string;
  /** Lines of the history that could not be read. */
  readonly unreadable: number;
}

/**
 * Checks a lab. What the account answers is in the result; an attempt that was interrupted is not kept.
 *
 * @throws PlanError for stages and names that the lab does not have; CallError when there are no credentials; file
 * errors when the history cannot be read
 */
export async function checkLab(options: CheckLabOptions): Promise<CheckedLab> {
  const { lab, kind, state } = options;
  const recorder = new Recorder();
  const caller = recorder.caller(options.caller);
  const plan = planRun(lab, options.settings ?? {}, options.stages);
  const history = (await state?.attempts()) ?? { attempts: [], unreadable: 0 };
  const own = {
    answers: await state?.answers(),
    additions: await state?.additions(),
    author: options.author,
  };

  let identity: Identity;
  try {
    identity = await identify(caller);
    refuseOther(identity, options.accountId);
  } catch (error) {
    if (!(error instanceof CallError) || error instanceof NoCredentials) throw error;
    const unanswered = {
      message: error instanceof OtherAccount ? error.message : error.sentence,
      advice: adviceFor(error),
      cause: causeOf(error),
    };
    const attempt = unansweredAttempt(plan, options, unanswered);
    return {
      result: standing({ lab, last: attempt, earlier: [], ...own }),
      findings: new Map(Object.entries(attempt.findings)),
      unanswered,
      interrupted: options.signal?.aborted ?? false,
      unreadable: history.unreadable,
    };
  }

  const earlier = history.attempts.filter((attempt) =>
    sameWork(attempt, {
      lab,
      account: { id: identity.accountId, region: caller.region },
      params: plan.params,
    }),
  );
  recorder.ownerIs(identity.arn);
  const steward = (one: Caller) => recorder.caller(one, 'steward');
  const prober = recorder.prober((await options.prober?.(identity, steward)) ?? noProber);
  const outputs = earlierOutputs(lab, plan.params, earlier);
  let leftBehind: string | undefined;
  let attempt: Attempt;
  try {
    attempt = await runPlan({ ...options, plan, identity, caller, kind, prober, earlierOutputs: outputs });
  } finally {
    // What could not be taken back now is in the journal; it must not cost the run.
    leftBehind = await prober.close().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  }
  const result = standing({ lab, last: attempt, earlier, ...own });
  const recording = () =>
    recordingOf({ attempt, earlier, earlierOutputs: outputs, result, recorder, options });
  const interrupted = options.signal?.aborted ?? false;
  const last = earlier.at(-1);
  const tellsNothingNew = options.keepUnchanged === false && last !== undefined && sawTheSame(attempt, last);
  const notKept =
    interrupted || tellsNothingNew || !state ? undefined : await keep(attempt, recording(), state);
  return {
    result,
    findings: new Map(Object.entries(attempt.findings)),
    interrupted,
    unreadable: history.unreadable,
    ...(leftBehind !== undefined && { leftBehind }),
    ...(notKept !== undefined && { notKept }),
  };
}

/** A disk that is full must not cost the learner what was judged. */
async function keep(attempt: Attempt, recording: Recording, state: Keeping): Promise<string | undefined> {
  try {
    await state.addAttempt(attempt);
    await state.addRecording(recording);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** What a run comes to when AWS does not say who is asking: nothing was judged, and nothing scored. */
function unansweredAttempt(
  plan: Plan,
  { caller, kind }: CheckLabOptions,
  { message, advice }: { message: string; advice: string },
): Attempt {
  const now = new Date().toISOString();
  const findings = plan.steps.map((step): [string, CheckResult] => [
    step.id,
    { ...unjudgedFinding(step), verdict: 'error', message, hint: advice, judgedAt: now },
  ]);
  return {
    schema: 'labwright/attempt/v1',
    id: 'unanswered',
    lab: { id: plan.lab.id, digest: plan.lab.digest },
    account: { id: 'unknown', arn: 'unknown', region: caller.region, kind },
    params: { ...plan.params },
    chosen: [...plan.chosen],
    startedAt: now,
    finishedAt: now,
    findings: Object.fromEntries(findings),
  };
}
