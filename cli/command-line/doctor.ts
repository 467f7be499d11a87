import type { DoctorFlags } from '../commands/doctor.ts';
import { withAccountOptions } from '../options/account.ts';
import { checksOption } from '../options/checks.ts';
import { settingOption } from '../options/setting.ts';
import { accountId } from '../options/values.ts';
import type { CommandLine } from './command-line.ts';

export const doctorLine: CommandLine = {
  name: 'doctor',
  about: 'Say what is missing before a lab begins: credentials, Region, clock, permissions.',
  takes: [['[lab]', 'id of a lab, a lab file, or a folder that holds one; all labs when none is named']],
  define(command) {
    withAccountOptions(command)
      .option('--account <id>', 'the account that is meant, twelve digits', accountId)
      .addOption(settingOption())
      .option('--json', 'print what was found as JSON')
      .addOption(checksOption())
      .addHelpText('after', help)
      .action(async (lab: string | undefined, flags: DoctorFlags) =>
        (await import('../commands/doctor.ts')).doctor(lab, flags),
      );
  },
};

const help = `
Only asks: no access key is made and nothing is changed. Permissions are asked of IAM's policy simulator
where that is permitted, and otherwise found out with harmless reads. Key policies are not part of the
simulator; whether kms:Decrypt works is seen for sure once there is a table with an item under the key.

Exit code: 0 all good, 1 something is missing, 2 wrong usage, 3 something could not be found out.`;
