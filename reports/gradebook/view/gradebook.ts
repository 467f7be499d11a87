/** Everything that the gradebook's template shows. */
import type { ClassLearner, ClassResult } from '../../../runner/class-result.ts';
import { clip } from '../../plain-text.ts';
import { type TimeView, timeView } from '../../time.ts';
import { pointsText, verdictView } from '../../view/verdict.ts';
import { byHandView } from './by-hand.ts';
import { type CausesView, causesView } from './causes.ts';
import { type DistributionView, distributionView } from './distribution.ts';
import { type FunnelStage, funnelView, verdictOf } from './funnel.ts';
import { learnerLink } from './learner-link.ts';
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
  readonly rows: readonly RowView[];
}

interface RowView {
  readonly id: string;
  readonly name: string | undefined;
  readonly href: string | undefined;
  readonly section: string;
  /** Undefined when nothing could be judged. */
  readonly points: string | undefined;
  readonly before: string | undefined;
  readonly unjudged: string | undefined;
  readonly late: string;
  /** Hours, for sorting. */
  readonly lateHours: number;
  readonly note: string | undefined;
  /** The points without an instructor's judgement, where there is one. */
  readonly judged: string | undefined;
  /** Places of the page that tell what is to be looked into. */
  readonly looks: readonly { readonly anchor: string; readonly title: string }[];
  /** What the row can be filtered by: verdicts that it holds, `look`, `hand`. */
  readonly has: string;
  readonly cells: readonly {
    readonly verdict: string;
    readonly mark: string;
    readonly title: string | undefined;
    /** Whether it is an instructor's judgement. */
    readonly hand: boolean;
  }[];
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
    rows: learners.map((learner) => rowView(lab, learner, looksOf.get(learner.id) ?? [])),
  };
}

function rowView(lab: ClassResult['lab'], learner: ClassLearner, looks: RowView['looks']): RowView {
  const findings = new Map(learner.checks.map((check) => [check.id, check]));
  const cells = lab.stages.flatMap(({ checks }) =>
    checks.map(({ id, title }) => {
      const verdict = verdictOf(learner, id);
      const { message, override } = findings.get(id) ?? {};
      const tells =
        override !== undefined || verdict === 'fail' || (verdict === 'error' && message !== undefined);
      return {
        verdict,
        mark: verdictView(verdict).mark,
        title: tells ? clip(`${title}: ${message}`, 200) : undefined,
        hand: override !== undefined,
      };
    }),
  );
  const { points, before, unjudged, lateSeconds, error, why, override } = learner;
  const judged = override?.judged.points;
  return {
    id: learner.id,
    name: learner.name,
    href: learnerLink(learner),
    section: learner.section ?? '',
    points: points === null ? undefined : pointsText(points),
    before: points !== null && before !== null && before !== points ? pointsText(before) : undefined,
    unjudged: points !== null && unjudged > 0 ? pointsText(unjudged) : undefined,
    late: lateText(lateSeconds),
    lateHours: Math.ceil(lateSeconds / 3600),
    note: [...(error ? [error.message] : []), ...why].join(' ') || undefined,
    judged:
      judged === undefined ? undefined : judged === null ? 'not judged' : `judged ${pointsText(judged)}`,
    looks,
    has: [
      ...new Set(cells.map(({ verdict }) => verdict)),
      ...(looks.length > 0 ? ['look'] : []),
      ...(override ? ['hand'] : []),
    ].join(' '),
    cells,
  };
}

/** `2 d`, `5 h`, begun ones counted; nothing when in time. */
function lateText(seconds: number): string {
  if (seconds <= 0) return '';
  return seconds > 86_400 ? `${Math.ceil(seconds / 86_400)} d` : `${Math.ceil(seconds / 3600)} h`;
}
