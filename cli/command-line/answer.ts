import { Option } from 'commander';
import type { AnswerFlags } from '../commands/answer.ts';
import { answerOption } from '../options/answer.ts';
import { checksOption } from '../options/checks.ts';
import type { CommandLine } from './command-line.ts';

export const answerLine: CommandLine = {
  name: 'answer',
  about: "Answer the lab's questions: one by one, in your editor, or from a file.",
  takes: [
    ['[lab]', 'id of a lab, a lab file, or a folder that holds one; default: the one you are doing'],
    ['[question]', 'only this question, by its id'],
  ],
  define(command) {
    command
      .addOption(answerOption())
      .option(
        '--from <file>',
        'take the answer to the question from a Markdown file, or from - for the input',
      )
      .addOption(new Option('--edit', 'open answers.yaml in $VISUAL or $EDITOR').conflicts(['from', 'set']))
      .option('--json', 'print questions, answers and feedback as JSON')
      .addOption(checksOption())
      .addHelpText('after', help)
      .action(async (lab: string | undefined, question: string | undefined, flags: AnswerFlags) =>
        (await import('../commands/answer.ts')).answer(lab, question, flags),
      );
  },
};

const help = `
On a terminal the questions are asked one by one, from the first that is open; :? tells the commands. Each
answer is saved at once in .labwright/<lab>/answers.yaml, where you may write as well. Answers may hold
Markdown and pictures; pictures that are files are copied beside the answers. Without a terminal, or with
--json, it lists what there is and what is open.

Examples:
  $ labwright answer encrypt-data-with-kms
  $ labwright answer encrypt-data-with-kms what-is-kms --from kms.md
  $ labwright answer --set time-taken="About two hours."
  $ EDITOR=nano labwright answer --edit`;
