import type { Lab } from '../runner/lab/lab.ts';
import { proofFileOf } from '../runner/lab/lab-file.ts';
import type { ProvenClaim } from '../runner/verify/verify-lab.ts';
import { Run } from './run.ts';

export interface VerifyLabOptions {
  /** Only claims whose id begins so: `mistakes/`, `left-out/key`. */
  readonly only?: string;
  readonly signal?: AbortSignal;
}

/**
 * Proves a lab on sandboxes of its own, as `labwright verify` does: each event is a claim that was tried. It holds where `problems` is
 * empty.
 *
 * @returns at once; its `done` rejects with LabProblems for the proof, with the reading error where there is none, and with the
 * signal's reason
 */
export function verifyLab(
  lab: Lab,
  { only, signal }: VerifyLabOptions = {},
): Run<ProvenClaim, ProvenClaim[]> {
  return new Run(async (tell, own) => {
    const [{ loadProof }, { verifyLab: verify }, { openProvingAccount }] = await Promise.all([
      import('../runner/proof/load-proof.ts'),
      import('../runner/verify/verify-lab.ts'),
      import('./proving-account.ts'),
    ]);
    const proof = await loadProof(proofFileOf(lab.file), lab);
    const claims = await verify({
      lab,
      proof,
      openAccount: openProvingAccount,
      onProven: tell,
      ...(only !== undefined && { only }),
      signal: own,
    });
    own.throwIfAborted();
    return claims;
  }, signal);
}
