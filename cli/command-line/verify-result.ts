import type { VerifyResultFlags } from '../commands/verify-result.ts';
import { withAccountOptions } from '../options/account.ts';
import { checksOption } from '../options/checks.ts';
import { withRoleOptions } from '../options/role.ts';
import type { CommandLine } from './command-line.ts';

export const verifyResultLine: CommandLine = {
  name: 'verify-result',
  about: 'Say whether results are as they were signed, and, with access, whether AWS knows their requests.',
  takes: [['<file>', 'a result as JSON, or the results of a grading run']],
  define(command) {
    withRoleOptions(withAccountOptions(command))
      .option('--key <key>', "the signer's public key, or a file that holds it")
      .option('--lab <lab>', 'the lab by which it was graded; default: the one of the same id')
      .option('--live', 'look the requests up in the CloudTrail of the account')
      .option('--json', 'print what was found as JSON')
      .addOption(checksOption())
      .addHelpText('after', help)
      .action(async (file: string, flags: VerifyResultFlags) =>
        (await import('../commands/verify-result.ts')).verifyResult(file, flags),
      );
  },
};

const help = `
Offline it tells whether anything was changed since it was signed, by which key, and whether results were taken
out of a run. With --live it asks CloudTrail, which keeps requests for 90 days and shows them after some minutes.
A result that a learner made alone is self-attested: nobody signed it.

Exit code: 0 all good, 1 something is wrong, 2 wrong usage, 3 something could not be told.

Examples:
  $ labwright verify-result result.json --key ed25519:...
  $ labwright verify-result result.json --key instructor.pub --live --role ARN --external-id ID`;
