/** What a dry run saw, as text. */
import { count } from '../../reports/plain-text.ts';
import type { Reached } from '../../runner/grading/reach-class.ts';
import { plain, type Style } from './style.ts';

export function reachedText(reached: readonly Reached[], style: Style): string {
  const lines = reached.flatMap(({ id, identity, problem }) => {
    if (identity) return [`  ${style.paint('pass', '✔')} ${plain(id)}  ${identity.arn}`];
    return [
      `  ${style.paint('fail', '✘')} ${plain(id)}  ${plain(problem?.message ?? 'It did not answer.')}`,
      ...(problem?.advice === undefined ? [] : [`      → ${style.markdown(problem.advice)}`]),
    ];
  });
  const entered = reached.filter(({ identity }) => identity).length;
  return `${lines.join('\n')}\n\n${entered} of ${count(reached.length, 'account')} can be entered. Nothing was graded or written.\n`;
}
