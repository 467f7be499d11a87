import { Option } from 'commander';
import type { GuideFlags } from '../commands/guide.ts';
import { checksOption } from '../options/checks.ts';
import { settingOption } from '../options/setting.ts';
import type { CommandLine } from './command-line.ts';

export const guideLine: CommandLine = {
  name: 'guide',
  about: 'Show what to do: the stage you are at, its steps with your names, and what is looked for.',
  takes: [
    ['<lab>', 'id of a lab, a lab file, or a folder that holds one'],
    ['[stage]', 'the stage to show; default: the first that has not passed'],
  ],
  define(command) {
    command
      .addOption(settingOption())
      .option('--all', 'show the whole lab')
      .option('--html <file>', 'write the whole lab there as one page, over an earlier one')
      .addOption(new Option('--json', 'print the whole lab as JSON').conflicts('html'))
      .addOption(checksOption())
      .addHelpText('after', help)
      .action(async (lab: string, stage: string | undefined, flags: GuideFlags) =>
        (await import('../commands/guide.ts')).guide(lab, stage, flags),
      );
  },
};

const help = `
No AWS call is made. Where you are is told by what \`labwright check\` kept in .labwright/<lab>/, and so are
your names; \`--set\` goes before them.

Examples:
  $ labwright guide encrypt-data-with-kms
  $ labwright guide encrypt-data-with-kms cleanup
  $ labwright guide encrypt-data-with-kms --html guide.html`;
