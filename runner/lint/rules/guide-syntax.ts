import { guideScripts } from '../guide-commands.ts';
import type { Rule } from '../rule.ts';

export const guideSyntax: Rule = {
  id: 'guide-syntax',
  severity: 'error',
  why: 'A learner pastes the commands of the guide, and a shell that cannot read them does nothing or something else.',
  look({ file, data }) {
    return guideScripts(data).flatMap(({ path, faults, placeOf }) =>
      faults.map(({ message, at }) =>
        file.problemWithin(
          path,
          placeOf(at),
          `Bash cannot read this: ${message}.`,
          'Correct it; write what the learner has to fill in without "<" and ">", which are redirections.',
        ),
      ),
    );
  },
};
