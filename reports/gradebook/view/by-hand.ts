/** What an instructor judged otherwise than the checks: both are told. */
import type { ClassLearner, ClassResult } from '../../../runner/class-result.ts';
import { pointsText, verdictView } from '../../view/verdict.ts';
import { learnerLink } from './learner-link.ts';

interface ByHandView {
  readonly id: string;
  readonly href: string | undefined;
  /** What was judged: a check's number and title, or the lab as a whole. */
  readonly what: string;
  /** `✓ 25 points` */
  readonly given: string;
  /** What the checks said. */
  readonly judged: string;
  readonly by: string;
  readonly reason: string;
}

export function byHandView({ lab, learners }: Pick<ClassResult, 'lab' | 'learners'>): ByHandView[] {
  const titles = new Map(
    lab.stages.flatMap(({ checks }, at) =>
      checks.map(({ id, title }, index) => [id, `${at + 1}.${index + 1} ${title}`] as const),
    ),
  );
  return learners.flatMap((learner) => {
    if (!learner.override) return [];
    const who = { id: learner.id, href: learnerLink(learner) };
    const { whole, judged } = learner.override;
    return [
      ...learner.checks.flatMap(({ id, verdict, points, override }): ByHandView[] =>
        override
          ? [
              {
                ...who,
                what: titles.get(id) ?? id,
                given: said(verdict, points),
                judged: `${said(override.judged.verdict, override.judged.points)}. ${override.judged.message}`,
                by: override.by,
                reason: override.reason,
              },
            ]
          : [],
      ),
      ...(whole
        ? [
            {
              ...who,
              what: 'The lab as a whole',
              given: pointsOf(whole.points),
              judged: `${pointsOf(judged.points)}.`,
              by: whole.by,
              reason: whole.reason,
            },
          ]
        : []),
    ];
  });
}

function said(verdict: ClassLearner['checks'][number]['verdict'], points: number | null): string {
  return `${verdictView(verdict).word}, ${pointsOf(points)}`;
}

function pointsOf(points: number | null): string {
  if (points === null) return 'not judged';
  return points === 1 ? '1 point' : `${pointsText(points)} points`;
}
