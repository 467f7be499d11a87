import type { CleanFlags } from '../commands/clean.ts';
import { withAccountOptions } from '../options/account.ts';
import { checksOption } from '../options/checks.ts';
import { settingOption } from '../options/setting.ts';
import type { CommandLine } from './command-line.ts';

export const cleanLine: CommandLine = {
  name: 'clean',
  about: 'Remove what you made for a lab, after showing it and asking.',
  takes: [['<lab>', 'id of a lab, a lab file, or a folder that holds one']],
  define(command) {
    withAccountOptions(command)
      .option('--dry-run', 'only show what would be removed')
      .option('--yes [account]', 'agree to removing it; a live account is named by its id')
      .addOption(settingOption())
      .option('--json', 'print what became of each thing as JSON')
      .addOption(checksOption())
      .addHelpText('after', help)
      .action(async (lab: string, flags: CleanFlags) =>
        (await import('../commands/clean.ts')).clean(lab, flags),
      );
  },
};

const help = `
Removes only what bears the lab's names, or yours: those of --set, else those that you checked in this account
and Region. A key with other aliases or that encrypts other tables, a protected table and the user that you
are stay, with the reason. A user with more than the lab gave it is asked about by itself, and stays where
nobody can be asked. A key is scheduled for deletion in seven days.

Exit code: 0 all gone, 1 something is left, 2 wrong usage or not agreed to, 3 something could not be told.

Examples:
  $ labwright clean encrypt-data-with-kms --dry-run
  $ labwright clean encrypt-data-with-kms --yes 111122223333`;
