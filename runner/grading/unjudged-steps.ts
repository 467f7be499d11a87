import type { Lab } from '../lab/lab.ts';
import { allSteps } from '../plan.ts';
import type { CheckResult, Result } from '../result.ts';

/**
 * Ids (`key/0`) of the checks that could not be judged, and of those that wait for nothing but such: neither earned nor lost.
 * What waits for something that failed is lost with it.
 */
export function unjudgedSteps(lab: Lab, { params, stages }: Pick<Result, 'params' | 'stages'>): Set<string> {
  const results = new Map<string, CheckResult>(
    stages.flatMap((stage) => stage.checks.map((check, index) => [`${stage.id}/${index}`, check] as const)),
  );
  const steps = new Map(allSteps(lab, params).map((step) => [step.id, step]));
  const told = new Map<string, boolean>();
  const isUnjudged = (id: string): boolean => {
    const known = told.get(id);
    if (known !== undefined) return known;
    told.set(id, false);
    const { verdict, stoppedBy } = results.get(id) ?? {};
    const waitsFor = (steps.get(id)?.needs ?? []).filter((need) => results.get(need)?.verdict !== 'pass');
    const unjudged =
      verdict === 'error' ||
      (verdict === 'skip' && stoppedBy === undefined && waitsFor.length > 0 && waitsFor.every(isUnjudged));
    told.set(id, unjudged);
    return unjudged;
  };
  return new Set([...results.keys()].filter(isUnjudged));
}
