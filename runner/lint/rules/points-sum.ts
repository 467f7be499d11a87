import type { Rule } from '../rule.ts';

/** What the points of a lab's checks come to: a share is then read as a percentage, in every gradebook. */
const whole = 100;

export const pointsSum: Rule = {
  id: 'points-sum',
  severity: 'warning',
  why: 'Points are read as percentages, and labs are compared with each other; with another sum both go wrong.',
  look({ file, data }) {
    const sums = data.stages.map(({ id, checks }) => ({
      id,
      points: checks.reduce((sum, { points }) => sum + points, 0),
    }));
    const total = sums.reduce((sum, { points }) => sum + points, 0);
    if (Math.abs(total - whole) < 1e-6) return [];
    const shown = sums.map(({ id, points }) => `${id} ${points}`).join(', ');
    const message = `The checks of this lab are worth ${total} points and not ${whole}: ${shown}.`;
    return [file.problem(['stages'], message, `Share out ${whole} points.`, 'key')];
  },
};
