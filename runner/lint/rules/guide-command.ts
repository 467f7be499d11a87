import { commandFaults } from '../aws-cli/command-faults.ts';
import { guideScripts } from '../guide-commands.ts';
import type { Remark, Rule } from '../rule.ts';

export const guideCommand: Rule = {
  id: 'guide-command',
  severity: 'error',
  why: 'A command that the AWS CLI does not have, or an option or a value that it does not take, stops the learner where the lab is not meant to be hard.',
  async look({ file, data }) {
    const remarks: Remark[] = [];
    for (const { path, isBlock, commands, placeOf } of guideScripts(data)) {
      for (const command of commands) {
        for (const { kind, message, fix, at } of await commandFaults(command)) {
          // Within a line a command is named rather than written out.
          if (isBlock || kind !== 'missing')
            remarks.push(file.problemWithin(path, placeOf(at), message, fix));
        }
      }
    }
    return remarks;
  },
};
