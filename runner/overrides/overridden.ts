/** Puts an instructor's judgement into what a learner of a class comes to; what was judged is told beside it. Pure. */
import type { ClassLearner, ClassResult, LearnerCheck } from '../class-result.ts';
import type { CheckOverride, LearnerOverrides } from './class-overrides.ts';

/**
 * @param learner with the points by the policy, those of overridden checks counted as they were given
 * @param judged what the learner comes to without any override
 */
export function overridden(
  learner: ClassLearner,
  judged: {
    readonly points: number | null;
    readonly unjudged: number;
    readonly checks: readonly LearnerCheck[];
  },
  { checks, whole }: LearnerOverrides,
  lab: Pick<ClassResult['lab'], 'max' | 'stages'>,
): ClassLearner {
  const ofLab = lab.stages.flatMap((stage) => stage.checks);
  const before = new Map(judged.checks.map((check) => [check.id, check]));
  const unseen = learner.error?.message ?? 'Not judged.';
  const by = new Map(checks.map((one) => [one.check, one]));
  const told =
    learner.checks.length > 0 || checks.length === 0
      ? learner.checks
      : ofLab.map(({ id }): LearnerCheck => ({ id, verdict: 'error', points: null, message: unseen }));
  const titles = new Map(ofLab.map(({ id, title }) => [id, title]));
  return {
    ...learner,
    ...(whole && { points: whole.points, before: whole.points, unjudged: 0 }),
    why: [
      ...(whole ? [] : learner.why),
      ...checks.map((one) =>
        sentence(one, `${one.max} for “${titles.get(one.check)}”`, before.get(one.check)?.points ?? null),
      ),
      ...(whole ? [sentence(whole, `${lab.max} for the lab as a whole`, judged.points)] : []),
    ],
    checks: told.map((check) => {
      const override = by.get(check.id);
      return override ? overriddenCheck(check, before.get(check.id) ?? check, override) : check;
    }),
    override: {
      judged: { points: judged.points, unjudged: judged.unjudged },
      ...(whole && { whole: { ...whole } }),
    },
  };
}

function overriddenCheck(
  { hint, lateSeconds: _lateSeconds, ...check }: LearnerCheck,
  { verdict, points, message }: LearnerCheck,
  given: CheckOverride,
): LearnerCheck {
  return {
    ...check,
    verdict: given.verdict,
    points: given.points,
    message: `Judged by ${given.by}: ${given.reason}`,
    ...(given.verdict === 'fail' && hint !== undefined && { hint }),
    override: { by: given.by, reason: given.reason, judged: { verdict, points, message } },
  };
}

/** `R. Teacher gives 25 of 25 for “…” (judged: 0): I saw it in the lab hour.` */
function sentence(
  { by, points, reason }: { readonly by: string; readonly points: number; readonly reason: string },
  of: string,
  judged: number | null,
): string {
  const end = /[.!?]$/.test(reason) ? '' : '.';
  return `${by} gives ${points} of ${of} (${judged === null ? 'not judged' : `judged: ${judged}`}): ${reason}${end}`;
}
