/** Saves one answer as it is typed, beside whoever else writes into `answers.yaml`. */
import { cleanText } from '../../reports/plain-text.ts';
import type { StateFolder } from '../../runner/state/state-folder.ts';

/** Somebody else wrote another answer since this one was begun. */
export class AnswerConflict extends Error {
  /** What the file says now. */
  readonly stored: string;

  constructor(stored: string) {
    super('answers.yaml has another answer to this question by now.');
    this.name = 'AnswerConflict';
    this.stored = stored;
  }
}

/**
 * @param base the answer on which this one was begun; the file must still say so
 * @throws AnswerConflict; AnswersError when the file cannot be read; the writing error (ENOSPC, EACCES)
 */
export async function saveAnswer(state: StateFolder, id: string, text: string, base: string): Promise<void> {
  const stored = (await state.answers())[id] ?? '';
  if (sameWords(stored, text)) return;
  if (!sameWords(stored, base)) throw new AnswerConflict(stored);
  await state.keepAnswers({ [id]: text });
}

/** As far as a page can show a difference: it shows texts cleaned, and a file may end them with a line break. */
function sameWords(a: string, b: string): boolean {
  return cleanText(a).trim() === cleanText(b).trim();
}
