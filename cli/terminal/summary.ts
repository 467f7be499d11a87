/** The end of a check: the score, and what to do next. */
import { lowerFirst } from '../../runner/lower-first.ts';
import type { Result } from '../../runner/result.ts';
import { shellWord } from '../shell-words.ts';
import type { Style } from './style.ts';

/** @param labName how the user named the lab on the command line */
export function summary(result: Result, style: Style, labName: string): string {
  const { points, max } = result.score;
  const rows = result.stages.map(({ id, verdict, checks, points: earned, max: most }) => {
    const isBegun = verdict !== 'skip' || checks.some(({ judgedAt }) => judgedAt !== undefined);
    const sign = isBegun ? style.verdict(verdict, 14) : style.dim('· to do'.padEnd(14));
    return `  ${sign}${id.padEnd(10)} ${String(earned).padStart(3)}/${most}`;
  });
  return [
    '',
    ...rows,
    '',
    `${style.bold(`${points}/${max} points`)}. ${nextStep(result, style, labName)}`,
    '',
  ].join('\n');
}

/** The one next thing to do. */
function nextStep(
  { stages, questions }: Pick<Result, 'stages' | 'questions'>,
  style: Style,
  labName: string,
): string {
  const lab = shellWord(labName);
  const open = stages.find((stage) => stage.verdict !== 'pass');
  if (!open) {
    const isOpen = questions.some(({ answer }) => !answer?.trim());
    return isOpen
      ? `Everything passed. Answer the questions with ${style.code(`labwright answer ${lab}`)}, then write it up with ${style.code(`labwright report ${lab}`)}.`
      : `Everything passed. Write it up with ${style.code(`labwright report ${lab}`)}.`;
  }
  if (open.verdict === 'error') {
    return `The stage "${open.id}" could not be judged, which is not held against you; \`labwright check ${lab} ${open.id}\` says what to do.`;
  }
  return `Next: the stage "${open.id}", ${lowerFirst(open.title)}. How: ${style.code(`labwright guide ${lab} ${open.id}`)}`;
}
