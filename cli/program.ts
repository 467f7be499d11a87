/**
 * The whole command line at a glance. What a command takes is in `command-line/`; what it does is in `commands/`, and loaded only when it is
 * asked for.
 */
import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { answerLine } from './command-line/answer.ts';
import { autograderLine } from './command-line/autograder.ts';
import { checkLine } from './command-line/check.ts';
import { cleanLine } from './command-line/clean.ts';
import { type CommandLine, subcommand } from './command-line/command-line.ts';
import { demoLine } from './command-line/demo.ts';
import { docsLine } from './command-line/docs.ts';
import { doctorLine } from './command-line/doctor.ts';
import { explainLine } from './command-line/explain.ts';
import { exportLine } from './command-line/export.ts';
import { gradeLine } from './command-line/grade.ts';
import { guideLine } from './command-line/guide.ts';
import { importLine } from './command-line/import.ts';
import { keygenLine } from './command-line/keygen.ts';
import { labsLine } from './command-line/labs.ts';
import { lintLine } from './command-line/lint.ts';
import { newLine } from './command-line/new.ts';
import { regradeLine } from './command-line/regrade.ts';
import { reportLine } from './command-line/report.ts';
import { roleLine } from './command-line/role.ts';
import { rosterLine } from './command-line/roster.ts';
import { sandboxLine } from './command-line/sandbox.ts';
import { serveLine } from './command-line/serve.ts';
import { solveLine } from './command-line/solve.ts';
import { verifyLine } from './command-line/verify.ts';
import { verifyResultLine } from './command-line/verify-result.ts';
import { workerLine } from './command-line/worker.ts';

/** In the order in which they are listed. */
const commandLines: readonly CommandLine[] = [
  demoLine,
  labsLine,
  guideLine,
  checkLine,
  serveLine,
  doctorLine,
  answerLine,
  importLine,
  reportLine,
  explainLine,
  sandboxLine,
  solveLine,
  cleanLine,
  roleLine,
  keygenLine,
  verifyResultLine,
  regradeLine,
  newLine,
  lintLine,
  verifyLine,
  docsLine,
  rosterLine,
  gradeLine,
  workerLine,
  exportLine,
  autograderLine,
];

/** The command line, ready to be parsed. */
export function createProgram(): Command {
  const program = new Command('labwright')
    .description('Hands-on AWS labs, graded on your own AWS account or on the sandbox inside this program.')
    .version(manifest.version)
    .exitOverride()
    // What follows `sandbox peek` is for it, `--port` as well.
    .enablePositionalOptions()
    .showHelpAfterError('(see --help)');

  const lines = new Map<Command, CommandLine>();
  for (const line of commandLines) {
    const command = subcommand(program, line.name).description(line.about);
    for (const argument of line.takes) command.argument(...argument);
    lines.set(command, line);
  }
  return program
    .hook('preSubcommand', (_, command) => lines.get(command)?.define(command))
    .addHelpText('after', help);
}

const help = `
To see what this is, without an AWS account:
  $ labwright demo

To do a lab without an AWS account, run \`labwright sandbox\` in one terminal, and in another:
  $ labwright check encrypt-data-with-kms --sandbox --probe key`;
