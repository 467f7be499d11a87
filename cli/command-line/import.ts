import type { ImportFlags } from '../commands/import.ts';
import { checksOption } from '../options/checks.ts';
import type { CommandLine } from './command-line.ts';

export const importLine: CommandLine = {
  name: 'import',
  about: 'Take a write-up in Markdown that you have already, as answers and sections of your own.',
  takes: [['<write-up>', 'the Markdown file']],
  define(command) {
    command
      .requiredOption('--lab <lab>', 'id of a lab, a lab file, or a folder that holds one')
      .option('--replace', 'put it in place of answers that you have already')
      .option('--dry-run', 'only show what would go where')
      .option('--json', 'print what went where as JSON')
      .addOption(checksOption())
      .addHelpText('after', help)
      .action(async (file: string, flags: ImportFlags) =>
        (await import('../commands/import.ts')).importWriteUp(file, flags),
      );
  },
};

const help = `
Headings and wording may differ from the lab's. What belongs to none of the lab's sections is kept as a
section of your own in .labwright/<lab>/write-up.yaml, so that no word is lost. Pictures beside the write-up
(PNG, JPEG, GIF, WebP, up to 5 MB) are copied; those elsewhere stay as they are written.
What you have answered already stays, and the difference is shown, unless you say --replace.

Exit code: 0 all taken, 1 something stays as it was because it differs, 2 wrong usage.

Examples:
  $ labwright import my-write-up.md --lab encrypt-data-with-kms --dry-run
  $ labwright import my-write-up.md --lab encrypt-data-with-kms`;
