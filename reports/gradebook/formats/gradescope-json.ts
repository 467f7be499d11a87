import type { ClassLearner, ClassResult } from '../../../runner/class-result.ts';
import { cleanJson, cleanText } from '../../plain-text.ts';
import { checksWithStages } from '../checks-with-stages.ts';

/**
 * `/autograder/results/results.json` of Gradescope (autograder_samples, docs/specs.md) for one learner. The score on top holds
 * over the sum of the tests, because late rules may apply to the lab as a whole. Undefined when nothing could be judged: then
 * no file may be written and the autograder has to fail, as any score would count.
 *
 * @param keep members of `extra_data`, which Gradescope gives back with the learner's next submission
 */
export function gradescopeJson(
  input: ClassResult,
  of: ClassLearner,
  keep: Readonly<Record<string, unknown>> = {},
): string | undefined {
  const { lab } = cleanJson(input);
  const learner = cleanJson(of);
  if (learner.points === null) return undefined;
  const tests = checksWithStages(lab, learner).map(({ stage, check, number, finding }) => ({
    name: `${stage.title}: ${check.title}`,
    name_format: 'text',
    number,
    // Without a score, a test only informs: what could not be judged is not zero.
    ...(finding.points !== null && {
      score: finding.points,
      max_score: check.max,
      status: finding.verdict === 'pass' ? 'passed' : 'failed',
    }),
    output: [
      finding.verdict === 'error' ? `Could not be judged: ${finding.message}` : finding.message,
      ...(finding.hint === undefined ? [] : [finding.hint]),
    ].join('\n\n'),
    output_format: 'text',
    visibility: 'visible',
    extra_data: { check: check.check, verdict: finding.verdict },
  }));
  const duration = learner.checks.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0) / 1000;
  return json({
    score: learner.points,
    execution_time: Math.round(duration * 100) / 100,
    output: [`${learner.points} of ${lab.max} points.`, ...learner.why].join('\n'),
    output_format: 'text',
    visibility: 'visible',
    stdout_visibility: 'hidden',
    extra_data: { lab: lab.id, digest: lab.digest, unjudged: learner.unjudged, ...keep },
    tests,
  });
}

/**
 * The results of an earlier submission once more, for one that could not be judged: the learner keeps the last score that is one
 * (autograder_samples, docs/submission_metadata.md, does so for submissions that are too many).
 *
 * @param earlier what this autograder wrote then
 * @param why why this one could not be judged
 */
export function gradescopeJsonAgain(
  earlier: { readonly score?: unknown; readonly tests?: unknown; readonly extra_data?: unknown },
  why: string,
): string {
  const { score, tests, extra_data } = earlier;
  return json({
    score,
    output: cleanText(why),
    output_format: 'text',
    visibility: 'visible',
    stdout_visibility: 'hidden',
    ...(tests !== undefined && { tests }),
    extra_data,
  });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
