import type { LabsFlags } from '../commands/labs.ts';
import type { CommandLine } from './command-line.ts';

export const labsLine: CommandLine = {
  name: 'labs',
  about: 'List the labs there are.',
  takes: [],
  define(command) {
    command
      .option('--json', 'print the list as JSON')
      .action(async (flags: LabsFlags) => (await import('../commands/labs.ts')).labs(flags));
  },
};
