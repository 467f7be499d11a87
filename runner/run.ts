/** Runs a plan: independent checks side by side, dependants after what they need. */
import { randomUUID } from 'node:crypto';
import { found } from '../checks/expect.ts';
import type { AccountKind, Caller, Identity } from './accounts/caller.ts';
import { Memory, RunAccount } from './accounts/run-account.ts';
import { answerOf } from './answer-of.ts';
import { cutOff } from './cut-off.ts';
import { judge } from './judge.ts';
import { hasOpenReference, type Name, resolve } from './lab/reference.ts';
import { lowerFirst } from './lower-first.ts';
import type { Plan, Step } from './plan.ts';
import { createPoll } from './poll.ts';
import type { Prober } from './probe/prober.ts';
import { replayPoll } from './recording/poll.ts';
import type { Basis, CheckResult, Evidence } from './result.ts';
import { StageComesFirst, stopped, stoppedFail, whatComesFirst } from './stage-order.ts';
import type { Attempt } from './state/attempt.ts';
import { unjudgedFinding } from './unjudged-finding.ts';

/** How long a check may wait for AWS to settle, in milliseconds. */
export const usualPatienceMs = 60_000;

export interface RunOptions {
  readonly plan: Plan;
  /** The owner of the account: the principal that runs the checks. */
  readonly caller: Caller;
  readonly identity: Identity;
  readonly kind: AccountKind;
  readonly prober: Prober;
  /** The ways to an answer that the learner leaves open, where a check has several. Default all. */
  readonly ways?: ReadonlySet<Basis>;
  /** Outputs of checks that passed in earlier attempts, by step id: the stage that undoes them may refer to them. */
  readonly earlierOutputs?: ReadonlyMap<string, CheckResult['outputs']>;
  /** Whether a failed stage stops those after it. Default false: every step is judged for itself. */
  readonly inOrder?: boolean;
  /** How long a check may wait for AWS to settle, in milliseconds. Default one minute. */
  readonly patienceMs?: number;
  /** Ends the waiting for AWS to settle. */
  readonly signal?: AbortSignal;
  /** Set where a recording answers: the run that it is of. The clock stands there, and nothing is waited for. */
  readonly recorded?: Pick<Attempt, 'id' | 'startedAt' | 'finishedAt'>;
  readonly onStart?: (step: Step) => void;
  readonly onFinding?: (step: Step, finding: CheckResult) => void;
}

/** Runs every step once. Never throws for what an account answers: that is in the findings. */
export async function runPlan(options: RunOptions): Promise<Attempt> {
  const { plan, identity, caller, kind, recorded } = options;
  const startedAt = recorded?.startedAt ?? new Date().toISOString();
  const memory = new Memory();
  const judged = new Map<string, Promise<CheckResult>>();
  const findings = new Map<string, Promise<CheckResult>>();
  const first = (step: Step) =>
    options.inOrder
      ? whatComesFirst(step, plan.steps, async ({ id }) => (await judged.get(id))?.verdict)
      : undefined;
  for (const step of plan.steps) {
    const needed = step.needs.map((id) => judged.get(id));
    const finding = Promise.all(needed).then(async () =>
      explained(await runStep({ options, step, memory, judged, first }), step, plan, judged),
    );
    judged.set(step.id, finding);
    findings.set(
      step.id,
      finding.then(async (seen) => {
        const cause = seen.verdict === 'fail' ? await first(step) : undefined;
        const final = cause ? stoppedFail(seen, cause, plan.lab.id) : seen;
        options.onFinding?.(step, final);
        return final;
      }),
    );
  }
  const settled = await Promise.all([...findings].map(async ([id, finding]) => [id, await finding] as const));
  return {
    schema: 'labwright/attempt/v1',
    id: recorded?.id ?? randomUUID(),
    lab: { id: plan.lab.id, digest: plan.lab.digest },
    account: { id: identity.accountId, arn: identity.arn, region: caller.region, kind },
    params: { ...plan.params },
    chosen: [...plan.chosen],
    startedAt,
    finishedAt: recorded?.finishedAt ?? new Date().toISOString(),
    findings: Object.fromEntries(settled),
  };
}

interface StepRun {
  readonly options: RunOptions;
  readonly step: Step;
  readonly memory: Memory;
  /** Findings so far, each for itself. */
  readonly judged: ReadonlyMap<string, Promise<CheckResult>>;
  /** What of an earlier stage stops a step. */
  readonly first: (step: Step) => Promise<Step | undefined> | undefined;
}

