/** Makes the guide to a lab from what is kept of earlier checks. Nothing is asked of any account. */
import type { Guide, GuideQuestion } from '../../reports/guide-content.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { resolveParams } from '../../runner/lab/reference.ts';
import { planRun } from '../../runner/plan.ts';
import type { CheckResult, Result, StageResult } from '../../runner/result.ts';
import { type StandingOptions, standing } from '../../runner/standing.ts';
import { type Attempt, sameWork } from '../../runner/state/attempt.ts';
import { labTextFiller } from './fill-lab-text.ts';

export interface GuideOptions {
  readonly lab: Lab;
  /** The learner's names; those of the last attempt stand for the others, then the lab's. */
  readonly settings: Readonly<Record<string, string>>;
  /** Id of the stage that is asked for; without one, the first that has not passed. */
  readonly stage?: string;
  /** Oldest first. */
  readonly attempts: readonly Attempt[];
  /** By question id. */
  readonly answers: Readonly<Record<string, string>>;
}

/** @throws PlanError for a stage or a name that the lab does not have */
export function guideOf({ lab, settings, stage, attempts, answers }: GuideOptions): Guide {
  const lastNames = Object.entries(attempts.at(-1)?.params ?? {}).filter(([name]) =>
    Object.hasOwn(lab.params, name),
  );
  const names = { ...Object.fromEntries(lastNames), ...settings };
  const { params } = planRun(lab, names, stage === undefined ? [] : [stage]);
  const { result, checkedAt } = standingWith(lab, params, attempts);
  const fill = labTextFiller(params);
  const stages = result.stages.map((one, index) => ({
    id: one.id,
    title: resolveParams(one.title, params),
    guide: fill(lab.stages[index]?.guide ?? ''),
    ...(one.checks.some(wasMade) && { verdict: one.verdict }),
    points: one.points,
    max: one.max,
    checks: one.checks.map((check) => ({
      check: check.check,
      title: check.title,
      ...(wasMade(check) && { verdict: check.verdict }),
      points: check.points,
      max: check.max,
    })),
    questions: questionsOf(lab.stages[index]?.questions ?? [], answers),
  }));
  const at = stage ?? firstOpen(result.stages)?.id;
  const cleanUp = cleanUpStage(lab);
  return {
    schema: 'labwright/guide/v1',
    lab: {
      id: lab.id,
      title: lab.title,
      about: lab.about,
      ...(lab.project && { project: lab.project }),
      ...(lab.costs && { costs: fill(lab.costs) }),
    },
    names: Object.entries(lab.params).map(([name, param]) => ({
      name,
      value: params[name] ?? param.default,
      ...(param.about && { about: param.about }),
      chosen: params[name] !== param.default,
    })),
    ...(at !== undefined && { stage: at }),
    ...(cleanUp !== undefined && { cleanUp }),
    ...(checkedAt !== undefined && { checkedAt }),
    score: result.score,
    questions: questionsOf(lab.questions, answers),
    stages,
  };
}

/**
 * Where the learner stands with these names, in the account that was last checked with them.
 *
 * @param own what the learner wrote
 */
export function standingWith(
  lab: Lab,
  params: Readonly<Record<string, string>>,
  attempts: readonly Attempt[],
  own: Pick<StandingOptions, 'answers' | 'additions'> = {},
): { result: Result; checkedAt?: string } {
  const last = attempts.findLast((attempt) => sameWork(attempt, { ...attempt, lab, params }));
  if (!last) return { result: standing({ lab, last: nothingChecked(lab, params), earlier: [], ...own }) };
  const earlier = attempts.filter((attempt) => attempt !== last && sameWork(attempt, last));
  return { result: standing({ lab, last, earlier, ...own }), checkedAt: last.finishedAt };
}

function nothingChecked(lab: Lab, params: Readonly<Record<string, string>>): Attempt {
  return {
    schema: 'labwright/attempt/v1',
    id: 'none',
    lab: { id: lab.id, digest: lab.digest },
    account: { id: '', arn: '', region: '', kind: 'live' },
    params: { ...params },
    chosen: [],
    startedAt: '',
    finishedAt: '',
    findings: {},
  };
}

function firstOpen(stages: readonly StageResult[]): StageResult | undefined {
  return stages.find(({ verdict }) => verdict !== 'pass');
}

export function wasMade({ judgedAt, verdict }: CheckResult): boolean {
  return judgedAt !== undefined || verdict !== 'skip';
}

/** The stage that undoes all before it. */
function cleanUpStage({ stages }: Lab): string | undefined {
  const last = stages.at(-1);
  const others = stages.slice(0, -1);
  const isUndone = (stage: Lab['stages'][number]) =>
    stage.checks.some(({ undoneBy }) => last !== undefined && undoneBy.includes(last.id));
  return others.length > 0 && others.every(isUndone) ? last?.id : undefined;
}

function questionsOf(
  questions: readonly { readonly id: string; readonly prompt: string }[],
  answers: Readonly<Record<string, string>>,
): GuideQuestion[] {
  return questions.map(({ id, prompt }) => ({
    id,
    prompt,
    answered: Object.hasOwn(answers, id) && answers[id]?.trim() !== '',
  }));
}
