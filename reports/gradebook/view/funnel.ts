import type { ClassLearner, ClassResult } from '../../../runner/class-result.ts';
import { count } from '../../plain-text.ts';

interface TallyView {
  readonly pass: number;
  readonly fail: number;
  readonly error: number;
  readonly skip: number;
  /** Offsets and widths of the parts of a bar, per cent. */
  readonly parts: readonly { readonly verdict: string; readonly x: number; readonly width: number }[];
  /** `12 pass, 3 are wrong, 2 could not be judged, 1 waits` */
  readonly told: string;
}

export interface FunnelStage {
  readonly number: number;
  readonly title: string;
  readonly tally: TallyView;
  readonly checks: readonly { readonly number: string; readonly title: string; readonly tally: TallyView }[];
}

/** Stage by stage, and in each check by check: how far the class has come, and what stands in the way. */
export function funnelView({ lab, learners }: Pick<ClassResult, 'lab' | 'learners'>): FunnelStage[] {
  return lab.stages.map((stage, at) => ({
    number: at + 1,
    title: stage.title,
    tally: tally(learners.map((learner) => worst(stage.checks.map(({ id }) => verdictOf(learner, id))))),
    checks: stage.checks.map(({ id, title }, index) => ({
      number: `${at + 1}.${index + 1}`,
      title,
      tally: tally(learners.map((learner) => verdictOf(learner, id))),
    })),
  }));
}

type Verdict = ClassLearner['checks'][number]['verdict'];

/** Of an account that could not be reached, nothing was judged. */
export function verdictOf(learner: ClassLearner, id: string): Verdict {
  return learner.checks.find((check) => check.id === id)?.verdict ?? 'error';
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return (['fail', 'error', 'skip'] as const).find((one) => verdicts.includes(one)) ?? 'pass';
}

function tally(verdicts: readonly Verdict[]): TallyView {
  const of = (verdict: Verdict) => verdicts.filter((one) => one === verdict).length;
  const counts = { pass: of('pass'), fail: of('fail'), error: of('error'), skip: of('skip') };
  let x = 0;
  const parts = Object.entries(counts).map(([verdict, many]) => {
    const width = Math.round((many / Math.max(1, verdicts.length)) * 10_000) / 100;
    const part = { verdict, x, width };
    x += width;
    return part;
  });
  const told = [
    `${count(counts.pass, 'passes', 'pass')}`,
    ...(counts.fail > 0 ? [count(counts.fail, 'is wrong', 'are wrong')] : []),
    ...(counts.error > 0 ? [`${counts.error} could not be judged`] : []),
    ...(counts.skip > 0 ? [count(counts.skip, 'waits', 'wait')] : []),
  ];
  return { ...counts, parts: parts.filter(({ width }) => width > 0), told: told.join(', ') };
}
