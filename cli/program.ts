/**
 * The whole command line at a glance. What a command does is in `commands/`, and loaded only when it is asked for.
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { withAccountOptions } from './account-options.ts';
import { answerOption } from './answer-option.ts';
import { callLogs } from './call-logs.ts';
import { clientForms } from './client-settings.ts';
import type { AnswerFlags } from './commands/answer.ts';
import type { CheckFlags } from './commands/check.ts';
import type { CleanFlags } from './commands/clean.ts';
import type { DemoFlags } from './commands/demo.ts';
import type { DoctorFlags } from './commands/doctor.ts';
import type { ExplainFlags } from './commands/explain.ts';
import type { ExportFlags } from './commands/export.ts';
import type { GradeFlags } from './commands/grade.ts';
import type { GuideFlags } from './commands/guide.ts';
import type { ImportFlags } from './commands/import.ts';
import type { LabsFlags } from './commands/labs.ts';
import type { PeekFlags } from './commands/peek.ts';
import type { RegradeFlags } from './commands/regrade.ts';
import type { ReportFlags } from './commands/report.ts';
import type { RoleFlags } from './commands/role.ts';
import type { RosterCheckFlags } from './commands/roster-check.ts';
import type { SandboxFlags } from './commands/sandbox.ts';
import type { ServeFlags } from './commands/serve.ts';
import type { SolveFlags } from './commands/solve.ts';
import type { VerifyFlags } from './commands/verify.ts';
import type { VerifyResultFlags } from './commands/verify-result.ts';
import type { WorkerFlags } from './commands/worker.ts';
import { contextOption } from './context-option.ts';
import { exportFormats } from './export-format-names.ts';
import { probeOption } from './probe-choice.ts';
import { externalId, withRoleOptions } from './role-options.ts';
import { sandboxPort } from './sandbox-port.ts';
import { settingOption } from './settings.ts';
import { timingOf, withTimingOptions } from './timing-options.ts';

/** The command line, ready to be parsed. */
export function createProgram(): Command {
  const program = new Command('labwright')
    .description('Hands-on AWS labs, graded on your own AWS account or on the sandbox inside this program.')
    .version(manifest.version)
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

  withRoleOptions(withAccountOptions(command(program, 'check')))
    .description('Check your work in your AWS account, stage by stage.')
    .argument('<lab>', 'id of a lab (see `labwright labs`) or a lab file')
    .argument('[stages...]', 'stages to check; all when none is named')
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
    .addHelpText('after', checkHelp)
    .action(async (lab: string, stages: string[], flags: CheckFlags) =>
      (await import('./commands/check.ts')).check(lab, stages, flags),
    );

  withAccountOptions(command(program, 'serve'))
    .description('Do a lab in the browser: guide, checks, answers and write-up on one page, until Ctrl-C.')
    .argument('[lab]', 'id of a lab or a lab file; may be left out where there is only one')
    .option('--port <number>', 'listen there; 0 takes a free port', port, 0)
    .option('--open', 'open the page in your browser')
    .addOption(probeOption())
    .addOption(settingOption())
    .addHelpText('after', serveHelp)
    .action(async (lab: string | undefined, flags: ServeFlags) =>
      (await import('./commands/serve.ts')).serve(lab, flags),
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

  command(program, 'answer')
    .description("Answer the lab's questions: one by one, in your editor, or from a file.")
    .argument('[lab]', 'id of a lab or a lab file; default: the one you are doing')
    .argument('[question]', 'only this question, by its id')
    .addOption(answerOption())
    .option('--from <file>', 'take the answer to the question from a Markdown file, or from - for the input')
    .addOption(new Option('--edit', 'open answers.yaml in $VISUAL or $EDITOR').conflicts(['from', 'set']))
    .option('--json', 'print questions, answers and feedback as JSON')
    .addHelpText('after', answerHelp)
    .action(async (lab: string | undefined, question: string | undefined, flags: AnswerFlags) =>
      (await import('./commands/answer.ts')).answer(lab, question, flags),
    );

  command(program, 'import')
    .description('Take a write-up in Markdown that you have already, as answers and sections of your own.')
    .argument('<write-up>', 'the Markdown file')
    .requiredOption('--lab <lab>', 'id of a lab or a lab file')
    .option('--replace', 'put it in place of answers that you have already')
    .option('--dry-run', 'only show what would go where')
    .option('--json', 'print what went where as JSON')
    .addHelpText('after', importHelp)
    .action(async (file: string, flags: ImportFlags) =>
      (await import('./commands/import.ts')).importWriteUp(file, flags),
    );

  command(program, 'report')
    .description('Write your project write-up from what was checked and what you answered.')
    .argument('<lab>', 'id of a lab or a lab file')
    .option('--out <folder>', 'write there; default: <lab>-report in this folder')
    .option('--author <name>', 'your name, for the write-up')
    .option('--public', 'hide account ids, key ids, e-mail addresses and the like')
    .option('--template <folder>', 'use the templates of that folder in place of ours')
    .option('--overrides <file>', "an instructor's own judgement of answers, YAML")
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
    .action(async (flags: SandboxFlags) =>
      (await import('./commands/sandbox.ts')).sandbox(flags, timingOf(flags)),
    );
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

  command(program, 'role')
    .description('Print the role that a learner makes, so that you can grade the lab in their account.')
    .argument('<lab>', 'id of a lab or a lab file')
    .requiredOption(
      '--instructor <account>',
      'your account, twelve digits: it alone may assume the role',
      accountId,
    )
    .addOption(
      new Option(
        '--format <format>',
        'as policies (JSON), a CloudFormation template (YAML), or AWS CLI commands',
      )
        .choices(['policy', 'cloudformation', 'cli'])
        .default('cli'),
    )
    .option('--principal <arn>', 'a role or user of your account, which alone may assume it')
    .addOption(
      new Option('--external-id <id>', 'one for each learner; default: a new one at random').argParser(
        externalId,
      ),
    )
    .option('--role-name <name>', 'default: labwright-grader-<lab>')
    .option('--account <id>', "the learner's account, where you know it", accountId)
    .option(
      '--region <region>',
      'where the learner works, where you know it; hints then look nowhere else',
      regionName,
    )
    .option(
      '--template-url <url>',
      'where the template lies in S3, for a link that creates the role with one click',
    )
    .option(
      '--allow-probe',
      'let the role make temporary access keys of the test user; without it the role only reads',
    )
    .addOption(settingOption())
    .option('--json', 'print all forms as JSON')
    .addHelpText('after', roleHelp)
    .action(async (lab: string, flags: RoleFlags) => (await import('./commands/role.ts')).role(lab, flags));

  command(program, 'keygen')
    .description('Make the key with which you sign results, and print its public half.')
    .argument(
      '[file]',
      'write the private half there; there must be no such file',
      'labwright-instructor.key',
    )
    .action(async (file: string) => (await import('./commands/keygen.ts')).keygen(file));

  withRoleOptions(withAccountOptions(command(program, 'verify-result')))
    .description(
      'Say whether results are as they were signed, and, with access, whether AWS knows their requests.',
    )
    .argument('<file>', 'a result as JSON, or the results of a grading run')
    .option('--key <key>', "the signer's public key, or a file that holds it")
    .option('--lab <lab>', 'the lab by which it was graded; default: the one of the same id')
    .option('--live', 'look the requests up in the CloudTrail of the account')
    .option('--json', 'print what was found as JSON')
    .addHelpText('after', verifyResultHelp)
    .action(async (file: string, flags: VerifyResultFlags) =>
      (await import('./commands/verify-result.ts')).verifyResult(file, flags),
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

  const roster = command(program, 'roster').description('Lists of learners, for grading a class.');
  command(roster, 'check')
    .description('Say everything that is wrong with a list of learners, line by line. No AWS call is made.')
    .argument('<file>', 'CSV with a line for each learner; docs/roster.md tells the columns')
    .requiredOption(
      '--lab <lab>',
      'id of a lab or a lab file, whose parameters the overrides are held against',
    )
    .option('--time-zone <zone>', 'of extensions that name no offset: Europe/Berlin', 'UTC')
    .option('--json', 'print learners and problems as JSON')
    .addHelpText('after', rosterCheckHelp)
    .action(async (file: string, flags: RosterCheckFlags) =>
      (await import('./commands/roster-check.ts')).rosterCheck(file, flags),
    );

  withAccountOptions(command(program, 'grade'))
    .description('Grade a class: every learner of a roster, side by side, with a gradebook at the end.')
    .argument('<lab>', 'id of a lab or a lab file')
    .requiredOption('--roster <file>', 'the learners: CSV, see docs/roster.md')
    .requiredOption('--out <folder>', 'the folder of the class: results, recordings, gradebook')
    .option('--concurrency <number>', 'learners side by side, 1 to 500', sideBySide, 10)
    .option('--only <ids...>', 'only these learners, also if they were graded before')
    .option('--since <time>', 'leave alone who was fully judged at this time or later')
    .option('--dry-run', 'only say whether each account can be entered; writes nothing')
    .option('--policy <file>', 'due date, late rules, attempts: YAML, see docs/grading-policies.md')
    .option('--due <time>', 'when the lab is due: "2026-12-24 18:00"; goes before the policy file')
    .option('--late <rule>', 'what late work loses: none, refuse, 20%, 10%/day, 1%/hour')
    .option('--time-zone <zone>', 'of times that name no offset: Europe/Berlin; default: UTC')
    .addOption(probeOption())
    .option('--sign <key file>', 'sign the results with your key (see keygen)')
    .addOption(
      new Option(
        '--queue <url>',
        'let workers grade (see worker): redis://host:port, rediss:// for TLS',
      ).conflicts('dryRun'),
    )
    .option('--json', 'print the class result as JSON')
    .addHelpText('after', gradeHelp)
    .action(async (lab: string, flags: GradeFlags) =>
      (await import('./commands/grade.ts')).grade(lab, flags),
    );

  withAccountOptions(command(program, 'worker'))
    .description('Grade learners whom `grade --queue` put into a queue, on as many machines as wanted.')
    .requiredOption('--queue <url>', 'a Redis: redis://host:port, rediss:// for TLS')
    .option('--concurrency <number>', 'learners side by side, 1 to 500', sideBySide, 10)
    .option(
      '--out <folder>',
      'the folder of the class, where it is shared; default: results go through the queue',
    )
    .option('--lab <files...>', 'labs beside those that come with Labwright')
    .addHelpText('after', workerHelp)
    .action(async (flags: WorkerFlags) => (await import('./commands/worker.ts')).worker(flags));

  command(program, 'export')
    .description(
      'Write a result as other programs read it: gradebooks, autograders, CI. No AWS call is made.',
    )
    .argument('<file>', 'class.json, or the result.json that `labwright report` writes')
    .addOption(new Option('--as <format>', 'the format').choices(exportFormats).makeOptionMandatory())
    .option(
      '--learner <id>',
      'the learner to tell of, for gradescope, classroom50, github-classroom and check50',
    )
    .option('--assignment <title>', 'title of the assignment or grade item, for canvas and moodle')
    .option('--out <file>', 'write there, over an earlier one; default: print')
    .action(async (file: string, flags: ExportFlags) =>
      (await import('./commands/export.ts')).exportResult(file, flags),
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

function sideBySide(text: string): number {
  const number = Number(text);
  if (!/^\d{1,3}$/.test(text) || number < 1 || number > 500)
    throw new InvalidArgumentError('Write a number from 1 to 500.');
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

function regionName(text: string): string {
  if (!/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(text))
    throw new InvalidArgumentError('Write a Region like eu-central-1.');
  return text;
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

Of a whole lab, a stage that fails stops those after it. With --watch one temporary key is made for the
whole watch; the pauses grow from 5 seconds to a minute while nothing changes.

Exit code: 0 all passed, 1 something failed, 2 wrong usage, 3 something could not be judged.

Examples:
  $ labwright check encrypt-data-with-kms --probe key
  $ labwright check encrypt-data-with-kms key table --set alias=alias/my-key --region eu-central-1
  $ labwright check encrypt-data-with-kms deny --probe key --watch`;

const serveHelp = `
Listens on loopback only; the printed address holds a token, without which nothing is answered. With --sandbox a
sandbox is started where none runs, and ends with the page. Checks only read; before a temporary access key of the
test user is made you are asked in the page, unless --probe says how the user is tried.

Examples:
  $ labwright serve --sandbox --open
  $ labwright serve encrypt-data-with-kms --profile my-profile --region eu-central-1`;

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

const roleHelp = `
No AWS call is made. The role may make the calls that the lab's checks declare, on what bears the lab's names
(or yours, --set), and only with the external id. What it cannot do is said beside it.

Examples:
  $ labwright role encrypt-data-with-kms --instructor 111122223333
  $ labwright role encrypt-data-with-kms --instructor 111122223333 --format cloudformation > role.yaml
  $ labwright check encrypt-data-with-kms --role arn:aws:iam::444455556666:role/labwright-grader-encrypt-data-with-kms \\
      --external-id ID`;

const verifyResultHelp = `
Offline it tells whether anything was changed since it was signed, by which key, and whether results were taken
out of a run. With --live it asks CloudTrail, which keeps requests for 90 days and shows them after some minutes.
A result that a learner made alone is self-attested: nobody signed it.

Exit code: 0 all good, 1 something is wrong, 2 wrong usage, 3 something could not be told.

Examples:
  $ labwright verify-result result.json --key ed25519:...
  $ labwright verify-result result.json --key instructor.pub --live --role ARN --external-id ID`;
const answerHelp = `
On a terminal the questions are asked one by one, from the first that is open; :? tells the commands. Each
answer is saved at once in .labwright/<lab>/answers.yaml, where you may write as well. Answers may hold
Markdown and pictures; pictures that are files are copied beside the answers. Without a terminal, or with
--json, it lists what there is and what is open.

Examples:
  $ labwright answer encrypt-data-with-kms
  $ labwright answer encrypt-data-with-kms what-is-kms --from kms.md
  $ labwright answer --set time-taken="About two hours."
  $ EDITOR=nano labwright answer --edit`;

const importHelp = `
Headings and wording may differ from the lab's. What belongs to none of the lab's sections is kept as a
section of your own in .labwright/<lab>/write-up.yaml, so that no word is lost. Pictures beside the write-up
(PNG, JPEG, GIF, WebP, up to 10 MiB) are copied; those elsewhere stay as they are written.
What you have answered already stays, and the difference is shown, unless you say --replace.

Exit code: 0 all taken, 1 something stays as it was because it differs, 2 wrong usage.

Examples:
  $ labwright import my-write-up.md --lab encrypt-data-with-kms --dry-run
  $ labwright import my-write-up.md --lab encrypt-data-with-kms`;
const rosterCheckHelp = `
Exit code: 0 nothing keeps a learner from being graded, 2 something does.

Example:
  $ labwright roster check class.csv --lab encrypt-data-with-kms --time-zone Europe/Berlin`;
const gradeHelp = `
Accounts are entered through the role of each learner, with your credentials and a session that may do nothing
but what the lab's checks ask. Nothing is written there, but for --probe key. A killed or interrupted grading
goes on when the same command is run again; after one that has ended, it begins another, and what was earned stays.

Exit code: 0 everybody was judged, whatever their points; 2 wrong usage; 3 somebody could not be judged.

Examples:
  $ labwright grade encrypt-data-with-kms --roster class.csv --out class --dry-run
  $ labwright grade encrypt-data-with-kms --roster class.csv --out class --policy course.yaml
  $ labwright grade encrypt-data-with-kms --roster class.csv --out class --only ada bob`;
const workerHelp = `
Learners are entered with this machine's AWS credentials or profiles; none are in the queue. The password of Redis
may stand in LABWRIGHT_QUEUE_PASSWORD instead of the address. A worker that is killed costs a retry: after half a
minute or so another one takes its learners.

Exit code: 0 ended by Ctrl-C, 2 the queue cannot be used or asks for another lab file.

Example:
  $ labwright worker --queue redis://10.0.0.5:6379 --out /mnt/class`;
const regradeHelp = `
No AWS call is made and no file is changed: the answers that AWS gave are in the recordings. What a changed
check asks and nobody asked then cannot be judged, and costs nobody points that they had.

Exit code: 0 all regraded, 2 wrong usage, 3 some recordings could not be judged again.

Example:
  $ labwright regrade my-lab/lab.yaml --recordings .labwright/my-lab/recordings`;

const reportHelp = `
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

const sandboxHelp = `
The account has KMS, DynamoDB, IAM, STS and CloudTrail, checks every signature, and asks every policy. It starts
empty but for its administrator, and is gone when the sandbox stops. With --data it is there again at
the next start, with the same account id and access keys, also after a crash. It listens on loopback
only, where any program of this machine may use it.

Paste what it prints into the terminal in which you use the AWS CLI. AWS CLI versions before 2.13 do
not read AWS_ENDPOINT_URL: give them --endpoint-url.`;
