/**
 * Where the learner stands: the findings of the latest attempt, and what earlier ones showed where a later stage
 * has undone it since. Pure.
 */

import { gradeAnswer } from './answers/grade-answer.ts';
import type { Architecture } from './architecture.ts';
import { type Lab, sectionsOf } from './lab/lab.ts';
import { resolveParams } from './lab/reference.ts';
import { judged } from './overrides/judged.ts';
import type { Overrides } from './overrides/overrides.ts';
import { isLost, type Passes, passesOver } from './passes.ts';
import { allSteps, type Step } from './plan.ts';
import type { Basis, CheckResult, Result, StageResult, Verdict } from './result.ts';
import type { Additions } from './state/additions.ts';
import type { Attempt } from './state/attempt.ts';
import { unjudgedFinding } from './unjudged-finding.ts';

export interface StandingOptions {
  readonly lab: Lab;
  /** The attempt that is told of. */
  readonly last: Attempt;
  /** Those before it, of the same lab, account and Region, oldest first. */
  readonly earlier: readonly Attempt[];
  /** The learner's answers by question id. */
  readonly answers?: Readonly<Record<string, string>>;
  /** What the learner adds to the write-up; a name there gives way to `author`. */
  readonly additions?: Additions | undefined;
  readonly author?: string | undefined;
  /** An instructor's judgement of answers. */
  readonly overrides?: Overrides | undefined;
}

