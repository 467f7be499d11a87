import type { ClassLearner, ClassResult } from '../../../runner/class-result.ts';
import { cleanJson } from '../../plain-text.ts';
import { verdictView } from '../../view/verdict.ts';
import { type CsvValue, csv } from '../csv.ts';
import { stagePoints } from '../stage-points.ts';

/**
 * The class as a table for spreadsheets: a line for each learner, a column for each stage and each check. It begins with a
 * byte order mark, without which Excel takes UTF-8 for something else.
 */
export function gradebookCsv(input: ClassResult): string {
  return [...gradebookCsvParts(input)].join('');
}

/** The same text in parts. */
export function* gradebookCsvParts(input: ClassResult): Generator<string> {
  const result = cleanJson(input);
  const { stages, max } = result.lab;
  const header = [
    'learner id',
    'name',
    'e-mail',
    'section',
    'account',
    'status',
    'points',
    'max',
    'points before policy',
    'points not judged',
    'hours late',
    'late days used',
    'attempts',
    'why',
    'error',
    ...stages.map((stage) => `${stage.title} (${stage.max})`),
    ...stages.flatMap(({ checks }) => checks.map((check) => `${check.id} ${check.title}`)),
  ];
  yield csv([header], { bom: true });
  const row = (learner: ClassLearner): CsvValue[] => {
    const verdicts = new Map(learner.checks.map(({ id, verdict }) => [id, verdictView(verdict).word]));
    return [
      learner.id,
      learner.name,
      learner.email,
      learner.section,
      learner.account,
      statusOf(learner),
      learner.points ?? undefined,
      max,
      learner.before ?? undefined,
      learner.unjudged,
      Math.ceil((learner.lateSeconds / 3600) * 10) / 10,
      learner.lateDaysUsed,
      learner.attempts,
      learner.why.join(' '),
      learner.error?.message,
      ...stages.map((stage) => stagePoints(stage, learner) ?? undefined),
      ...stages.flatMap(({ checks }) => checks.map(({ id }) => verdicts.get(id))),
    ];
  };
  for (let at = 0; at < result.learners.length; at += together)
    yield csv(result.learners.slice(at, at + together).map(row));
}

/** Learners to a part: each part costs something, and takes memory for as many. */
const together = 200;

/** `graded`, `partly judged` or `not judged`. */
function statusOf({ points, unjudged }: ClassLearner): string {
  if (points === null) return 'not judged';
  return unjudged > 0 ? 'partly judged' : 'graded';
}
