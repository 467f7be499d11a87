import type { Step } from './plan.ts';
import type { CheckResult } from './result.ts';

/** What a finding of a step says before anything was seen: which check, asked what, worth how much. */
export function unjudgedFinding(step: Step, params: CheckResult['with'] = step.with) {
  return {
    check: step.check.id,
    ...(step.entry.as && { as: step.entry.as }),
    title: step.entry.title,
    basis: step.check.basis,
    points: 0,
    max: step.entry.points,
    durationMs: 0,
    evidence: [],
    with: params,
  };
}
