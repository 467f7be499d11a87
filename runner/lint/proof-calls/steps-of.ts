import type { Path } from '../../lab/yaml-file.ts';
import type { Proof, ProofStep } from '../../proof/schema.ts';

/** All steps of a proof, each with its place. */
export function stepsOf(proof: Proof): { step: ProofStep; path: Path }[] {
  return Object.entries(proof).flatMap(([stage, { solution, mistakes }]) => [
    ...placed(solution, [stage, 'solution']),
    ...mistakes.flatMap(({ instead = [], after = [] }, at) => [
      ...placed(instead, [stage, 'mistakes', at, 'instead']),
      ...placed(after, [stage, 'mistakes', at, 'after']),
    ]),
  ]);
}

function placed(steps: readonly ProofStep[], path: Path) {
  return steps.map((step, at) => ({ step, path: [...path, at] }));
}
