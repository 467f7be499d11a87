import { openProvingAccount } from '../../api/proving-account.ts';
import { loadProof } from '../../runner/proof/load-proof.ts';
import { claimsToTake } from '../../runner/verify/claims-to-take.ts';
import { mistakesDocument } from '../../runner/verify/mistakes-document.ts';
import { verifyLab } from '../../runner/verify/verify-lab.ts';
import { interruptSignal } from '../interrupt.ts';
import { findLab, labIds } from '../labs/find-lab.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { createOutput } from '../output.ts';
import { plain } from '../terminal/style.ts';
import { exitCodes, UserError } from '../user-error.ts';

export interface VerifyFlags extends ChecksFlags {
  readonly all?: boolean;
  readonly only?: string;
  readonly list?: boolean;
  readonly color: boolean;
}

/** `labwright verify`: proves labs on the sandbox. */
export async function verify(labName: string | undefined, flags: VerifyFlags): Promise<void> {
  if ((labName === undefined) === !flags.all)
    throw new UserError('Name a lab, or say `--all` for all of them.');
  const { print, style } = createOutput(!flags.color);
  const { signal, release } = interruptSignal();
  let failed = 0;
  try {
    for (const name of labName === undefined ? await labIds() : [labName]) {
      if (signal.aborted) break;
      const { lab, proofFile } = await findLab(name, flags);
      const proof = await loadProof(proofFile, lab);
      if (flags.list) {
        print(mistakesDocument(lab, proof));
        continue;
      }
      print(`${style.bold(lab.title)}\n`);
      const claims = await verifyLab({
        lab,
        proof,
        openAccount: openProvingAccount,
        signal,
        ...(flags.only !== undefined && { only: flags.only }),
        onProven({ id, about, problems }) {
          print(
            `  ${style.verdict(problems.length === 0 ? 'pass' : 'fail')}  ${id}  ${style.dim(plain(about))}\n`,
          );
          for (const problem of problems) print(`      ${plain(problem)}\n`);
        },
      });
      if (claims.length === 0)
        throw new UserError(
          `The lab ${lab.id} has no claim that begins with "${flags.only}". ${claimsToTake(lab, proof, flags.only ?? '')}`,
        );
      const broken = claims.filter(({ problems }) => problems.length > 0).length;
      failed += broken;
      print(`${claims.length - broken} of ${claims.length} claims hold.\n`);
    }
  } finally {
    release();
  }
  if (signal.aborted) process.exitCode = exitCodes.interrupted;
  else process.exitCode = failed === 0 ? exitCodes.passed : exitCodes.failed;
}
