import { Option } from 'commander';
import type { RoleFlags } from '../commands/role.ts';
import { checksOption } from '../options/checks.ts';
import { externalId } from '../options/role.ts';
import { settingOption } from '../options/setting.ts';
import { accountId, regionName } from '../options/values.ts';
import type { CommandLine } from './command-line.ts';

export const roleLine: CommandLine = {
  name: 'role',
  about: 'Print the role that a learner makes, so that you can grade the lab in their account.',
  takes: [['<lab>', 'id of a lab, a lab file, or a folder that holds one']],
  define(command) {
    command
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
      .addOption(checksOption())
      .addHelpText('after', help)
      .action(async (lab: string, flags: RoleFlags) =>
        (await import('../commands/role.ts')).role(lab, flags),
      );
  },
};

const help = `
No AWS call is made. The role may make the calls that the lab's checks declare, on what bears the lab's names
(or yours, --set), and only with the external id. What it cannot do is said beside it.

Examples:
  $ labwright role encrypt-data-with-kms --instructor 111122223333
  $ labwright role encrypt-data-with-kms --instructor 111122223333 --format cloudformation > role.yaml
  $ labwright check encrypt-data-with-kms --role arn:aws:iam::444455556666:role/labwright-grader-encrypt-data-with-kms \\
      --external-id ID`;
