/** What grading a class came to, as text. */
import { count } from '../../reports/plain-text.ts';
import type { ClassResult } from '../../runner/class-result.ts';
import { plain, type Style } from './style.ts';

/** Who could not be judged and why, the numbers of the class, and the files that were written. */
export function classText(result: ClassResult, files: readonly string[], style: Style): string {
  const { learners, lab } = result;
  const unjudged = learners.flatMap(({ id, points, error, unjudged: missing, why }) => {
    const reason = error?.message ?? (missing > 0 ? why.join(' ') : undefined);
    if (reason === undefined) return [];
    const what = points === null ? 'not judged' : error ? 'not judged this time' : 'partly judged';
    const advice = error?.advice === undefined ? [] : [`    → ${style.markdown(error.advice)}`];
    return [`  ${plain(id)} ${style.paint('error', what)}: ${plain(reason)}`, ...advice];
  });
  const doubles = (result.doubles ?? []).map(
    ({ message }) => `  ${style.paint('error', 'look')}: ${plain(message)}`,
  );
  const byHand = learners.filter(({ override }) => override).length;
  const points = learners.flatMap((one) => one.points ?? []);
  const mean = points.reduce((sum, one) => sum + one, 0) / points.length;
  const full = points.filter((one) => one === lab.max).length;
  const numbers = [
    `${count(learners.length, 'learner')}, ${points.length} with points`,
    ...(points.length > 0 ? [`on average ${Number(mean.toFixed(1))} of ${lab.max}`, `${full} with all`] : []),
  ].join(', ');
  return `${[
    ...(unjudged.length > 0 ? [...unjudged, ''] : []),
    ...(doubles.length > 0 ? [...doubles, ''] : []),
    `${style.bold(lab.title)}: ${numbers}.`,
    ...(byHand > 0 ? [`Of ${count(byHand, 'learner')} something is judged by hand.`] : []),
    ...files,
  ].join('\n')}\n`;
}
