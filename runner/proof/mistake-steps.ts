import type { Mistake, Proof, ProofStep } from './schema.ts';

/** What a learner does who makes this mistake in a stage: something else than the solution, or something after it. */
export function mistakeSteps(proof: Proof, stage: string, { instead, after = [] }: Mistake): ProofStep[] {
  return [...(instead ?? proof[stage]?.solution ?? []), ...after];
}
