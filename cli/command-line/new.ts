import type { NewFlags } from '../commands/new.ts';
import type { CommandLine } from './command-line.ts';

export const newLine: CommandLine = {
  name: 'new',
  about: 'Begin a lab: a small one that already verifies, with every part shown once.',
  takes: [['<folder>', 'a folder that is not there yet; its name becomes the id of the lab']],
  define(command) {
    command
      .option('--title <title>', 'title of the lab; without it the words of its id')
      .action(async (folder: string, flags: NewFlags) =>
        (await import('../commands/new.ts')).newLab(folder, flags),
      );
  },
};
