import type { SolveFlags } from '../commands/solve.ts';
import { withAccountOptions } from '../options/account.ts';
import { checksOption } from '../options/checks.ts';
import { settingOption } from '../options/setting.ts';
import type { CommandLine } from './command-line.ts';

export const solveLine: CommandLine = {
  name: 'solve',
  about: "Carry out the author's solution, all of it or some stages.",
  takes: [
    ['<lab>', 'id of a lab, a lab file, or a folder that holds one'],
    ['[stages...]', 'stages to solve; all when none is named'],
  ],
  define(command) {
    withAccountOptions(command)
      .option('--live', 'agree to making these things in a live AWS account, where they may cost money')
      .addOption(settingOption())
      .addOption(checksOption())
      .action(async (lab: string, stages: string[], flags: SolveFlags) =>
        (await import('../commands/solve.ts')).solve(lab, stages, flags),
      );
  },
};
