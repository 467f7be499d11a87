import type { Rule } from '../rule.ts';

export const stageWithoutPoints: Rule = {
  id: 'stage-without-points',
  severity: 'warning',
  why: 'A stage whose checks are worth nothing is left out by whoever works for the score, and what builds on it fails.',
  look({ file, data }) {
    return data.stages.flatMap(({ id, checks }, at) =>
      checks.some(({ points }) => points > 0)
        ? []
        : [
            file.problem(
              ['stages', at, 'id'],
              `All checks of the stage "${id}" are worth zero points.`,
              'Give one of them points.',
            ),
          ],
    );
  },
};
