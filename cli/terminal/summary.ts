/** The end of a check: the score, and what to do next. */
import type { Result } from '../../runner/result.ts';
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
function nextStep({ stages }: Result, style: Style, labName: string): string {
  const open = stages.find((stage) => stage.verdict !== 'pass');
  if (!open) return `Everything passed. Write it up with ${style.code(`labwright report ${labName}`)}.`;
  if (open.verdict === 'error') {
    return `The stage "${open.id}" could not be judged, which is not held against you; \`labwright check ${labName} ${open.id}\` says what to do.`;
  }
  return `Next: the stage "${open.id}", ${open.title.charAt(0).toLowerCase()}${open.title.slice(1)}.`;
}
