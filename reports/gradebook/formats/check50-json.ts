import type { ClassLearner, ClassResult } from '../../../runner/class-result.ts';
import { cleanJson } from '../../plain-text.ts';
import { checksWithStages } from '../checks-with-stages.ts';

/** The version of check50's JSON that this follows (docs/source/json_specification.rst). */
const version = '3.3.11';

/** check50's JSON for one learner. What was not judged or waits has `passed: null`, as a check that check50 could not run. */
export function check50Json(input: ClassResult, of: ClassLearner): string {
  const { lab } = cleanJson(input);
  const learner = cleanJson(of);
  const slug = `labwright/${lab.id}`;
  if (learner.checks.length === 0) {
    const value = learner.error?.message ?? 'Nothing could be judged.';
    return json({ slug, error: { type: 'NotJudged', value, traceback: [], data: {} }, version });
  }
  const results = checksWithStages(lab, learner).map(({ check, finding }) => ({
    name: check.id,
    description: check.title,
    passed: finding.verdict === 'pass' ? true : finding.verdict === 'fail' ? false : null,
    log: [],
    cause: finding.verdict === 'pass' ? null : { rationale: finding.message, help: finding.hint ?? null },
    data: { points: finding.points, max: check.max },
    dependency: null,
  }));
  return json({ slug, results, version });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