/** The result of the whole lab. */
export function standing({ lab, last, earlier, answers = {}, ...own }: StandingOptions): Result {
  const { author: signed, ...additions } = own.additions ?? {};
  const author = own.author ?? signed;
  const attempts = [...earlier, last];
  const steps = allSteps(lab, last.params);
  const asked = new Set(attempts.flatMap(({ chosen }) => chosen));
  const progress = { labId: lab.id, steps, attempts };
  const stages = lab.stages.map((stage): StageResult => {
    const checks = steps
      .filter((one) => one.stage.id === stage.id)
      .map((step): CheckResult => {
        const finding = standingFinding(step, progress);
        // Looked at for another stage's sake only; what nobody has begun does not fail yet.
        if (finding.verdict !== 'pass' && !asked.has(stage.id)) return notAsked(step);
        return { ...finding, ...passesOf(step, progress.attempts) };
      });
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
      ...(lab.architecture && { architecture: architectureOf(lab.architecture, last.params) }),
    },
    account: last.account,
    ...(author && { author }),
    ...(own.additions && { additions: { sections: [], screenshots: [], ...additions } }),
    params: last.params,
    startedAt: last.startedAt,
    finishedAt: last.finishedAt,
    score: { points: sum(stages.map((stage) => stage.points)), max: sum(stages.map((stage) => stage.max)) },
    stages,
    questions: questionsOf(lab, answers, own.overrides),
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
    const pass = passingOf(step, attempts).at(-1);
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
  const earlier = bestPass(step, progress.attempts, (pass) => agree(step, pass, { attempt, finding: now }));
  if (now.verdict === 'pass') return earlier ? stronger(now, earlier) : now;
  // Only what the same run saw counts: what undid an earlier round says nothing of this one.
  const undone = step.entry.undoneBy.filter((id) => verdictsOf(id, attempt, progress).includes('pass'));
  if (earlier && undone.length > 0) {
    return { ...earlier.finding, standsFrom: { attempt: earlier.attempt.finishedAt, now: now.message } };
  }
  // Not judged or waiting is never the learner's loss: the points of an earlier pass stay.
  // A fail that an earlier stage stopped is one all the same.
  const standing = isLost(now) ? now : { ...now, points: earlier?.finding.points ?? 0 };
  if (now.verdict === 'skip') return standing;
  const undoneBy = undone.find((id) =>
    verdictsOf(id, attempt, progress).every((one) => one === 'pass' || one === 'error'),
  );
  return undoneBy ? undoneBeforeJudged(step, standing, undoneBy, progress.labId) : standing;
}

const strength: readonly Basis[] = ['reasoned', 'history', 'observed'];

/** What was once seen is not made weaker by a later run that could only look it up. */
function stronger(now: CheckResult, earlier: Found): CheckResult {
  if (strength.indexOf(earlier.finding.basis) <= strength.indexOf(now.basis)) return now;
  return { ...earlier.finding, standsFrom: { attempt: earlier.attempt.finishedAt, now: now.message } };
}

/** What the attempt saw of a stage; a check of the stage that it did not make is no verdict. */
function verdictsOf(stage: string, attempt: Attempt, { steps }: Progress): (Verdict | undefined)[] {
  return steps.filter((one) => one.stage.id === stage).map((one) => findingOf(one, attempt)?.verdict);
}

/** A finding and the attempt that it is from. */
interface Found {
  readonly attempt: Attempt;
  readonly finding: CheckResult;
}

/**
 * Whether two findings were about the same things: of the same names, and with the same ids, which what is made again
 * under the same name does not have. What refers to another check's output can be compared only if that check passed
 * again: a key that is gone is no other key.
 */
function agree(step: Step, earlier: Found, now: Found): boolean {
  const outputsKnown = step.needs.every((id) => now.attempt.findings[id]?.verdict === 'pass');
  const sameNames = Object.entries(now.finding.with).every(([member, value]) => {
    const refersToOutput = isOpen(step.with[member]);
    return (refersToOutput && !outputsKnown) || same(value, earlier.finding.with[member]);
  });
  return sameNames && step.needs.every((id) => sameId(id, earlier.attempt, now.attempt));
}

/** Whether a step has seen the same thing in both attempts, as far as both have seen one. */
function sameId(step: string, earlier: Attempt, now: Attempt): boolean {
  const [before, after] = [earlier, now].map((attempt) => attempt.findings[step]?.outputs?.id);
  return before === undefined || after === undefined || same(before, after);
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isOpen(value: unknown): boolean {
  return JSON.stringify(value ?? null).includes('${');
}

/**
 * The stage that undoes this one is complete, so that a fail here may have no other reason: whether what it asks for was
 * so before cannot be seen any more.
 */
function undoneBeforeJudged(step: Step, now: CheckResult, undoneBy: string, labId: string): CheckResult {
  const { expected: _expected, actual: _actual, ...rest } = now;
  const ways = waysToProve(step, undoneBy, labId);
  // Where it was tried or looked for in vain, that is told; what else could not be judged is to be asked again first.
  if (now.verdict === 'error')
    return step.check.probes.length > 0 ? { ...now, hint: `${now.hint ?? ''} ${ways}`.trim() } : now;
  return {
    ...rest,
    verdict: 'error',
    message: `Cannot be judged any more: the stage "${undoneBy}" is done, and undoes it. ${now.message}`,
    hint: ways,
  };
}

/** The commands that would prove it all the same: by what is on record, or by undoing what undid it. */
function waysToProve({ stage, check, entry }: Step, undoneBy: string, labId: string): string {
  const command = `labwright check ${labId} ${stage.id}`;
  const tried = check.probes.length > 0;
  const anew = `undo the stage "${undoneBy}", run \`${command}${tried ? ' --probe key' : ''}\`, and do "${undoneBy}" again.`;
  return tried && entry.accepts.has('history')
    ? `If it was seen before, CloudTrail may have it on record: run \`${command} --probe history\`. Otherwise ${anew}`
    : `${anew.charAt(0).toUpperCase()}${anew.slice(1)}`;
}

function notAsked(step: Step): CheckResult {
  return { ...unjudgedFinding(step), verdict: 'skip', message: 'Not checked yet.' };
}

function latestAttempt(step: Step, attempts: readonly Attempt[]): Attempt | undefined {
  const latest = attempts.findLast((attempt) => findingOf(step, attempt));
  const asked = attempts.findLast(({ chosen }) => chosen.includes(step.stage.id));
  if (!latest || !asked || latest === asked) return latest;
  // What waited for its turn when it was asked for, and never passed, goes on waiting, also if it was seen to fail for another
  // stage's sake.
  const isInPassing =
    findingOf(step, latest)?.verdict === 'fail' &&
    findingOf(step, asked)?.verdict === 'skip' &&
    passingOf(step, attempts).length === 0;
  return isInPassing ? asked : latest;
}

/** The latest of the strongest passes that count. */
function bestPass(
  step: Step,
  attempts: readonly Attempt[],
  counts: (pass: Found) => boolean,
): Found | undefined {
  const passes = passingOf(step, attempts).filter(counts);
  const best = Math.max(...passes.map(({ finding }) => strength.indexOf(finding.basis)));
  return passes.findLast(({ finding }) => strength.indexOf(finding.basis) === best);
}

function passesOf(step: Step, attempts: readonly Attempt[]): Passes {
  const told = attempts.flatMap((attempt) => {
    const finding = findingOf(step, attempt);
    return finding ? [{ attempt, finding, finishedAt: attempt.finishedAt }] : [];
  });
  const now = told.at(-1);
  return now ? passesOver(told, (pass) => agree(step, pass, now)) : {};
}

function passingOf(step: Step, attempts: readonly Attempt[]): Found[] {
  return attempts.flatMap((attempt): Found[] => {
    const finding = findingOf(step, attempt);
    return finding?.verdict === 'pass' ? [{ attempt, finding }] : [];
  });
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

function questionsOf(
  lab: Lab,
  answers: Readonly<Record<string, string>>,
  overrides: Overrides = {},
): Result['questions'] {
  const asked = [
    ...lab.questions,
    ...lab.stages.flatMap((stage) => stage.questions.map((one) => ({ ...one, section: stage.section }))),
  ];
  return asked.map(({ id, section, prompt, expects }) => {
    const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
    const found = gradeAnswer({ prompt, expects }, answer);
    const override = Object.hasOwn(overrides, id) ? overrides[id] : undefined;
    const feedback = override ? judged({ prompt, expects }, answer, found, override) : found;
    return { id, section, prompt, ...(answer?.trim() && { answer }), feedback };
  });
}

function architectureOf(
  { parts, arrows }: NonNullable<Lab['architecture']>,
  params: Readonly<Record<string, string>>,
): Architecture {
  return {
    parts: parts.map(({ 'proven-by': provenBy = [], name, ...part }) => ({
      ...part,
      ...(name !== undefined && { name: String(resolveParams(name, params)) }),
      provenBy: [provenBy].flat(),
    })),
    arrows: arrows.map(({ 'proven-by': provenBy = [], ...arrow }) => ({
      ...arrow,
      provenBy: [provenBy].flat(),
    })),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
