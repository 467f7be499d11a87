/** The formats of `labwright export`, and what each needs beside the result. */
import { canvasCsv } from '../../reports/gradebook/formats/canvas-csv.ts';
import { check50Json } from '../../reports/gradebook/formats/check50-json.ts';
import { classroom50Json } from '../../reports/gradebook/formats/classroom50-json.ts';
import { githubClassroomResult } from '../../reports/gradebook/formats/github-classroom.ts';
import { gradebookCsv } from '../../reports/gradebook/formats/gradebook-csv.ts';
import { gradebookJson } from '../../reports/gradebook/formats/gradebook-json.ts';
import { gradescopeJson } from '../../reports/gradebook/formats/gradescope-json.ts';
import { junitXml } from '../../reports/gradebook/formats/junit-xml.ts';
import { moodleCsv } from '../../reports/gradebook/formats/moodle-csv.ts';
import { stepSummary } from '../../reports/gradebook/formats/step-summary.ts';
import { renderGradebook } from '../../reports/gradebook/page.ts';
import type { ClassLearner, ClassResult } from '../../runner/class-result.ts';
import { exitCodes, UserError } from '../user-error.ts';
import type { ExportFormat } from './format-names.ts';

export interface ExportOptions {
  /** Id of the learner, for formats that tell of one. */
  readonly learner?: string;
  /** Title of the assignment or grade item, for Canvas and Moodle. */
  readonly assignment?: string;
  /** Where Classroom 50 says what was submitted. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** @throws UserError when something needed is missing, or nothing could be judged */
export async function exportAs(
  format: ExportFormat,
  result: ClassResult,
  options: ExportOptions,
): Promise<string> {
  switch (format) {
    case 'html':
      return renderGradebook(result);
    case 'csv':
      return gradebookCsv(result);
    case 'json':
      return gradebookJson(result);
    case 'canvas':
      return canvasCsv(result, options.assignment === undefined ? {} : { assignment: options.assignment });
    case 'moodle':
      return moodleCsv(result, options.assignment === undefined ? {} : { item: options.assignment });
    case 'junit':
      return junitXml(result);
    case 'github-summary':
      return stepSummary(result);
    case 'gradescope':
      return judged(gradescopeJson(result, oneLearner(result, options)));
    case 'classroom50':
      return judged(classroom50Json(result, oneLearner(result, options), submission(options.env)));
    case 'github-classroom':
      return `${githubClassroomResult(result, oneLearner(result, options))}\n`;
    case 'check50':
      return check50Json(result, oneLearner(result, options));
  }
}

function oneLearner({ learners }: ClassResult, { learner: id }: ExportOptions): ClassLearner {
  const found = id === undefined ? learners : learners.filter((learner) => learner.id === id);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new UserError(
    id === undefined
      ? `This format tells of one learner, and there are ${learners.length}. Name one with \`--learner\`.`
      : `There is no learner "${id}" in it. Ids are those of the roster.`,
  );
}

/** A score would count, whatever it says; so there is none, and whoever started this sees that it failed. */
function judged(text: string | undefined): string {
  if (text !== undefined) return text;
  throw new UserError(
    'Nothing could be judged, so there is no score to write. Grade again.',
    exitCodes.notJudged,
  );
}

function submission(env: ExportOptions['env']) {
  const missing: string[] = [];
  const read = (name: string) => {
    const value = env[name];
    if (value === undefined || value === '') missing.push(name);
    return value ?? '';
  };
  const given = {
    CLASSROOM: read('CLASSROOM'),
    ASSIGNMENT: read('ASSIGNMENT'),
    ASSIGNMENT_TYPE: env.ASSIGNMENT_TYPE === 'group' ? 'group' : 'individual',
    OWNER: read('OWNER'),
    SUBMISSION_TAG: read('SUBMISSION_TAG'),
    COMMIT_URL: read('COMMIT_URL'),
    RELEASE_URL: read('RELEASE_URL'),
    REVIEW_URL: read('REVIEW_URL'),
  } as const;
  if (missing.length > 0) {
    throw new UserError(
      `Classroom 50 gives its autograder ${missing.join(', ')} in the environment; here they are not set. Run this from its workflow.`,
    );
  }
  return given;
}
