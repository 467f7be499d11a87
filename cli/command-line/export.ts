import { Option } from 'commander';
import type { ExportFlags } from '../commands/export.ts';
import { exportFormats } from '../export/format-names.ts';
import type { CommandLine } from './command-line.ts';

export const exportLine: CommandLine = {
  name: 'export',
  about: 'Write a result as other programs read it: gradebooks, autograders, CI. No AWS call is made.',
  takes: [['<file>', 'class.json, or the result.json that `labwright report` writes']],
  define(command) {
    command
      .addOption(new Option('--as <format>', 'the format').choices(exportFormats).makeOptionMandatory())
      .option(
        '--learner <id>',
        'the learner to tell of, for gradescope, classroom50, github-classroom and check50',
      )
      .option('--assignment <title>', 'title of the assignment or grade item, for canvas and moodle')
      .option('--out <file>', 'write there, over an earlier one; default: print')
      .action(async (file: string, flags: ExportFlags) =>
        (await import('../commands/export.ts')).exportResult(file, flags),
      );
  },
};
