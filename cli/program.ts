/**
 * The whole command line at a glance. What a command does is in `commands/`, and loaded only when it is asked for.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError, Option } from 'commander';
import { withAccountOptions } from './account-options.ts';
import { callLogs } from './call-logs.ts';
import { clientForms } from './client-settings.ts';
import type { CheckFlags } from './commands/check.ts';
import type { CleanFlags } from './commands/clean.ts';
import type { DemoFlags } from './commands/demo.ts';
import type { DoctorFlags } from './commands/doctor.ts';
import type { ExplainFlags } from './commands/explain.ts';
import type { GuideFlags } from './commands/guide.ts';
import type { LabsFlags } from './commands/labs.ts';
import type { PeekFlags } from './commands/peek.ts';
import type { RegradeFlags } from './commands/regrade.ts';
import type { ReportFlags } from './commands/report.ts';
import type { SandboxFlags } from './commands/sandbox.ts';
import type { SolveFlags } from './commands/solve.ts';
import type { VerifyFlags } from './commands/verify.ts';
import { contextOption } from './context-option.ts';
import { probeOption } from './probe-choice.ts';
import { sandboxPort } from './sandbox-port.ts';
import { settingOption } from './settings.ts';
import { withTimingOptions } from './timing-options.ts';

/** The command line, ready to be parsed. */
export function createProgram(): Command {
  const program = new Command('labwright')
    .description('Hands-on AWS labs, graded on your own AWS account or on the sandbox inside this program.')
    .version(version())
    .exitOverride()
    // What follows `sandbox peek` is for it, `--port` as well.
    .enablePositionalOptions()
    .showHelpAfterError('(see --help)');

  command(program, 'demo')
    .description('Watch a whole lab being failed, solved, passed and written up, on the sandbox.')
    .argument('[lab]', 'id of a lab or a lab file', 'encrypt-data-with-kms')
    .option('--out <folder>', 'write the report there, over an earlier one', 'labwright-demo')
    .action(async (lab: string, flags: DemoFlags) => (await import('./commands/demo.ts')).demo(lab, flags));

  command(program, 'labs')
    .description('List the labs there are.')
    .option('--json', 'print the list as JSON')
    .action(async (flags: LabsFlags) => (await import('./commands/labs.ts')).labs(flags));

  command(program, 'guide')
    .description('Show what to do: the stage you are at, its steps with your names, and what is looked for.')
    .argument('<lab>', 'id of a lab or a lab file')
    .argument('[stage]', 'the stage to show; default: the first that has not passed')
    .addOption(settingOption())
    .option('--all', 'show the whole lab')
    .option('--html <file>', 'write the whole lab there as one page, over an earlier one')
    .addOption(new Option('--json', 'print the whole lab as JSON').conflicts('html'))
    .addHelpText('after', guideHelp)
    .action(async (lab: string, stage: string | undefined, flags: GuideFlags) =>
      (await import('./commands/guide.ts')).guide(lab, stage, flags),
    );

  withAccountOptions(command(program, 'check'))
    .description('Check your work in your AWS account, stage by stage.')
    .argument('<lab>', 'id of a lab (see `labwright labs`) or a lab file')
    .argument('[stages...]', 'stages to check; all when none is named')
    .addOption(probeOption())
    .addOption(settingOption())
    .option('--json', 'print the result as JSON')
    .addHelpText('after', checkHelp)
    .action(async (lab: string, stages: string[], flags: CheckFlags) =>
      (await import('./commands/check.ts')).check(lab, stages, flags),
    );

  withAccountOptions(command(program, 'doctor'))
    .description('Say what is missing before a lab begins: credentials, Region, clock, permissions.')
    .argument('[lab]', 'id of a lab or a lab file; all labs when none is named')
    .option('--account <id>', 'the account that is meant, twelve digits', accountId)
    .addOption(settingOption())
    .option('--json', 'print what was found as JSON')
    .addHelpText('after', doctorHelp)
    .action(async (lab: string | undefined, flags: DoctorFlags) =>
      (await import('./commands/doctor.ts')).doctor(lab, flags),
    );

  command(program, 'report')
    .description('Write your project write-up from what was checked and what you answered.')
    .argument('<lab>', 'id of a lab or a lab file')
    .option('--out <folder>', 'write there; default: <lab>-report in this folder')
    .option('--author <name>', 'your name, for the write-up')
    .addHelpText('after', reportHelp)
    .action(async (lab: string, flags: ReportFlags) =>
      (await import('./commands/report.ts')).report(lab, flags),
    );

  withAccountOptions(command(program, 'explain'))
    .description('Say whether a principal of your account may do something, why, and what would change it.')
    .argument('<principal>', 'name of a user or role, "root", or an ARN')
    .argument('<action>', 'such as kms:Decrypt or dynamodb:Scan')
    .argument('<resource>', 'a key (alias, id or ARN), a table, or any ARN')
    .option('--through <table>', 'ask as DynamoDB does when it uses the key for this table')
    .addOption(contextOption())
    .option('--json', 'print the answer as JSON')
    .addHelpText('after', explainHelp)
    .action(async (principal: string, action: string, resource: string, flags: ExplainFlags) =>
      (await import('./commands/explain.ts')).explain(principal, action, resource, flags),
    );

  const sandbox = command(program, 'sandbox')
    .description('Run an AWS account on this machine, for any AWS client, until Ctrl-C.')
    .option('--port <number>', 'listen there; 0 takes a free port', port, sandboxPort)
    .option(
      '--host <address>',
      'listen there; other machines may reach it if it is not loopback',
      '127.0.0.1',
    )
    .option('--data <folder>', 'keep everything in that folder, for the next time')
    .option('--accounts <number>', 'have this many accounts, 1 to 100', accountCount, 1)
    .option('--root', "print the access keys of the accounts' root users as well", false)
    .option('--latency <milliseconds>', 'wait before each answer', wholeNumber, 0)
    .option('--throttled <share>', 'throttle this share of the calls at random, 0 to 1', share, 0)
    .option('--failing <share>', 'answer this share with HTTP 500 or 503', share, 0)
    .option('--reset <share>', 'break the connection of this share', share, 0)
    .option('--slow <share>', 'let this share of the answers dawdle', share, 0)
    .option('--request-rates', "throttle calls beyond AWS's request rates")
    .option('--no-request-rates', 'do not, also with --realistic')
    .option('--seed <number>', 'where chance begins', wholeNumber, 1)
    .addOption(
      new Option('--for <client>', 'print what to paste into this shell, or into ~/.aws/config')
        .choices(clientForms)
        .default('bash'),
    )
    .addOption(new Option('--log <form>', 'one line for each call').choices(callLogs).default('text'))
    .addHelpText('after', sandboxHelp)
    .action(async (flags: SandboxFlags) => (await import('./commands/sandbox.ts')).sandbox(flags));
  withTimingOptions(sandbox);

  command(sandbox, 'peek')
    .description('Show the items of a table beside the bytes at rest, and the keys that seal them.')
    .argument('<table>', 'name of a table')
    .option('--account <id>', 'in this account; default: the first one of the sandbox')
    .option('--region <region>', 'in this AWS Region')
    .option('--items <number>', 'show this many items', wholeNumber, 5)
    .option('--json', 'print everything as JSON, bytes in base64')
    .option('--port <number>', 'where the sandbox listens', port)
    .option('--endpoint-url <url>', 'where the sandbox listens; default: AWS_ENDPOINT_URL')
    .action(async (table: string, flags: PeekFlags) =>
      (await import('./commands/peek.ts')).peek(table, flags),
    );

  withAccountOptions(command(program, 'solve'))
    .description("Carry out the author's solution, all of it or some stages.")
    .argument('<lab>', 'id of a lab or a lab file')
    .argument('[stages...]', 'stages to solve; all when none is named')
    .option('--live', 'agree to making these things in a live AWS account, where they may cost money')
    .addOption(settingOption())
    .action(async (lab: string, stages: string[], flags: SolveFlags) =>
      (await import('./commands/solve.ts')).solve(lab, stages, flags),
    );

  withAccountOptions(command(program, 'clean'))
    .description('Remove what you made for a lab, after showing it and asking.')
    .argument('<lab>', 'id of a lab or a lab file')
    .option('--dry-run', 'only show what would be removed')
    .option('--yes [account]', 'agree to removing it; a live account is named by its id')
    .addOption(settingOption())
    .option('--json', 'print what became of each thing as JSON')
    .addHelpText('after', cleanHelp)
    .action(async (lab: string, flags: CleanFlags) =>
      (await import('./commands/clean.ts')).clean(lab, flags),
    );

  command(program, 'regrade')
    .description('Judge recorded runs again by the lab of today, and say who gains and loses by it, and why.')
    .argument('<lab>', 'id of a lab or a lab file')
    .requiredOption('--recordings <folder>', 'the recordings: a folder, with all below it, or one file')
    .option('--json', 'print what changes as JSON')
    .addHelpText('after', regradeHelp)
    .action(async (lab: string, flags: RegradeFlags) =>
      (await import('./commands/regrade.ts')).regrade(lab, flags),
    );

  command(program, 'verify')
    .description(
      'Prove a lab on the sandbox: its solution passes, and each mistake is caught where it should be.',
    )
    .argument('[lab]', 'id of a lab or a lab file')
    .option('--all', 'all labs that come with Labwright')
    .option('--list', 'try nothing; list the mistakes, by the check that catches them, as Markdown')
    .option('--only <claim>', 'only the claims whose names begin so: mistakes/, left-out/key')
    .action(async (lab: string | undefined, flags: VerifyFlags) =>
      (await import('./commands/verify.ts')).verify(lab, flags),
    );

  return program.addHelpText('after', programHelp);
}

