import type { ExplainFlags } from '../commands/explain.ts';
import { withAccountOptions } from '../options/account.ts';
import { contextOption } from '../options/context.ts';
import type { CommandLine } from './command-line.ts';

export const explainLine: CommandLine = {
  name: 'explain',
  about: 'Say whether a principal of your account may do something, why, and what would change it.',
  takes: [
    ['<principal>', 'name of a user or role, "root", or an ARN'],
    ['<action>', 'such as kms:Decrypt or dynamodb:Scan'],
    ['<resource>', 'a key (alias, id or ARN), a table, or any ARN'],
  ],
  define(command) {
    withAccountOptions(command)
      .option('--through <table>', 'ask as DynamoDB does when it uses the key for this table')
      .addOption(contextOption())
      .option('--json', 'print the answer as JSON')
      .addHelpText('after', help)
      .action(async (principal: string, action: string, resource: string, flags: ExplainFlags) =>
        (await import('../commands/explain.ts')).explain(principal, action, resource, flags),
      );
  },
};

const help = `
Only reads: the principal's IAM policies, its permissions boundary, and of a key its policy and grants.
For items of a table under a key of your own it explains both, DynamoDB's permission and the key's.

Exit code: 0 allowed, 1 denied, 2 wrong usage or not there, 3 cannot be told.

Examples:
  $ labwright explain nextwork-kms-user dynamodb:Scan nextwork-kms-table
  $ labwright explain nextwork-kms-user kms:Decrypt alias/nextwork-kms-key --through nextwork-kms-table
  $ labwright explain role/reader dynamodb:GetItem my-table --context aws:SourceIp=203.0.113.9`;
