import { Option } from 'commander';
import type { LintFlags } from '../commands/lint.ts';
import { lintFormats } from '../lint/format-names.ts';
import { checksOption } from '../options/checks.ts';
import type { CommandLine } from './command-line.ts';

export const lintLine: CommandLine = {
  name: 'lint',
  about:
    'Look over a lab as a careful reviewer does: everything wrong with its files, and what an author overlooks.',
  takes: [['[labs...]', 'ids of labs, lab files, or folders that hold one']],
  define(command) {
    command
      .option('--all', 'all labs that come with Labwright')
      .addOption(
        new Option('--format <format>', 'how to tell what was found')
          .choices([...lintFormats])
          .default('text'),
      )
      .option('--json', 'the same as --format json')
      .option('--strict', 'let warnings fail as errors do')
      .option('--links', 'ask every http and https address whether it is still there')
      .option('--no-run', 'read only; do not try the lab on the sandbox')
      .addOption(checksOption())
      .option('--rules', 'list the rules, and why each is there')
      .action(async (labs: string[], flags: LintFlags) =>
        (await import('../commands/lint.ts')).lint(labs, flags),
      );
  },
};
