/** Everything that the gradebook's template shows. */
import type { ClassResult } from '../../../runner/class-result.ts';
import { type TimeView, timeView } from '../../time.ts';
import { pointsText } from '../../view/verdict.ts';
import { byHandView } from './by-hand.ts';
import { type CausesView, causesView } from './causes.ts';
import { type DistributionView, distributionView } from './distribution.ts';
import { type FunnelStage, funnelView } from './funnel.ts';
import { type RowView, rowViews } from './row.ts';
import { toLookInto } from './to-look-into.ts';

export interface GradebookView {
  readonly title: string;
  readonly policy: string | undefined;
  readonly graded: TimeView;
  readonly max: string;
  readonly size: number;
  readonly mean: string;
  readonly median: string;
  readonly complete: number;
  readonly notJudged: number;
  readonly partly: number;
  readonly sections: readonly string[];
  readonly distribution: DistributionView;
  readonly funnel: readonly FunnelStage[];
  readonly causes: CausesView;
  readonly looks: ReturnType<typeof toLookInto>['looks'];
  readonly byHand: ReturnType<typeof byHandView>;
  readonly columns: readonly { readonly number: string; readonly title: string }[];
  readonly stages: readonly { readonly number: number; readonly title: string; readonly span: number }[];
  /** Made one by one, as they are asked for. */
  readonly rows: Iterable<RowView>;
}

/** Turns a class result, its text already cleaned, into what the template needs. */
export function gradebookView(result: ClassResult): GradebookView {
  const { lab, learners, policy, finishedAt } = result;
  const { looks, looksOf } = toLookInto(result);
  const judged = learners.flatMap(({ points }) => points ?? []).sort((a, b) => a - b);
  const middle = judged.length / 2;
  const median = ((judged[Math.ceil(middle) - 1] ?? 0) + (judged[Math.floor(middle)] ?? 0)) / 2;
  return {
    title: lab.title,
    policy,
    graded: timeView(finishedAt),
    max: pointsText(lab.max),
    size: learners.length,
    mean:
      judged.length === 0
        ? '–'
        : pointsText(Math.round((judged.reduce((sum, one) => sum + one, 0) / judged.length) * 10) / 10),
    median: judged.length === 0 ? '–' : pointsText(median),
    complete: learners.filter(
      ({ checks }) => checks.length > 0 && checks.every(({ verdict }) => verdict === 'pass'),
    ).length,
    notJudged: learners.length - judged.length,
    partly: learners.filter(({ points, unjudged }) => points !== null && unjudged > 0).length,
    sections: [...new Set(learners.flatMap(({ section }) => section ?? []))].sort(),
    distribution: distributionView(learners, lab.max),
    funnel: funnelView({ lab, learners }),
    causes: causesView({ lab, learners }),
    looks,
    byHand: byHandView({ lab, learners }),
    columns: lab.stages.flatMap(({ checks }, at) =>
      checks.map(({ title }, index) => ({ number: `${at + 1}.${index + 1}`, title })),
    ),
    stages: lab.stages.map(({ title, checks }, at) => ({ number: at + 1, title, span: checks.length })),
    rows: rowViews(lab, learners, looksOf),
  };
}
