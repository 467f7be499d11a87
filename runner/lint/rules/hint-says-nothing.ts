import { stemOf } from '../../answers/stem.ts';
import { resolveParams } from '../../lab/reference.ts';
import type { Remark, Rule } from '../rule.ts';

/** Words that make a sentence and say nothing about the task. */
const empty = new Set(
  'a an and are be check do for from in is it make not of on or please right see sure that the there this to try up with you your'.split(
    ' ',
  ),
);

export const hintSaysNothing: Rule = {
  id: 'hint-says-nothing',
  severity: 'warning',
  why: 'Whoever failed a check has read what is expected already, and comes to the hint for where to look.',
  look({ file, data, registry }) {
    const params = Object.fromEntries(
      Object.entries(data.params).map(([name, param]) => [name, param.default]),
    );
    return data.stages.flatMap(({ checks }, at) =>
      checks.flatMap(({ hint, check, title: own }, index): Remark[] => {
        const path = ['stages', at, 'checks', index, 'hint'];
        const title = own ?? registry.get(check)?.title ?? '';
        const known = new Set(wordsOf(title));
        const said = wordsOf(resolveParams(hint, params));
        const fix = 'Say where to look, under which name, or what is often mistaken.';
        if (said.length < 2) return [file.problem(path, 'The hint says next to nothing.', fix)];
        if (said.some((word) => !known.has(word))) return [];
        return [file.problem(path, `The hint only repeats the check: "${title}".`, fix)];
      }),
    );
  },
};

function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}/_-]*/gu) ?? [])
    .filter((word) => !empty.has(word))
    .map(stemOf);
}
