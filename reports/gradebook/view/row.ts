/** A learner's row in the gradebook's table. */
import type { ClassLearner, ClassResult } from '../../../runner/class-result.ts';
import { clip } from '../../plain-text.ts';
import { pointsText, verdictView } from '../../view/verdict.ts';
import { verdictOf } from './funnel.ts';
import { learnerLink } from './learner-link.ts';

export interface RowView {
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

/** In the learners' order. @param looksOf by learner's id */
export function* rowViews(
  lab: ClassResult['lab'],
  learners: readonly ClassLearner[],
  looksOf: ReadonlyMap<string, RowView['looks']>,
): Generator<RowView> {
  for (const learner of learners) yield rowView(lab, learner, looksOf.get(learner.id) ?? []);
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
