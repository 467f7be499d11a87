import { guideScripts } from '../guide-commands.ts';
import type { Rule } from '../rule.ts';

export const guideSyntax: Rule = {
  id: 'guide-syntax',
  severity: 'error',
  why: 'A learner pastes the commands of the guide, and a shell that cannot read them does nothing or something else.',
  look({ file, data }) {
    return guideScripts(data).flatMap(({ path, code, faults, placeOf }) =>
      faults.map(({ message, at }) =>
        file.problemWithin(
          path,
          placeOf(lastBefore(code, at)),
          `Bash cannot read this: ${message}.`,
          'Correct it; write what the learner has to fill in without "<" and ">", which are redirections.',
        ),
      ),
    );
  },
};

/** What was expected at the end of a line is told at the last character of it. */
function lastBefore(code: string, at: number): number {
  return /\S/.test(code.charAt(at)) ? at : Math.max(0, code.slice(0, at).trimEnd().length - 1);
}
