import type { Rule } from '../rule.ts';

export const stageWithoutSolution: Rule = {
  id: 'stage-without-solution',
  severity: 'warning',
  why: 'A stage in which nothing is done is passed by whoever did the ones before, so that its checks ask nothing.',
  look({ data, proof, registry }) {
    if (!proof) return [];
    return data.stages.flatMap(({ id, checks }) => {
      if (!proof.data[id] || proof.data[id].solution.length > 0) return [];
      // To try as somebody else is something to see, and enough for a stage.
      const checksOnly = checks.filter(({ check }) => (registry.get(check)?.probes.length ?? 0) === 0);
      if (checksOnly.length === 0) return [];
      const message = `The solution of the stage "${id}" does nothing, and ${checksOnly[0]?.check} only looks at what is there.`;
      return [proof.file.problem([id, 'solution'], message, 'Write the calls that complete the stage.')];
    });
  },
};
