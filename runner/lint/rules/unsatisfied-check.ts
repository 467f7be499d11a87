import { Rehearsal } from '../../verify/rehearsal.ts';
import type { Remark, Rule } from '../rule.ts';
import { stepPlace } from '../step-place.ts';

export const unsatisfiedCheck: Rule = {
  id: 'unsatisfied-check',
  severity: 'error',
  needs: 'account',
  why: 'A check that does not pass for the solution in proof.yaml passes for no learner.',
  async look({ lab, file, proof }, { openAccount, signal }) {
    if (!lab || !proof || !openAccount) return [];
    const solved = { lab, proof: proof.data, openAccount };
    return Rehearsal.on(solved, async (rehearsal) => {
      for (const { id } of lab.stages) {
        if (signal?.aborted) return [];
        try {
          await rehearsal.solve(id);
        } catch (error) {
          const why = error instanceof Error ? error.message : String(error);
          const message = `The solution of the stage "${id}" cannot be carried out: ${why}`;
          return [
            proof.file.problem(
              [id, 'solution'],
              message,
              'Correct the calls; the later stages were not tried.',
            ),
          ];
        }
        const seen = await rehearsal.check([id]);
        const missed = seen.filter(({ verdict }) => verdict !== 'pass');
        // What builds on this stage would only fail as well.
        if (missed.length > 0)
          return missed.map(
            ({ step, check, verdict, message }): Remark =>
              file.problem(
                stepPlace(lab, step),
                `With the stage "${id}" solved, ${check} does not pass (${verdict}): ${message}`,
                'Correct the check, its parameters, or the solution; the later stages were not tried.',
              ),
          );
      }
      return [];
    });
  },
};
