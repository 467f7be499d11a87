/** Writes a single answer into `answers.yaml`; everything else in the file, comments too, stays as it is. */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Document, isMap, parse, parseDocument, Scalar } from 'yaml';
import { cleanText } from '../../reports/plain-text.ts';
import { AnswersError, type StateFolder } from '../../runner/state-folder.ts';

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
  const file = state.answersFile;
  const stored = (await state.answers())[id] ?? '';
  if (sameWords(stored, text)) return;
  if (!sameWords(stored, base)) throw new AnswerConflict(stored);
  const document = parseDocument(await textOf(file));
  if (document.errors.length > 0 || (document.contents !== null && !isMap(document.contents))) {
    throw new AnswersError(`${file}: it holds something else than answers. Put it right, or move it away.`);
  }
  if (text.trim() === '') document.delete(id);
  else put(document, id, text);
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  try {
    // Replaced in one step: a full disk or a kill leaves the old answers.
    await writeFile(draft, String(document));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** As a block, which people can read; quoted where a block would not give the same text back. */
function put(document: Document, id: string, text: string): void {
  for (const style of [Scalar.BLOCK_LITERAL, Scalar.QUOTE_DOUBLE] as const) {
    const scalar = new Scalar(text);
    scalar.type = style;
    document.set(id, scalar);
    if (style === Scalar.QUOTE_DOUBLE || readsBack(document, id, text)) return;
  }
}

function readsBack(document: Document, id: string, text: string): boolean {
  try {
    return (parse(String(document)) as Record<string, unknown>)[id] === text;
  } catch {
    return false;
  }
}

/** As far as a page can show a difference: it shows texts cleaned, and a file may end them with a line break. */
function sameWords(a: string, b: string): boolean {
  return cleanText(a).trim() === cleanText(b).trim();
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
