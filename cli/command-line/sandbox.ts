import { Option } from 'commander';
import type { PeekFlags } from '../commands/peek.ts';
import type { SandboxFlags } from '../commands/sandbox.ts';
import { timingOf, withTimingOptions } from '../options/timing.ts';
import { accountCount, port, share, wholeNumber } from '../options/values.ts';
import { callLogs } from '../sandbox/call-logs.ts';
import { clientForms } from '../sandbox/client-settings.ts';
import { sandboxPort } from '../sandbox/port.ts';
import { type CommandLine, subcommand } from './command-line.ts';

export const sandboxLine: CommandLine = {
  name: 'sandbox',
  about: 'Run an AWS account on this machine, for any AWS client, until Ctrl-C.',
  takes: [],
  define(command) {
    command
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
      .addHelpText('after', help)
      .action(async (flags: SandboxFlags) =>
        (await import('../commands/sandbox.ts')).sandbox(flags, timingOf(flags)),
      );
    withTimingOptions(command);

    subcommand(command, 'peek')
      .description('Show the items of a table beside the bytes at rest, and the keys that seal them.')
      .argument('<table>', 'name of a table')
      .option('--account <id>', 'in this account; default: the first one of the sandbox')
      .option('--region <region>', 'in this AWS Region')
      .option('--items <number>', 'show this many items', wholeNumber, 5)
      .option('--json', 'print everything as JSON, bytes in base64')
      .option('--port <number>', 'where the sandbox listens', port)
      .option('--endpoint-url <url>', 'where the sandbox listens; default: AWS_ENDPOINT_URL')
      .action(async (table: string, flags: PeekFlags) =>
        (await import('../commands/peek.ts')).peek(table, flags),
      );
  },
};

const help = `
The account has KMS, DynamoDB, IAM, STS and CloudTrail, checks every signature, and asks every policy. It starts
empty but for its administrator, and is gone when the sandbox stops. With --data it is there again at
the next start, with the same account id and access keys, also after a crash. It listens on loopback
only, where any program of this machine may use it.

Paste what it prints into the terminal in which you use the AWS CLI. AWS CLI versions before 2.13 do
not read AWS_ENDPOINT_URL: give them --endpoint-url.`;
