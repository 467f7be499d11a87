/** The author's proof of a lab: every claim tried, on empty accounts. */
import type { Lab } from '../lab/lab.ts';
import type { Proof } from '../proof/schema.ts';
import { type Claim, claimsOf } from './claims.ts';
import type { OpenProvingAccount } from './proving-account.ts';
import { Rehearsal } from './rehearsal.ts';

export interface VerifyOptions {
  readonly lab: Lab;
  readonly proof: Proof;
  readonly openAccount: OpenProvingAccount;
  /** Only claims whose id begins with this. */
  readonly only?: string;
  /** Told of each claim as soon as it was tried. */
  readonly onProven?: (claim: ProvenClaim) => void;
  readonly signal?: AbortSignal;
}

export interface ProvenClaim {
  readonly id: string;
  readonly about: string;
  /** What speaks against it; empty where it holds. */
  readonly problems: readonly string[];
}

/** Much of a claim's time is waiting. */
const atATime = 4;

/** Tries the claims, some at a time; gives them in their order. What breaks a rehearsal speaks against its claim. */
export async function verifyLab(options: VerifyOptions): Promise<ProvenClaim[]> {
  const { lab, proof, only = '', onProven, signal } = options;
  const claims = claimsOf(lab, proof).filter((claim) => claim.id.startsWith(only));
  const proven = new Map<Claim, ProvenClaim>();
  // What waits longest begins first, and everything else is tried meanwhile.
  const untried = [...claims.filter(({ waits }) => waits), ...claims.filter(({ waits }) => !waits)].values();
  const tryNext = async () => {
    for (const claim of untried) {
      if (signal?.aborted) return;
      const problems = await Rehearsal.on(options, claim.prove).catch((error: unknown) => [
        `It could not be tried: ${error instanceof Error ? error.message : String(error)}`,
      ]);
      const { id, about } = claim;
      proven.set(claim, { id, about, problems });
      onProven?.({ id, about, problems });
    }
  };
  await Promise.all(Array.from({ length: atATime }, tryNext));
  return claims.flatMap((claim) => proven.get(claim) ?? []);
}
