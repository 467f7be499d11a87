/** Feedback on an answer, for the terminal. */
import { wrapAnsi } from 'fast-wrap-ansi';
import { feedbackView } from '../../reports/view/feedback.ts';
import type { AnswerFeedback } from '../../runner/result.ts';
import { plain, type Style } from './style.ts';

export interface FeedbackTextOptions {
  readonly feedback: AnswerFeedback;
  readonly style: Style;
  /** Columns. */
  readonly width: number;
  /** Columns to the left of each line. */
  readonly indent?: number;
}

/** Lines, each with its end. */
export function feedbackText({ feedback, style, width, indent = 0 }: FeedbackTextOptions): string {
  const lines: string[] = [];
  const add = (text: string, first = '', rest = first.replace(/./gu, ' ')) => {
    const room = Math.max(20, width - indent - first.length);
    const wrapped = wrapAnsi(text, room, { hard: true }).split('\n');
    lines.push(...wrapped.map((line, at) => ' '.repeat(indent) + (at === 0 ? first : rest) + line));
  };
  const view = feedbackView(feedback);
  if (!view) {
    const isOpen = feedback.state === 'unanswered';
    add(isOpen ? style.dim('Not answered yet.') : style.paint('pass', '✔ Answered.'));
    return `${lines.join('\n')}\n`;
  }
  add(style.paint(view.needsLook ? 'error' : 'pass', `${view.needsLook ? '!' : '✔'} ${view.lead}`));
  if (view.override) add(`${plain(view.override.said)} ${plain(view.override.reason)}`, '  ');
  for (const { said, correction, link } of view.misconceptions) {
    add(`You write “${plain(said)}”. ${correction}`, '  ');
    // An address that is broken cannot be followed.
    if (link !== undefined) lines.push(`${' '.repeat(indent + 2)}${style.link(link, link)}`);
  }
  for (const one of view.unfinished) add(`Not finished: “${plain(one)}”`, '  ');
  for (const one of view.missing) add(one, '  - ', '    ');
  return `${lines.join('\n')}\n`;
}

/** A question's id and what is asked, with the ends of the lines. */
export function questionText(
  { id, prompt }: { readonly id: string; readonly prompt: string },
  style: Style,
  width: number,
  indent = 0,
): string {
  const wrapped = wrapAnsi(`${style.bold(id)}  ${prompt}`, Math.max(20, width - indent)).split('\n');
  return wrapped.map((line) => `${' '.repeat(indent)}${line}\n`).join('');
}
