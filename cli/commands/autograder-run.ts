/** `labwright autograder run`: grades one submission, where the platform runs an autograder's folder. */
import { join } from 'node:path';
import { type Autograder, readAutograder } from '../../runner/autograder/autograder-file.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { findLab } from '../labs/find-lab.ts';
import { UserError } from '../user-error.ts';

export interface AutograderRunFlags {
  readonly root: string;
  readonly color: boolean;
}

export async function autograderRun(folder: string, { root }: AutograderRunFlags): Promise<void> {
  const autograder = await readAutograder(folder);
  const { lab } = await findLab(join(folder, 'lab.yaml'));
  refuseOtherLab(autograder, lab);
  if (autograder.for === 'gradescope') {
    const { runForGradescope } = await import('../autograder/run-for-gradescope.ts');
    await runForGradescope({ autograder, lab, root });
  } else {
    const { runForClassroom50 } = await import('../autograder/run-for-classroom50.ts');
    await runForClassroom50({ autograder, lab, checkout: process.cwd(), env: process.env });
  }
}

function refuseOtherLab({ lab: made }: Autograder, lab: Lab): void {
  if (made.id === lab.id && made.digest === lab.digest) return;
  throw new UserError(
    'lab.yaml is not the lab file for which this autograder was made. Make the folder anew with `labwright autograder make`.',
  );
}
