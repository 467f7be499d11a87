import type { Rule } from '../rule.ts';

export const checkWithoutMistake: Rule = {
  id: 'check-without-mistake',
  severity: 'warning',
  why: 'Only a mistake that a check catches proves that it can fail, and that the learner then reads something of use.',
  look({ file, data, proof }) {
    if (!proof) return [];
    const caught = new Set(
      Object.values(proof.data).flatMap(({ mistakes }) => mistakes.map((one) => one['caught-by'])),
    );
    return data.stages.flatMap(({ checks }, at) =>
      checks.flatMap((entry, index) => {
        // A fail that an earlier check explains is that one's to catch.
        if (caught.has(entry.check) || entry['explained-by'] !== undefined) return [];
        const message = `No mistake in proof.yaml is caught by ${entry.check}.`;
        return [
          file.problem(
            ['stages', at, 'checks', index, 'check'],
            message,
            'Add one that this check, and no other, must catch.',
          ),
        ];
      }),
    );
  },
};
