import type { RosterCheckFlags } from '../commands/roster-check.ts';
import { checksOption } from '../options/checks.ts';
import { type CommandLine, subcommand } from './command-line.ts';

export const rosterLine: CommandLine = {
  name: 'roster',
  about: 'Lists of learners, for grading a class.',
  takes: [],
  define(command) {
    subcommand(command, 'check')
      .description('Say everything that is wrong with a list of learners, line by line. No AWS call is made.')
      .argument('<file>', 'CSV with a line for each learner; docs/roster.md tells the columns')
      .requiredOption(
        '--lab <lab>',
        'id of a lab, a lab file, or a folder that holds one, whose parameters the overrides are held against',
      )
      .option('--time-zone <zone>', 'of extensions that name no offset: Europe/Berlin', 'UTC')
      .option('--json', 'print learners and problems as JSON')
      .addOption(checksOption())
      .addHelpText('after', help)
      .action(async (file: string, flags: RosterCheckFlags) =>
        (await import('../commands/roster-check.ts')).rosterCheck(file, flags),
      );
  },
};

const help = `
Exit code: 0 nothing keeps a learner from being graded, 2 something does.

Example:
  $ labwright roster check class.csv --lab encrypt-data-with-kms --time-zone Europe/Berlin`;
