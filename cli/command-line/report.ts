import type { ReportFlags } from '../commands/report.ts';
import { checksOption } from '../options/checks.ts';
import type { CommandLine } from './command-line.ts';

export const reportLine: CommandLine = {
  name: 'report',
  about: 'Write your project write-up from what was checked and what you answered.',
  takes: [['<lab>', 'id of a lab, a lab file, or a folder that holds one']],
  define(command) {
    command
      .option('--out <folder>', 'write there; default: <lab>-report in this folder')
      .option('--author <name>', 'your name, for the write-up')
      .option('--public', 'hide account ids, key ids, e-mail addresses and the like')
      .option('--template <folder>', 'use the templates of that folder in place of ours')
      .option('--overrides <file>', "an instructor's own judgement of answers, YAML")
      .addOption(checksOption())
      .addHelpText('after', help)
      .action(async (lab: string, flags: ReportFlags) =>
        (await import('../commands/report.ts')).report(lab, flags),
      );
  },
};

const help = `
Writes report.md with its figures in report-files, report.html (one file, nothing to load) and result.json.
No AWS call is made: it tells what \`labwright check\` has seen. Your answers are read from .labwright/<lab>/answers.yaml,
a line "question-id: answer" for each; the questions' ids are in the lab file. Under each answer the report
says what is there and what is missing; what is said here is which questions are open or need a look.
Sections and screenshots of your own, your name and address: .labwright/<lab>/write-up.yaml.

With --public the same thing has the same stand-in everywhere (ACCOUNT-1, KEY-1), in result.json as well;
what is written in your pictures cannot be hidden.

Examples:
  $ labwright report encrypt-data-with-kms --author "A new user"
  $ labwright report encrypt-data-with-kms --public --out published`;