async function runStep(run: StepRun): Promise<CheckResult> {
  const { options, step, judged } = run;
  const outputs = new Map<string, CheckResult['outputs']>();
  const waitsFor: Step[] = [];
  for (const need of options.plan.steps.filter((one) => step.needs.includes(one.id))) {
    const known = (await judged.get(need.id))?.outputs ?? earlierOutputsFor(step, need, options);
    if (known) outputs.set(need.entry.as ?? need.id, known);
    else waitsFor.push(need);
  }
  const lookup = ({ name, output }: Name) =>
    output ? outputs.get(name)?.[output] : options.plan.params[name];
  const params = resolve(step.with, lookup);
  const unjudged = unjudgedFinding(step, params);
  const [blocker] = hasOpenReference(step.with, lookup) ? waitsFor : [];
  if (blocker) {
    const message = `Waits for the stage "${blocker.stage.id}": ${lowerFirst(blocker.entry.title)}.`;
    return { ...unjudged, verdict: 'skip', message, hint: blocker.hint };
  }
  options.onStart?.(step);
  const started = performance.now();
  const evidence: Evidence[] = [];
  let cause: Step | undefined;
  const judgement = await judge(async (expect) => {
    const parsed = step.check.params.safeParse(params);
    if (!parsed.success) throw new Error(`its parameters do not fit: ${parsed.error.issues[0]?.message}`);
    const { limitMs } = step.check;
    const running = answerOf(step.check, {
      params: parsed.data,
      expect,
      found,
      bases: intersection(step.entry.accepts, options.ways),
      ...accountsFor(run, evidence),
    }).catch((error: unknown) => {
      if (error instanceof StageComesFirst) cause = error.cause;
      throw error;
    });
    return limitMs === undefined ? running : cutOff(running, { limitMs, signal: options.signal });
  }, step.hint);
  if (cause) return { ...unjudged, ...stopped(cause, options.plan.lab.id), evidence };
  return {
    ...unjudged,
    ...judgement,
    points: judgement.verdict === 'pass' ? step.entry.points : 0,
    durationMs: options.recorded
      ? evidence.reduce((sum, { durationMs }) => sum + durationMs, 0)
      : Math.round(performance.now() - started),
    evidence,
    judgedAt: options.recorded?.finishedAt ?? new Date().toISOString(),
  };
}

/** A fail that follows from another check's fail is not blamed as well: it waits for that one. */
async function explained(
  finding: CheckResult,
  step: Step,
  plan: Plan,
  findings: ReadonlyMap<string, Promise<CheckResult>>,
): Promise<CheckResult> {
  if (finding.verdict !== 'fail') return finding;
  for (const cause of plan.steps.filter((one) => step.explainedBy.includes(one.id))) {
    if ((await findings.get(cause.id))?.verdict !== 'fail') continue;
    const { expected: _expected, actual: _actual, explanation: _explanation, ...rest } = finding;
    return {
      ...rest,
      verdict: 'skip',
      message: `${finding.message} This follows from what the stage "${cause.stage.id}" lacks: ${lowerFirst(cause.entry.title)}.`,
      hint: cause.hint,
    };
  }
  return finding;
}

function intersection<Item>(accepted: ReadonlySet<Item>, open: ReadonlySet<Item> = accepted): Set<Item> {
  return new Set([...accepted].filter((one) => open.has(one)));
}

/** Where a thing is gone because this very stage undoes it, what was known of it still helps to look for it. */
function earlierOutputsFor(step: Step, need: Step, { earlierOutputs }: RunOptions): CheckResult['outputs'] {
  return need.entry.undoneBy.includes(step.stage.id) ? earlierOutputs?.get(need.id) : undefined;
}

function accountsFor({ options, step, memory, first }: StepRun, evidence: Evidence[]) {
  const { check } = step;
  const { caller, identity, prober, patienceMs = usualPatienceMs, signal, recorded } = options;
  const recordedAt = recorded && new Date(recorded.startedAt);
  const owner = { check: check.id, calls: check.calls, caller, identity, recordedAt, evidence };
  const account = new RunAccount({ ...owner, memory });
  const fresh = new RunAccount(owner);
  return {
    account,
    poll: recorded ? replayPoll(account, fresh) : createPoll(account, fresh, patienceMs, signal),
    async actAs(userName: string) {
      const acting = await prober.actAs(userName, async () => {
        const cause = await first(step);
        if (cause) throw new StageComesFirst(cause);
      });
      return new RunAccount({ check: check.id, calls: check.probes, ...acting, recordedAt, evidence });
    },
  };
}
