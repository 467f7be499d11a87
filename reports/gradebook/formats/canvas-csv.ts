import type { ClassResult } from '../../../runner/class-result.ts';
import { cleanJson } from '../../plain-text.ts';
import { csv } from '../csv.ts';

export interface CanvasOptions {
  /** The assignment's title, with its id in parentheses where it is there already: `KMS lab (12345)`. Default: the lab's title. */
  readonly assignment?: string;
  /** Which of Canvas's columns holds the roster's learner ids. */
  readonly learnerIds?: 'ID' | 'SIS User ID' | 'SIS Login ID';
}

/**
 * Grades for Canvas's import (canvas-lms, lib/gradebook_importer.rb). Learners who could not be judged have no row: an empty cell
 * would take an earlier grade away. Points are written without separators, because Canvas reads `1,234` as 1.234.
 */
export function canvasCsv(input: ClassResult, options: CanvasOptions = {}): string {
  const { lab, learners } = cleanJson(input);
  const { assignment = lab.title, learnerIds = 'SIS Login ID' } = options;
  const ids = ['ID', 'SIS User ID', 'SIS Login ID'];
  return csv([
    ['Student', ...ids, 'Section', assignmentHeader(assignment)],
    ['    Points Possible', '', '', '', '', lab.max],
    ...learners.flatMap(({ id, name, section, points }) =>
      points === null
        ? []
        : [[name ?? id, ...ids.map((column) => (column === learnerIds ? id : '')), section ?? '', points]],
    ),
  ]);
}

/** Canvas drops columns whose header holds one of these. */
function assignmentHeader(title: string): string {
  return title
    .replace(/(current|final)(?= (?:score|grade|points))|override(?= )/gi, '$&\u2011')
    .replace(/\s+/g, ' ')
    .trim();
}
