import type { VerifyFlags } from '../commands/verify.ts';
import { checksOption } from '../options/checks.ts';
import type { CommandLine } from './command-line.ts';

export const verifyLine: CommandLine = {
  name: 'verify',
  about: 'Prove a lab on the sandbox: its solution passes, and each mistake is caught where it should be.',
  takes: [['[lab]', 'id of a lab, a lab file, or a folder that holds one']],
  define(command) {
    command
      .option('--all', 'all labs that come with Labwright')
      .option('--list', 'try nothing; list the mistakes, by the check that catches them, as Markdown')
      .option('--only <claim>', 'only the claims whose names begin so: mistakes/, left-out/key')
      .addOption(checksOption())
      .action(async (lab: string | undefined, flags: VerifyFlags) =>
        (await import('../commands/verify.ts')).verify(lab, flags),
      );
  },
};
