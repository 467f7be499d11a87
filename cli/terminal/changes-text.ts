import { wrapAnsi } from 'fast-wrap-ansi';
import type { CheckChange, Said } from '../../runner/grading/check-changes.ts';
import type { Regraded } from '../../runner/grading/regrade.ts';
import { plain, type Style } from './style.ts';

/** What a regrade changes for one learner: the score, and check by check what was said before and is said now. */
export function changesText(
  { learner, before, after, changes }: Pick<Regraded, 'learner' | 'before' | 'after' | 'changes'>,
  style: Style,
  width: number,
): string {
  const difference = after.points - before.points;
  const sign = difference > 0 ? `+${difference}` : difference < 0 ? `${difference}` : 'same points';
  const head = `${style.bold(plain(learner))}  ${before.points}/${before.max} → ${after.points}/${after.max}  ${sign}`;
  return [head, ...changes.map((change) => changeText(change, style, width))].join('\n');
}

function changeText({ stage, check, before, after }: CheckChange, style: Style, width: number): string {
  return [
    `  ${plain(stage)}: ${plain(check)}`,
    before ? sideText('before', before, style, width) : '    before: not in the lab',
    after ? sideText('now   ', after, style, width) : '    now   : not in the lab any more',
  ].join('\n');
}

function sideText(
  when: string,
  { verdict, points, max, message }: Said,
  style: Style,
  width: number,
): string {
  const text = `${when}: ${style.verdict(verdict)}, ${points}/${max}. ${plain(message)}`;
  return wrapAnsi(text, Math.max(width - 12, 40), { hard: false })
    .split('\n')
    .map((line, index) => `${index === 0 ? '    ' : '            '}${line}`)
    .join('\n');
}
