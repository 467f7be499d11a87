/** The end of a check: the score, and what to do next. */
import type { Result } from '../../runner/result.ts';
import { shellWord } from '../shell-words.ts';
import type { Style } from './style.ts';

/** @param labName how the user named the lab on the command line */
export function summary(result: Result, style: Style, labName: string): string {
  const { points, max } = result.score;
  const rows = result.stages.map(
    ({ id, verdict, points: earned, max: most }) =>
      `  ${style.verdict(verdict, 14)}${id.padEnd(10)} ${String(earned).padStart(3)}/${most}`,
  );
  return [
    '',
    ...rows,
    '',
    `${style.bold(`${points}/${max} points`)}. ${nextStep(result, style, labName)}`,
    '',
  ].join('\n');
}

/** The one next thing to do. */
function nextStep({ stages }: Pick<Result, 'stages'>, style: Style, labName: string): string {
  const lab = shellWord(labName);
  const open = stages.find((stage) => stage.verdict !== 'pass');
  if (!open) return `Everything passed. Write it up with ${style.code(`labwright report ${lab}`)}.`;
  if (open.verdict === 'error') {
    return `The stage "${open.id}" could not be judged, which is not held against you; \`labwright check ${lab} ${open.id}\` says what to do.`;
  }
  const title = `${open.title.charAt(0).toLowerCase()}${open.title.slice(1)}`;
  return `Next: the stage "${open.id}", ${title}. How: ${style.code(`labwright guide ${lab} ${open.id}`)}`;
}