/** A subcommand with what all of them have. */
function command(program: Command, name: string): Command {
  return program.command(name).option('--no-color', 'print without colours');
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return number;
}

function accountCount(text: string): number {
  const number = Number(text);
  if (!/^\d{1,3}$/.test(text) || number < 1 || number > 100)
    throw new InvalidArgumentError('Write a number from 1 to 100.');
  return number;
}

function share(text: string): number {
  const number = Number(text);
  if (!/^[\d.]+$/.test(text) || !(number >= 0 && number <= 1))
    throw new InvalidArgumentError('Write a number from 0 to 1.');
  return number;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Write a whole number of at most six digits.');
  return Number(text);
}

function accountId(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError('Write the twelve digits of an AWS account.');
  return text;
}

function version(): string {
  const file = fileURLToPath(import.meta.resolve('labwright/package.json'));
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

const programHelp = `
To see what this is, without an AWS account:
  $ labwright demo

To do a lab without an AWS account, run \`labwright sandbox\` in one terminal, and in another:
  $ labwright check encrypt-data-with-kms --sandbox --probe key`;

const guideHelp = `
No AWS call is made. Where you are is told by what \`labwright check\` kept in .labwright/<lab>/, and so are
your names; \`--set\` goes before them.

Examples:
  $ labwright guide encrypt-data-with-kms
  $ labwright guide encrypt-data-with-kms cleanup
  $ labwright guide encrypt-data-with-kms --html guide.html`;

const checkHelp = `
Checks only read, and never change your account. The one exception is --probe key, which makes an
access key of the test user and deletes it again. On a terminal you are asked before that is done;
without a terminal and without --probe, what CloudTrail recorded is looked at.

Exit code: 0 all passed, 1 something failed, 2 wrong usage, 3 something could not be judged.

Examples:
  $ labwright check encrypt-data-with-kms --probe key
  $ labwright check encrypt-data-with-kms key table --set alias=alias/my-key --region eu-central-1`;

const doctorHelp = `
Only asks: no access key is made and nothing is changed. Permissions are asked of IAM's policy simulator
where that is permitted, and otherwise found out with harmless reads. Key policies are not part of the
simulator; whether kms:Decrypt works is seen for sure once there is a table with an item under the key.

Exit code: 0 all good, 1 something is missing, 2 wrong usage, 3 something could not be found out.`;

const explainHelp = `
Only reads: the principal's IAM policies, its permissions boundary, and of a key its policy and grants.
For items of a table under a key of your own it explains both, DynamoDB's permission and the key's.

Exit code: 0 allowed, 1 denied, 2 wrong usage or not there, 3 cannot be told.

Examples:
  $ labwright explain nextwork-kms-user dynamodb:Scan nextwork-kms-table
  $ labwright explain nextwork-kms-user kms:Decrypt alias/nextwork-kms-key --through nextwork-kms-table
  $ labwright explain role/reader dynamodb:GetItem my-table --context aws:SourceIp=203.0.113.9`;

const cleanHelp = `
Removes only what bears the lab's names, or yours: those of --set, else those that you checked in this account
and Region. A key with other aliases or that encrypts other tables, a protected table and the user that you
are stay, with the reason. A user with more than the lab gave it is asked about by itself, and stays where
nobody can be asked. A key is scheduled for deletion in seven days.

Exit code: 0 all gone, 1 something is left, 2 wrong usage or not agreed to, 3 something could not be told.

Examples:
  $ labwright clean encrypt-data-with-kms --dry-run
  $ labwright clean encrypt-data-with-kms --yes 111122223333`;

const regradeHelp = `
No AWS call is made and no file is changed: the answers that AWS gave are in the recordings. What a changed
check asks and nobody asked then cannot be judged, and costs nobody points that they had.

Exit code: 0 all regraded, 2 wrong usage, 3 some recordings could not be judged again.

Example:
  $ labwright regrade my-lab/lab.yaml --recordings .labwright/my-lab/recordings`;

const reportHelp = `
Writes report.md, report.html (one file, nothing to load) and result.json. No AWS call is made: it
tells what \`labwright check\` has seen. Your answers are read from .labwright/<lab>/answers.yaml,
a line "question-id: answer" for each; the questions' ids are in the lab file. Under each answer the report
says what is there and what is missing; what is said here is which questions are open or need a look.`;

const sandboxHelp = `
The account has KMS, DynamoDB, IAM, STS and CloudTrail, checks every signature, and asks every policy. It starts
empty but for its administrator, and is gone when the sandbox stops. With --data it is there again at
the next start, with the same account id and access keys, also after a crash. It listens on loopback
only, where any program of this machine may use it.

Paste what it prints into the terminal in which you use the AWS CLI. AWS CLI versions before 2.13 do
not read AWS_ENDPOINT_URL: give them --endpoint-url.`;
