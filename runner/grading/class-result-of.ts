/** From the folders of the learners to the class result: what each one's gradings come to by the policy. */
import { relative, sep } from 'node:path';
import type { ClassLearner, ClassResult, LearnerCheck } from '../class-result.ts';
import { applyPolicy, type Graded, type GradedRun } from '../grading-policy/apply-policy.ts';
import type { Policy } from '../grading-policy/policy.ts';
import type { Lab } from '../lab/lab.ts';
import type { ClassOverrides } from '../overrides/class-overrides.ts';
import { overridden } from '../overrides/overridden.ts';
import { allSteps, planRun } from '../plan.ts';
import type { Result } from '../result.ts';
import type { Learner } from '../roster/roster.ts';
import { standing } from '../standing.ts';
import { type Attempt, sameWork } from '../state/attempt.ts';
import { LearnerFolder } from './learner-folder.ts';
import type { LearnerResult } from './learner-result.ts';
import { unjudgedSteps } from './unjudged-steps.ts';

export interface ClassResultOptions {
  readonly lab: Lab;
  /** All of the roster, in its order, also those who were not graded this time. */
  readonly learners: readonly Learner[];
  /** The folder of the class. */
  readonly out: string;
  readonly policy: Policy;
  /** The policy in a few words, where one was given. */
  readonly policyWords?: string | undefined;
  /** An instructor's own judgement of learners. */
  readonly overrides?: ClassOverrides | undefined;
  /** Name of the file in a learner's folder that the gradebook links to. */
  readonly page: string;
  /** When the grading began, ISO 8601. */
  readonly startedAt: string;
  /** Told, one after the other, where each learner stands and what the last grading of them came to. */
  readonly onLearner?: (learner: Learner, standing: Result, last: LearnerResult) => Promise<void>;
}

/** Reads learner by learner, and keeps of each what the gradebook tells. */
export async function classResultOf(options: ClassResultOptions): Promise<ClassResult> {
  const { policyWords, startedAt } = options;
  const lab = describedLab(options.lab);
  const learners: ClassLearner[] = [];
  const once = onlyOnce();
  for (const learner of options.learners) learners.push(await classLearnerOf(learner, lab, options, once));
  return {
    schema: 'labwright/class/v1',
    lab,
    ...(policyWords !== undefined && { policy: policyWords }),
    startedAt,
    finishedAt: new Date().toISOString(),
    learners,
  };
}

/** Most learners are told the same by a check; of texts that were read from a thousand files, one is kept. */
function onlyOnce(): (text: string) => string {
  const texts = new Map<string, string>();
  return (text) => {
    const known = texts.get(text);
    if (known === undefined) texts.set(text, text);
    return known ?? text;
  };
}

async function classLearnerOf(
  learner: Learner,
  described: ClassResult['lab'],
  { lab, out, policy, overrides, page, onLearner }: ClassResultOptions,
  once: (text: string) => string,
): Promise<ClassLearner> {
  const { id, name, email, section, account, extension, params } = learner;
  const folder = new LearnerFolder(out, id);
  const last = await folder.result();
  const results = standings(lab, await folder.attempts());
  const latest = results.at(-1);
  if (latest && last) await onLearner?.(learner, latest, last);
  const runs = results.map((one) => gradedRun(lab, one));
  const judged = applyPolicy(policy, { runs, ...(extension && { extension }) });
  const own = overrides?.get(id);
  const given = (own?.checks ?? []).map(({ check, points, max }) => ({ id: check, points, max }));
  const graded =
    given.length === 0 ? judged : applyPolicy(policy, { runs, given, ...(extension && { extension }) });
  const problem =
    last === undefined
      ? { message: 'Not graded yet.' }
      : last.status === 'not judged'
        ? (last.problem ?? { message: 'The account could not be judged.' })
        : undefined;
  const told: ClassLearner = {
    id,
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(section !== undefined && { section }),
    ...(account !== undefined && { account }),
    params: onceEach(latest?.params ?? planRun(lab, params).params, once),
    points: graded.points,
    before: graded.before,
    unjudged: latest === undefined ? described.max - sum(given) : graded.unjudged,
    why: [
      ...graded.why,
      ...(latest && problem ? [`The points are those of the grading of ${day(latest.startedAt)}.`] : []),
    ],
    lateSeconds: graded.lateSeconds,
    lateDaysUsed: graded.lateDaysUsed,
    attempts: graded.attempts.used,
    ...(latest && { judgedAt: latest.startedAt }),
    ...(problem && { error: problem }),
    checks: latest ? learnerChecks(latest, graded, once) : [],
    ...(latest && { page: relative(out, `${folder.path}/${page}`).split(sep).join('/') }),
  };
  if (!own) return told;
  const without = {
    points: judged.points,
    unjudged: latest === undefined ? described.max : judged.unjudged,
    checks: latest ? learnerChecks(latest, judged, once) : [],
  };
  return overridden(told, without, own, described);
}

/** Most learners use the lab's own names. */
function onceEach(
  params: Readonly<Record<string, string>>,
  once: (text: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, once(value)]));
}

function learnerChecks(latest: Result, graded: Graded, once: (text: string) => string): LearnerCheck[] {
  const counted = new Map(graded.checks.map((check) => [check.id, check]));
  return checksOf(latest).map(({ id, verdict, message, hint, durationMs }) => {
    const { points = null, lateSeconds = 0 } = counted.get(id) ?? {};
    return {
      id: once(id),
      verdict,
      points,
      message: once(message),
      ...(hint !== undefined && { hint: once(hint) }),
      ...(lateSeconds > 0 && { lateSeconds }),
      durationMs,
    };
  });
}

function sum(given: readonly { readonly max: number }[]): number {
  return given.reduce((total, { max }) => total + max, 0);
}

/** Where the learner stood after each grading: a run counts with what earlier ones had earned and it could not see any more. */
function standings(lab: Lab, attempts: readonly Attempt[]): Result[] {
  const last = attempts.at(-1);
  if (last === undefined) return [];
  const own = attempts.filter((attempt) => sameWork(attempt, last));
  return own.map((attempt, index) => standing({ lab, last: attempt, earlier: own.slice(0, index) }));
}

function gradedRun(lab: Lab, result: Result): GradedRun {
  const unjudged = unjudgedSteps(lab, result);
  return {
    id: result.startedAt,
    at: Date.parse(result.startedAt),
    checks: checksOf(result).map(({ id, points, max }) => ({
      id,
      judged: !unjudged.has(id),
      points,
      max,
    })),
  };
}

function checksOf({ stages }: Result) {
  return stages.flatMap((stage) =>
    stage.checks.map((check, index) => ({ ...check, id: `${stage.id}/${index}` })),
  );
}

/** `2026-12-01 18:00 UTC` */
function day(time: string): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function maxOf(lab: Lab): number {
  return lab.stages.flatMap(({ checks }) => checks).reduce((sum, { points }) => sum + points, 0);
}

function describedLab(lab: Lab): ClassResult['lab'] {
  const steps = allSteps(lab, planRun(lab, {}).params);
  const stages = lab.stages.map(({ id, title }) => {
    const checks = steps
      .filter(({ stage }) => stage.id === id)
      .map((step) => ({
        id: step.id,
        check: step.check.id,
        title: step.entry.title,
        max: step.entry.points,
      }));
    return { id, title, max: checks.reduce((sum, { max }) => sum + max, 0), checks };
  });
  return { id: lab.id, title: lab.title, digest: lab.digest, max: maxOf(lab), stages };
}
