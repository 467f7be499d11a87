import type { Rule } from '../rule.ts';

export const noProof: Rule = {
  id: 'no-proof',
  severity: 'warning',
  why: 'Without a proof nobody knows whether the lab can be solved, and whether its checks catch anything.',
  look({ file, hasProofFile }) {
    if (hasProofFile) return [];
    const fix =
      'Write proof.yaml with a solution for each stage and the mistakes to be caught; then `labwright verify`.';
    return [file.problem(['id'], 'There is no proof.yaml beside this lab.', fix, 'key')];
  },
};
