import { Option } from 'commander';
import type { CheckFlags } from '../commands/check.ts';
import { withAccountOptions } from '../options/account.ts';
import { checksOption } from '../options/checks.ts';
import { probeOption } from '../options/probe.ts';
import { withRoleOptions } from '../options/role.ts';
import { settingOption } from '../options/setting.ts';
import type { CommandLine } from './command-line.ts';

export const checkLine: CommandLine = {
  name: 'check',
  about: 'Check your work in your AWS account, stage by stage.',
  takes: [
    ['<lab>', 'id of a lab (see `labwright labs`), a lab file, or a folder that holds one'],
    ['[stages...]', 'stages to check; all when none is named'],
  ],
  define(command) {
    withRoleOptions(withAccountOptions(command))
      .addOption(probeOption())
      .addOption(settingOption())
      .option('--watch', 'check again on Enter and every few seconds, until all passes or you press q')
      .addOption(new Option('--json', 'print the result as JSON').conflicts('watch'))
      .addOption(
        new Option(
          '--sign <key file>',
          'print the result as JSON, signed with your key (see keygen); with --role',
        )
          .implies({ json: true })
          .conflicts('watch'),
      )
      .addOption(checksOption())
      .addHelpText('after', help)
      .action(async (lab: string, stages: string[], flags: CheckFlags) =>
        (await import('../commands/check.ts')).check(lab, stages, flags),
      );
  },
};

const help = `
Checks only read, and never change your account. The one exception is --probe key, which makes an
access key of the test user and deletes it again. On a terminal you are asked before that is done;
without a terminal and without --probe, what CloudTrail recorded is looked at.

Of a whole lab, a stage that fails stops those after it. With --watch one temporary key is made for the
whole watch; the pauses grow from 5 seconds to a minute while nothing changes.

Exit code: 0 all passed, 1 something failed, 2 wrong usage, 3 something could not be judged.

Examples:
  $ labwright check encrypt-data-with-kms --probe key
  $ labwright check encrypt-data-with-kms key table --set alias=alias/my-key --region eu-central-1
  $ labwright check encrypt-data-with-kms deny --probe key --watch`;
