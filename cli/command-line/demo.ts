import type { DemoFlags } from '../commands/demo.ts';
import { checksOption } from '../options/checks.ts';
import type { CommandLine } from './command-line.ts';

export const demoLine: CommandLine = {
  name: 'demo',
  about: 'Watch a whole lab being failed, solved, passed and written up, on the sandbox.',
  takes: [['[lab]', 'id of a lab, a lab file, or a folder that holds one', 'encrypt-data-with-kms']],
  define(command) {
    command
      .option('--out <folder>', 'write the report there, over an earlier one', 'labwright-demo')
      .addOption(checksOption())
      .action(async (lab: string, flags: DemoFlags) =>
        (await import('../commands/demo.ts')).demo(lab, flags),
      );
  },
};
