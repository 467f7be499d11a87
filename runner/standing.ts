/**
 * Where the learner stands: the findings of the latest attempt, and what earlier ones showed where a later stage
 * has undone it since. Pure.
 */
import type { Attempt } from './attempt.ts';
import { type Lab, sectionsOf } from './lab/lab.ts';
import { allSteps, type Step } from './plan.ts';
import type { CheckResult, Result, StageResult, Verdict } from './result.ts';

export interface StandingOptions {
  readonly lab: Lab;
  /** The attempt that is told of. */
  readonly last: Attempt;
  /** Those before it, of the same lab, account and Region, oldest first. */
  readonly earlier: readonly Attempt[];
  /** The learner's answers by question id. */
  readonly answers?: Readonly<Record<string, string>>;
  readonly author?: string;
}

/** The result of the whole lab. */
export function standing({ lab, last, earlier, answers = {}, author }: StandingOptions): Result {
  const attempts = [...earlier, last];
  const steps = allSteps(lab, last.params);
  const latest = new Map(steps.map((step) => [step.id, latestFinding(step, attempts)]));
  const progress = { labId: lab.id, steps, latest, attempts };
  const stages = lab.stages.map((stage): StageResult => {
    const checks = steps
      .filter((one) => one.stage.id === stage.id)
      .map((step) => standingFinding(step, progress));
    return {
      id: stage.id,
      title: stage.title,
      section: stage.section,
      verdict: stageVerdict(checks),
      points: sum(checks.map((check) => check.points)),
      max: sum(checks.map((check) => check.max)),
      checks,
    };
  });
  return {
    schema: 'labwright/result/v1',
    lab: {
      id: lab.id,
      title: lab.title,
      digest: lab.digest,
      ...(lab.project && { project: lab.project }),
      about: lab.about,
      sections: sectionsOf(lab),
    },
    account: last.account,
    ...(author && { author }),
    params: last.params,
    startedAt: last.startedAt,
    finishedAt: last.finishedAt,
    score: { points: sum(stages.map((stage) => stage.points)), max: sum(stages.map((stage) => stage.max)) },
    stages,
    questions: questionsOf(lab, answers),
  };
}

/** Outputs of each step's latest pass, by step id: what later runs may refer to when the thing itself is gone. */
export function earlierOutputs(
  lab: Lab,
  params: Readonly<Record<string, string>>,
  attempts: readonly Attempt[],
) {
  const outputs = new Map<string, CheckResult['outputs']>();
  for (const step of allSteps(lab, params)) {
    const pass = latestPass(step, attempts);
    if (pass) outputs.set(step.id, pass.finding.outputs);
  }
  return outputs;
}

interface Progress {
  readonly labId: string;
  readonly steps: readonly Step[];
  readonly latest: ReadonlyMap<string, CheckResult | undefined>;
  readonly attempts: readonly Attempt[];
}

function standingFinding(step: Step, progress: Progress): CheckResult {
  const now = progress.latest.get(step.id);
  if (!now) return notAsked(step);
  if (now.verdict === 'pass') return now;
  const earlier = latestPass(step, progress.attempts);
  const undoing = step.entry.undoneBy.flatMap((id) => progress.steps.filter((one) => one.stage.id === id));
  const verdicts = undoing.map((one) => progress.latest.get(one.id)?.verdict);
  if (earlier && verdicts.includes('pass')) {
    return { ...earlier.finding, standsFrom: { attempt: earlier.attempt.finishedAt, now: now.message } };
  }
  // Not judged or waiting is never the learner's loss: the points of an earlier pass stay.
  if (now.verdict !== 'fail') return { ...now, points: earlier?.finding.points ?? 0 };
  const undoneBy = step.entry.undoneBy.find((id) => isDone(id, progress));
  return undoneBy ? undoneBeforeJudged(step, now, undoneBy, progress.labId) : now;
}

function isDone(stage: string, { steps, latest }: Progress): boolean {
  const own = steps.filter((one) => one.stage.id === stage);
  return own.every((one) => latest.get(one.id)?.verdict === 'pass');
}

/** The stage that undoes this one is complete, so that a fail here may have no other reason. */
function undoneBeforeJudged(step: Step, now: CheckResult, undoneBy: string, labId: string): CheckResult {
  const { expected: _expected, actual: _actual, ...rest } = now;
  const stage = step.stage.id;
  return {
    ...rest,
    verdict: 'error',
    message: `Cannot be judged any more: the stage "${undoneBy}" is done, and undoes it. ${now.message}`,
    hint: `Undo the stage "${undoneBy}", run \`labwright check ${labId} ${stage}\`, and do "${undoneBy}" again.`,
  };
}

function notAsked(step: Step): CheckResult {
  return {
    check: step.check.id,
    ...(step.entry.as && { as: step.entry.as }),
    title: step.check.title,
    verdict: 'skip',
    basis: step.check.basis,
    message: 'Not checked yet.',
    points: 0,
    max: step.entry.points,
    durationMs: 0,
    evidence: [],
    with: step.with,
  };
}

function latestFinding(step: Step, attempts: readonly Attempt[]): CheckResult | undefined {
  return attempts.findLast((attempt) => findingOf(step, attempt))?.findings[step.id];
}

function latestPass(step: Step, attempts: readonly Attempt[]) {
  const attempt = attempts.findLast((one) => findingOf(step, one)?.verdict === 'pass');
  const finding = attempt?.findings[step.id];
  return attempt && finding ? { attempt, finding } : undefined;
}

/** The attempt's finding for this very step: the same check, asked of the same names. */
function findingOf(step: Step, attempt: Attempt): CheckResult | undefined {
  const finding = attempt.findings[step.id];
  if (finding?.check !== step.check.id) return undefined;
  return Object.entries(step.with).every(([member, value]) => agrees(value, finding.with[member]))
    ? finding
    : undefined;
}

/** A value that still is a reference agrees with whatever the run put there. */
function agrees(planned: unknown, used: unknown): boolean {
  const text = JSON.stringify(planned);
  return text.includes('${') || text === JSON.stringify(used);
}

function stageVerdict(checks: readonly CheckResult[]): Verdict {
  const verdicts = checks.map((check) => check.verdict);
  return (['fail', 'error', 'skip'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'pass';
}

function questionsOf(lab: Lab, answers: Readonly<Record<string, string>>): Result['questions'] {
  const asked = [
    ...lab.questions,
    ...lab.stages.flatMap((stage) => stage.questions.map((one) => ({ ...one, section: stage.section }))),
  ];
  return asked.map(({ id, section, prompt }) => {
    const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
    return { id, section, prompt, ...(answer?.trim() && { answer }) };
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
