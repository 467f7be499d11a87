import { CallError } from '../../checks/call.ts';
import type { Caller } from '../../runner/accounts/caller.ts';
import { planRun } from '../../runner/plan.ts';
import { carryOut } from '../../runner/proof/carry-out.ts';
import { loadProof } from '../../runner/proof/load-proof.ts';
import type { Proof } from '../../runner/proof/schema.ts';
import { openAccount } from '../accounts/open-account.ts';
import { interruptSignal } from '../interrupt.ts';
import { findLab } from '../labs/find-lab.ts';
import type { AccountFlags } from '../options/account.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { createOutput, type Output } from '../output.ts';
import { exitCodes, UserError } from '../user-error.ts';

export interface SolveFlags extends AccountFlags, ChecksFlags {
  readonly live?: boolean;
  readonly set: Record<string, string>;
  readonly color: boolean;
}

/** `labwright solve`: carries out the author's solution. */
export async function solve(labName: string, stages: string[], flags: SolveFlags): Promise<void> {
  const output = createOutput(!flags.color);
  const { lab, proofFile } = await findLab(labName, flags);
  const proof = await loadProof(proofFile, lab);
  const { params, chosen } = planRun(lab, flags.set, stages);
  const account = await openAccount(flags);
  if (account.kind !== 'sandbox' && !flags.live) {
    throw new UserError(
      'This would make things in a live AWS account. Say `--live` if you mean it, or `--sandbox` to use the sandbox.',
    );
  }
  const { signal, release } = interruptSignal();
  const caller = account.owner(signal);
  try {
    for (const stage of chosen) {
      output.note(`${output.style.bold(stage)}\n`);
      await solveStage({ proof, stage, caller, params, output });
    }
  } finally {
    release();
    caller.close();
  }
}

export interface SolveStageOptions {
  readonly proof: Proof;
  readonly stage: string;
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly output: Output;
}

/** Carries out one stage's solution and says each call. @throws UserError for the call that fails */
export async function solveStage({ proof, stage, caller, params, output }: SolveStageOptions): Promise<void> {
  let last = '';
  const onCall = (call: string) => {
    last = call;
    output.note(output.style.dim(`  ${call}\n`));
  };
  try {
    await carryOut({ steps: proof[stage]?.solution ?? [], caller, params, onCall });
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    throw new UserError(
      `The stage "${stage}" stopped at ${last}: ${error.code}: ${error.message}\nWhat was made before stays; remove it before you solve the stage again.`,
      exitCodes.failed,
    );
  }
}
