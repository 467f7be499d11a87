import type { ClassResult } from '../../../runner/class-result.ts';
import { cleanJson } from '../../plain-text.ts';
import { csv } from '../csv.ts';

export interface MoodleOptions {
  /** Name of the grade item. Default: the lab's title. */
  readonly item?: string;
  /** Ids of learners who are not enrolled: one unknown user aborts Moodle's whole import. */
  readonly without?: ReadonlySet<string>;
}

/**
 * Grades and feedback for Moodle's gradebook import (grade/import/csv), where the teacher maps the columns. A grade over 100 aborts
 * the import, so that of labs with more points per cent are written, and the header says so. Learners who could not be
 * judged have no row.
 */
export function moodleCsv(input: ClassResult, { item, without = new Set() }: MoodleOptions = {}): string {
  const { lab, learners } = cleanJson(input);
  const name = item ?? lab.title;
  const inPercent = lab.max > 100;
  const rows = learners.flatMap(({ id, email, points, unjudged, why, checks }) => {
    if (points === null || without.has(id)) return [];
    const open = checks.filter(({ verdict }) => verdict === 'fail').map(({ message }) => `- ${message}`);
    const feedback = [
      ...why,
      ...(unjudged > 0 && why.length === 0 ? [`Checks worth ${unjudged} points could not be judged.`] : []),
      ...open,
    ];
    return [[id, email ?? '', id, inPercent ? (points / lab.max) * 100 : points, feedback.join('\n')]];
  });
  return csv([
    [
      'username',
      'email',
      'idnumber',
      `${name} (${inPercent ? 'grade in per cent' : 'grade'})`,
      `${name} (feedback)`,
    ],
    ...rows,
  ]);
}
