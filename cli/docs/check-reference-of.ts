import { stringify } from 'yaml';
import type { Check } from '../../checks/check.ts';
import type { CheckReference, ReferredCheck } from '../../reports/docs/check-reference.ts';
import type { Lab, LabCheck } from '../../runner/lab/lab.ts';
import { valuesOf } from './values-of-schema.ts';

/** The reference of a registry's checks, with examples from labs that use them. */
export function checkReferenceOf(registry: ReadonlyMap<string, Check>, labs: readonly Lab[]): CheckReference {
  const checks = [...registry.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { checks: checks.map((check) => referredCheck(check, labs)) };
}

function referredCheck(check: Check, labs: readonly Lab[]): ReferredCheck {
  const usesOf = (lab: Lab) =>
    lab.stages.flatMap((stage) => stage.checks).filter((entry) => entry.check.id === check.id);
  const [example] = labs.flatMap(usesOf);
  return {
    id: check.id,
    title: check.title,
    params: valuesOf(check.params, 'input'),
    outputs: valuesOf(check.outputs, 'output'),
    calls: check.calls.map((call) => ({ call, optional: check.optional.includes(call) })),
    alsoNeeds: check.alsoNeeds,
    probes: check.probes,
    basis: check.basis,
    ...(example && { example: exampleOf(example) }),
    labs: labs.filter((lab) => usesOf(lab).length > 0).map(({ id, title }) => ({ id, title })),
  };
}

function exampleOf({ check, as, with: given, points, hint }: LabCheck): string {
  const entry = {
    check: check.id,
    ...(as !== undefined && { as }),
    ...(Object.keys(given).length > 0 && { with: given }),
    points,
    hint,
  };
  return stringify([entry], { lineWidth: 100 });
}
