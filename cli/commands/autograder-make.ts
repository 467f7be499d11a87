/** `labwright autograder make`: the folder that an autograding platform runs. No AWS call is made. */
import { copyFile, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { assumePolicy } from '../../runner/autograder/assume-policy.ts';
import { type Autograder, autograderFile, type Judging } from '../../runner/autograder/autograder-file.ts';
import { writeWhole } from '../../runner/files/write-whole.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { copyCommand } from '../autograder/copy-command.ts';
import { copyScripts } from '../autograder/copy-scripts.ts';
import type { Platform } from '../autograder/platforms.ts';
import { rosterLearners } from '../autograder/roster-learners.ts';
import { readPublicKey } from '../inputs/read-public-key.ts';
import { readRosterFile } from '../inputs/read-roster-file.ts';
import { findLab } from '../labs/find-lab.ts';
import { createOutput, type Output } from '../output.ts';
import { autograderText } from '../terminal/autograder-text.ts';
import { rosterText } from '../terminal/roster-text.ts';
import { UserError } from '../user-error.ts';

export interface AutograderMakeFlags {
  readonly for: Platform;
  readonly roster?: string;
  readonly key?: string;
  readonly region?: string;
  readonly out: string;
  readonly color: boolean;
}

export async function autograderMake(labName: string, flags: AutograderMakeFlags): Promise<void> {
  const output = createOutput(!flags.color);
  const { lab } = await findLab(labName);
  const judging = await judgingOf(flags);
  const learners = await learnersOf(lab, flags, judging, output);
  const out = resolve(flags.out);
  await refuseOtherFolder(flags.out);

  const autograder: Autograder = {
    schema: 'labwright/autograder/v1',
    for: flags.for,
    lab: { id: lab.id, digest: lab.digest },
    judging,
    learners,
  };
  // What an earlier version had is not mixed with this one's.
  await rm(join(out, 'labwright'), { recursive: true, force: true });
  await copyCommand(join(out, 'labwright'));
  await copyScripts(flags.for, out);
  await copyFile(lab.file, join(out, 'lab.yaml'));
  if (flags.for === 'gradescope') await writeWhole(join(out, 'node-version'), `${process.versions.node}\n`);
  if (judging.by === 'role')
    await writeWhole(join(out, 'assume-policy.json'), `${JSON.stringify(assumePolicy(learners), null, 2)}\n`);
  await writeWhole(join(out, autograderFile), `${JSON.stringify(autograder, null, 2)}\n`);
  output.print(autograderText(autograder, flags.out, output.style));
}

/** @throws UserError where it is not clear by what is judged */
async function judgingOf(flags: AutograderMakeFlags): Promise<Judging> {
  if (flags.key !== undefined) return { by: 'signature', key: await readPublicKey(flags.key) };
  if (flags.for === 'classroom50')
    throw new UserError(
      "Classroom 50 grades in the learner's own repository, where no credentials of yours are safe. Let signed results be handed in: name your public key with `--key`.",
    );
  const region = flags.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  if (region !== undefined) return { by: 'role', region };
  throw new UserError(
    'Name the Region with `--region`, for learners whose line of the roster names none. To let signed results be handed in instead, name your public key with `--key`.',
  );
}

/** @throws UserError */
async function learnersOf(lab: Lab, flags: AutograderMakeFlags, { by }: Judging, { note, style }: Output) {
  if (flags.for === 'classroom50') {
    if (flags.roster === undefined) return [];
    throw new UserError(
      'Whoever finds the address of a Classroom 50 autograder can read it, so that no roster is put there. Leave `--roster` out: learners are known by their GitHub names, which have to be the learner ids of the roster that you grade by.',
    );
  }
  if (flags.roster === undefined)
    throw new UserError(
      'Gradescope names who hands in by e-mail address: name the list of learners with `--roster`.',
    );
  const roster = await readRosterFile(flags.roster, lab, 'UTC');
  if (roster.problems.length > 0) note(`${rosterText(flags.roster, roster, style)}\n`);
  return rosterLearners(flags.roster, roster, by);
}

/** @throws UserError for a folder that holds something else */
async function refuseOtherFolder(out: string): Promise<void> {
  const names = await readdir(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [] as string[];
    throw error;
  });
  if (names.length === 0 || names.includes(autograderFile)) return;
  throw new UserError(
    `${out} holds other files. Name a new folder with \`--out\`, or one that \`labwright autograder make\` made.`,
  );
}
