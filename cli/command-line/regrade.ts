import type { RegradeFlags } from '../commands/regrade.ts';
import { checksOption } from '../options/checks.ts';
import type { CommandLine } from './command-line.ts';

export const regradeLine: CommandLine = {
  name: 'regrade',
  about: 'Judge recorded runs again by the lab of today, and say who gains and loses by it, and why.',
  takes: [['<lab>', 'id of a lab, a lab file, or a folder that holds one']],
  define(command) {
    command
      .requiredOption('--recordings <folder>', 'the recordings: a folder, with all below it, or one file')
      .option('--json', 'print what changes as JSON')
      .addOption(checksOption())
      .addHelpText('after', help)
      .action(async (lab: string, flags: RegradeFlags) =>
        (await import('../commands/regrade.ts')).regrade(lab, flags),
      );
  },
};

const help = `
No AWS call is made and no file is changed: the answers that AWS gave are in the recordings. What a changed
check asks and nobody asked then cannot be judged, and costs nobody points that they had.

Exit code: 0 all regraded, 2 wrong usage, 3 some recordings could not be judged again.

Example:
  $ labwright regrade my-lab/lab.yaml --recordings .labwright/my-lab/recordings`;
