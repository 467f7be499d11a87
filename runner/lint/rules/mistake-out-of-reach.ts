import type { Rule } from '../rule.ts';

export const mistakeOutOfReach: Rule = {
  id: 'mistake-out-of-reach',
  severity: 'error',
  why: 'A mistake is looked for by the checks of its stage and those before; a check of a later stage cannot catch it.',
  look({ data, proof }) {
    if (!proof) return [];
    const uses = data.stages.map(({ checks }) => new Set(checks.map(({ check }) => check)));
    return data.stages.flatMap(({ id }, at) =>
      (proof.data[id]?.mistakes ?? []).flatMap((mistake, index) => {
        const check = mistake['caught-by'];
        const first = uses.findIndex((checks) => checks.has(check));
        // What the lab does not use at all is a fault of the file.
        if (first <= at) return [];
        const message = `The mistake "${mistake.id}" of the stage "${id}" is to be caught by ${check}, which stands first in the later stage "${data.stages[first]?.id}".`;
        const fix = 'Name a check of this stage, or move the mistake to the later one.';
        return [proof.file.problem([id, 'mistakes', index, 'caught-by'], message, fix)];
      }),
    );
  },
};
