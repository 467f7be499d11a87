/** Puts the learner's names into the Markdown of a lab, in words and in commands. */
import { fillNames } from '../../reports/markdown/fill-names.ts';
import { resolveParams } from '../../runner/lab/reference.ts';
import { fillCommands } from '../shell-words.ts';

export function labTextFiller(params: Readonly<Record<string, string>>): (markdown: string) => string {
  return (markdown) =>
    fillNames(markdown, {
      text: (text) => resolveParams(text, params),
      shell: (commands) => fillCommands(commands, params),
    });
}
