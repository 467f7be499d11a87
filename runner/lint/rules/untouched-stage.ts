import { Rehearsal } from '../../verify/rehearsal.ts';
import type { Rule } from '../rule.ts';

export const untouchedStage: Rule = {
  id: 'untouched-stage',
  severity: 'error',
  needs: 'account',
  why: 'A stage that passes in an empty account is checked by nothing: it is passed without having been done.',
  async look({ lab, file, proof }, { openAccount }) {
    if (!lab || !openAccount) return [];
    const untouched = { lab, proof: proof?.data ?? {}, openAccount };
    return Rehearsal.on(untouched, async (rehearsal) => {
      const seen = await rehearsal.check();
      return lab.stages.flatMap(({ id }, at) => {
        const ofStage = seen.filter(({ stage }) => stage === id);
        // What waits for an earlier stage is not passed either.
        if (!ofStage.every(({ verdict }) => verdict === 'pass')) return [];
        const told = ofStage.map(({ check }) => check).join(', ');
        const message = `In an empty account the stage "${id}" passes (${told}).`;
        return [
          file.problem(['stages', at, 'id'], message, 'Check for something that only doing the stage makes.'),
        ];
      });
    });
  },
};
