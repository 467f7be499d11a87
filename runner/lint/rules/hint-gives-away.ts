import type { ProofStep } from '../../proof/schema.ts';
import { kebabCase } from '../aws-cli/kebab-case.ts';
import { codeIn } from '../markdown/code-in.ts';
import type { Remark, Rule } from '../rule.ts';

export const hintGivesAway: Rule = {
  id: 'hint-gives-away',
  severity: 'warning',
  why: 'A hint that can be pasted ends the learning at the place where it was about to begin; the guide is where commands belong.',
  look({ file, data, proof }) {
    return data.stages.flatMap(({ id, checks }, at) => {
      const calls = (proof?.data[id]?.solution ?? []).flatMap(callsOf);
      return checks.flatMap(({ hint }, index): Remark[] => {
        const path = ['stages', at, 'checks', index, 'hint'];
        const say = (place: number, what: string) => [
          file.problemWithin(
            path,
            place,
            `The hint gives away ${what}.`,
            'Say what to look at, and in which direction.',
          ),
        ];
        const statement = hint.search(/["']?Effect["']?\s*:\s*["']?(?:Allow|Deny)/);
        if (statement !== -1 && /Action["']?\s*:/.test(hint))
          return say(statement, 'a whole policy statement');
        const block = codeIn(hint).find(({ isBlock }) => isBlock);
        if (block) return say(block.placeOf(0), 'a block of code');
        // The name of a command says where to look it up; with its options it is the answer.
        for (const { service, command } of calls) {
          const place = hint.search(new RegExp(`\\baws ${service} ${command}\\s+--`));
          if (place !== -1) return say(place, `the solution's command \`aws ${service} ${command}\``);
        }
        return [];
      });
    });
  },
};

function callsOf(step: ProofStep): { service: string; command: string }[] {
  return Object.keys(step).flatMap((key) => {
    const [service, operation] = key.split('.');
    return service && operation ? [{ service, command: kebabCase(operation) }] : [];
  });
}
