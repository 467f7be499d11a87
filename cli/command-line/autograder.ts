import { Option } from 'commander';
import { platforms } from '../autograder/platforms.ts';
import type { AutograderMakeFlags } from '../commands/autograder-make.ts';
import type { AutograderRunFlags } from '../commands/autograder-run.ts';
import { regionName } from '../options/values.ts';
import { type CommandLine, subcommand } from './command-line.ts';

export const autograderLine: CommandLine = {
  name: 'autograder',
  about: 'Folders that Gradescope and Classroom 50 run to grade what learners hand in.',
  takes: [],
  define(command) {
    subcommand(command, 'make')
      .description('Make the folder. No AWS call is made, and no secret is put into it.')
      .argument('<lab>', 'id of a lab, a lab file, or a folder that holds one')
      .addOption(new Option('--for <platform>', 'who runs it').choices(platforms).makeOptionMandatory())
      .requiredOption('--out <folder>', 'a new folder, or one made before')
      .option(
        '--roster <file>',
        'the learners, with their e-mail addresses, for gradescope: CSV, see docs/roster.md',
      )
      .option(
        '--key <key>',
        'your public key, or a file that holds it: learners hand in results that you signed',
      )
      .option('--region <region>', 'of learners whose line of the roster names none', regionName)
      .addHelpText('after', help)
      .action(async (lab: string, flags: AutograderMakeFlags) =>
        (await import('../commands/autograder-make.ts')).autograderMake(lab, flags),
      );
    subcommand(command, 'run')
      .description('Grade a submission, where the platform runs the folder. Its scripts do this.')
      .argument('<folder>', 'the folder that was made')
      .option('--root <folder>', "Gradescope's folder", '/autograder')
      .action(async (folder: string, flags: AutograderRunFlags) =>
        (await import('../commands/autograder-run.ts')).autograderRun(folder, flags),
      );
  },
};

const help = `
With --key, learners hand in the result that you signed, and the folder holds your public key. Without it, the
folder for Gradescope enters each learner's account by role, with credentials that you put there yourself.
docs/autograders.md tells how, and what either is worth.

Examples:
  $ labwright autograder make encrypt-data-with-kms --for gradescope --roster class.csv --key instructor.pub --out gradescope
  $ labwright autograder make encrypt-data-with-kms --for gradescope --roster class.csv --region us-east-1 --out gradescope
  $ labwright autograder make encrypt-data-with-kms --for classroom50 --key instructor.pub --out kms`;
