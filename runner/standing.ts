/**
 * Where the learner stands: the findings of the latest attempt, and what earlier ones showed where a later stage
 * has undone it since. Pure.
 */
import type { Attempt } from './attempt.ts';
import { type Lab, sectionsOf } from './lab/lab.ts';
import { allSteps, type Step } from './plan.ts';
import type { CheckResult, Result, StageResult, Verdict } from './result.ts';
import { unjudgedFinding } from './unjudged-finding.ts';

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
  const progress = { labId: lab.id, steps, attempts };
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
  readonly attempts: readonly Attempt[];
}

function standingFinding(step: Step, progress: Progress): CheckResult {
  const attempt = latestAttempt(step, progress.attempts);
  const now = attempt?.findings[step.id];
  if (!attempt || !now) return notAsked(step);
  if (now.verdict === 'pass') return now;
  const earlier = latestPass(step, progress.attempts);
  const sameThing = earlier !== undefined && agree(step, earlier.finding, now, attempt);
  // Only what the same run saw counts: what undid an earlier round says nothing of this one.
  const undone = step.entry.undoneBy.filter((id) => verdictsOf(id, attempt, progress).includes('pass'));
  if (earlier && sameThing && undone.length > 0) {
    return { ...earlier.finding, standsFrom: { attempt: earlier.attempt.finishedAt, now: now.message } };
  }
  // Not judged or waiting is never the learner's loss: the points of an earlier pass stay.
  if (now.verdict !== 'fail') return { ...now, points: sameThing ? earlier.finding.points : 0 };
  // A learner who asks for this stage alone wants to know of it as it is; only a look at both can say what came first.
  const undoneBy = undone.find(
    (id) =>
      attempt.chosen.includes(id) &&
      verdictsOf(id, attempt, progress).every((one) => one === 'pass' || one === 'error'),
  );
  return undoneBy ? undoneBeforeJudged(step, now, undoneBy, progress.labId) : now;
}

/** What the attempt saw of a stage; a check of the stage that it did not make is no verdict. */
function verdictsOf(stage: string, attempt: Attempt, { steps }: Progress): (Verdict | undefined)[] {
  return steps.filter((one) => one.stage.id === stage).map((one) => findingOf(one, attempt)?.verdict);
}

/**
 * Whether two findings were about the same thing. What refers to another check's output can be compared only if that
 * check passed again: a key that is gone is no other key.
 */
function agree(step: Step, earlier: CheckResult, now: CheckResult, attempt: Attempt): boolean {
  const outputsKnown = step.needs.every((id) => attempt.findings[id]?.verdict === 'pass');
  return Object.entries(now.with).every(([member, value]) => {
    const refersToOutput = isOpen(step.with[member]);
    return (refersToOutput && !outputsKnown) || same(value, earlier.with[member]);
  });
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isOpen(value: unknown): boolean {
  return JSON.stringify(value ?? null).includes('${');
}

/** The stage that undoes this one is complete, so that a fail here may have no other reason. */
function undoneBeforeJudged(step: Step, now: CheckResult, undoneBy: string, labId: string): CheckResult {
  const { expected: _expected, actual: _actual, ...rest } = now;
  const stage = step.stage.id;
  return {
    ...rest,
    verdict: 'error',
    message: `Cannot be judged any more: the stage "${undoneBy}" is done, and undoes it. ${now.message}`,
    hint: `Undo the stage "${undoneBy}", run \`labwright check ${labId} ${stage} --probe key\`, and do "${undoneBy}" again.`,
  };
}

function notAsked(step: Step): CheckResult {
  return { ...unjudgedFinding(step), verdict: 'skip', message: 'Not checked yet.' };
}

function latestAttempt(step: Step, attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.findLast((attempt) => findingOf(step, attempt));
}

function latestPass(step: Step, attempts: readonly Attempt[]) {
  const attempt = attempts.findLast((one) => findingOf(step, one)?.verdict === 'pass');
  const finding = attempt?.findings[step.id];
  return attempt && finding ? { attempt, finding } : undefined;
}

/** The attempt's finding for this very step: the same check in the same place. */
function findingOf(step: Step, attempt: Attempt): CheckResult | undefined {
  const finding = attempt.findings[step.id];
  return finding?.check === step.check.id ? finding : undefined;
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
