/** The commands that a lab's texts give the learner to type, with their places in the file. */
import type { LabFile } from '../lab/schema.ts';
import type { Path } from '../lab/yaml-file.ts';
import { type AwsCommand, asAwsCommand } from './aws-cli/command-faults.ts';
import { codeIn } from './markdown/code-in.ts';
import { commandsIn, type Script } from './shell/commands-in.ts';
import { namingTextsOf } from './texts-of.ts';

export interface GuideScript {
  readonly path: Path;
  readonly isBlock: boolean;
  readonly code: string;
  readonly faults: Script['faults'];
  readonly commands: readonly AwsCommand[];
  /** From a place in the script to the place in the text at `path`. */
  readonly placeOf: (offset: number) => number;
}

const shells = new Set(['sh', 'bash', 'shell']);

/** Shell blocks, blocks without a language that begin with `aws `, and `aws ...` within a line. */
export function guideScripts(lab: LabFile): GuideScript[] {
  const names = Object.fromEntries(Object.entries(lab.params).map(([name, param]) => [name, param.default]));
  return namingTextsOf(lab).flatMap(({ path, text }) =>
    codeIn(text).flatMap(({ code, isBlock, language, placeOf }): GuideScript[] => {
      if (
        isBlock
          ? !shells.has(language) && !/^\s*aws /.test(code)
          : !/^aws [a-z0-9-]+ [a-z0-9-]+ --/.test(code)
      )
        return [];
      const { commands, faults } = commandsIn(code, names);
      return [
        {
          path,
          isBlock,
          code,
          faults,
          placeOf,
          commands: commands.flatMap((one) => asAwsCommand(one) ?? []),
        },
      ];
    }),
  );
}
