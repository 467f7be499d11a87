import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { gradeAnswer } from '../../runner/answers/grade-answer.ts';
import { normalise, readText } from '../../runner/import/normalise.ts';
import { type PlacedQuestion, questionsOf } from '../../runner/lab/questions.ts';
import { withAddresses } from '../../runner/pictures/local-pictures.ts';
import { keepPictures, lookAtPictures } from '../../runner/pictures/take-pictures.ts';
import type { StateFolder } from '../../runner/state/state-folder.ts';
import { askQuestions } from '../answering/ask-questions.ts';
import { editAnswers } from '../answering/edit-answers.ts';
import { editorOf, openInEditor } from '../answering/editor.ts';
import { createLineReader } from '../answering/line-reader.ts';
import { chosenLab } from '../labs/chosen-lab.ts';
import { findLab } from '../labs/find-lab.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { createOutput, type Output } from '../output.ts';
import { stateOf } from '../state.ts';
import { confirm } from '../terminal/confirm.ts';
import { feedbackText, questionText } from '../terminal/feedback-text.ts';
import { plain } from '../terminal/style.ts';
import { UserError } from '../user-error.ts';

export interface AnswerFlags extends ChecksFlags {
  /** Answers by question id. */
  readonly set: Record<string, string>;
  readonly from?: string;
  readonly edit?: boolean;
  readonly json?: boolean;
  readonly color: boolean;
}

const maxBytes = 1024 * 1024;

/** `labwright answer`: the lab's questions, asked, in an editor, or from files. */
export async function answer(
  labName: string | undefined,
  question: string | undefined,
  flags: AnswerFlags,
): Promise<void> {
  const output = createOutput(!flags.color);
  const { lab } = await findLab(labName ?? (await chosenLab()), flags);
  const questions = questionsOf(lab);
  const desk = { state: stateOf(lab.id), questions, output };
  if (question !== undefined) known(desk, question);
  const given = await givenAnswers(desk, question, flags);
  let changed: readonly string[] | undefined;
  if (given) {
    for (const [id, { text, folder }] of Object.entries(given)) {
      const problems = await keep(desk, id, text, folder);
      for (const problem of problems) output.note(`${plain(problem)}\n`);
    }
    changed = Object.keys(given);
  } else if (flags.edit) changed = await edit(desk);
  else if (output.asks && !flags.json) {
    await ask(desk, question);
    return;
  }
  await show(desk, changed ?? (question === undefined ? undefined : [question]), flags.json ?? false);
}

/** What the ways to answer work on. */
interface Desk {
  readonly state: StateFolder;
  readonly questions: readonly PlacedQuestion[];
  readonly output: Output;
}

function known({ questions }: Desk, id: string): PlacedQuestion {
  const found = questions.find((one) => one.id === id);
  if (found) return found;
  throw new UserError(
    `There is no question "${plain(id)}". There are: ${questions.map((one) => one.id).join(', ')}.`,
  );
}

interface Given {
  readonly text: string;
  /** What the addresses of its pictures are relative to. */
  readonly folder: string;
}

async function givenAnswers(
  desk: Desk,
  question: string | undefined,
  { set, from }: AnswerFlags,
): Promise<Record<string, Given> | undefined> {
  const given: Record<string, Given> = {};
  for (const [id, text] of Object.entries(set)) {
    known(desk, id);
    given[id] = { text: normalise(text).trim(), folder: process.cwd() };
  }
  if (from !== undefined) {
    if (question === undefined)
      throw new UserError(
        '`--from` holds the answer to one question. Name it: labwright answer LAB QUESTION --from FILE.',
      );
    const isInput = from === '-';
    const text = readText(isInput ? await readInput() : await readAnswer(from)).trim();
    if (text === '')
      throw new UserError(`${isInput ? 'The input' : from} is empty; the answer is as it was.`);
    given[question] = { text, folder: isInput ? process.cwd() : dirname(resolve(from)) };
  }
  return Object.keys(given).length > 0 ? given : undefined;
}

async function readAnswer(file: string): Promise<Uint8Array> {
  try {
    const bytes = await readFile(file);
    if (bytes.length > maxBytes) throw new UserError(`${file} is larger than 1 MiB; an answer is not.`);
    return bytes;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

async function readInput(): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of process.stdin) {
    parts.push(Buffer.from(part));
    size += parts.at(-1)?.length ?? 0;
    if (size > maxBytes) throw new UserError('The input is larger than 1 MiB; an answer is not.');
  }
  return Buffer.concat(parts);
}

/** Saves an answer and the pictures that it shows. @returns what is wrong with pictures */
async function keep({ state }: Desk, id: string, text: string, folder: string): Promise<readonly string[]> {
  const { pictures, problems } = await lookAtPictures(text, folder, state.path);
  await keepPictures(pictures, state.path);
  const addresses = new Map(pictures.map(({ address, file }) => [address, file]));
  await state.keepAnswers({ [id]: withAddresses(text, addresses) });
  return problems;
}

async function edit(desk: Desk): Promise<string[]> {
  const { state, questions, output } = desk;
  const editor = editorOf(process.env);
  if (editor === undefined) {
    throw new UserError(
      `No editor is known. Name one in the variable EDITOR (EDITOR=nano labwright answer --edit), or write ${state.answersFile} yourself.`,
    );
  }
  const before = await state.answers().catch(() => ({}) as Record<string, string>);
  const changed = await editAnswers({
    state,
    questions,
    edit: (file) => openInEditor(editor, file),
    again: async () => output.asks && (await confirm('Open it again?')),
    note: output.note,
  });
  if (!changed) output.note('Nothing was changed.\n');
  const after = await state.answers();
  for (const id of Object.keys(after).filter((one) => !questions.some((question) => question.id === one)))
    output.note(`${state.answersFile}: there is no question "${plain(id)}", so its answer is left out.\n`);
  const ids = questions.map(({ id }) => id).filter((id) => (after[id] ?? '') !== (before[id] ?? ''));
  for (const id of ids) {
    const problems = await keep(desk, id, after[id] ?? '', process.cwd());
    for (const problem of problems) output.note(`${plain(problem)}\n`);
  }
  return ids;
}

async function ask(desk: Desk, question: string | undefined): Promise<void> {
  const { state, questions, output } = desk;
  const { note, style, width } = output;
  const answers = await state.answers();
  const editor = editorOf(process.env);
  const named = questions.findIndex(({ id }) => id === question);
  const open = questions.findIndex(({ id }) => !answers[id]?.trim());
  const reader = createLineReader({ input: process.stdin, output: process.stderr, terminal: true });
  try {
    await askQuestions({
      questions,
      from: named >= 0 ? named : Math.max(0, open),
      single: question !== undefined,
      answers,
      reader,
      save: async (id, text) => {
        const problems = await keep(desk, id, text, process.cwd());
        const saved = (await state.answers())[id];
        const feedback = gradeAnswer(known(desk, id), saved);
        const told = feedbackText({ feedback, style, width, indent: 2 });
        return `${style.dim('Saved.')}\n${told}${problems.map((one) => `  ${plain(one)}\n`).join('')}`;
      },
      keepUnfinished: async (id, text) => {
        const { appendFile } = await import('node:fs/promises');
        const file = join(state.path, 'unfinished.md');
        await appendFile(file, `## ${id}\n\n${text}\n\n`, { mode: 0o600 });
        return file;
      },
      ...(editor !== undefined && { edit: (text: string) => editText(editor, text) }),
      note,
      style,
      width,
    });
  } finally {
    reader.close();
  }
  const after = await state.answers();
  const left = questions.filter(({ id }) => !after[id]?.trim()).length;
  note(
    `\n${left === 0 ? 'Every question has an answer.' : `${left} of ${questions.length} questions are open.`} Your answers are in ${state.answersFile}.\n`,
  );
}

/** One answer in an editor. */
async function editText(editor: string, text: string): Promise<string> {
  const { mkdtemp, rm, writeFile } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const folder = await mkdtemp(join(tmpdir(), 'labwright-answer-'));
  const file = join(folder, 'answer.md');
  try {
    await writeFile(file, text === '' ? '' : `${text}\n`, { mode: 0o600 });
    await openInEditor(editor, file);
    return normalise(await readFile(file, 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param ids the questions to show; all when absent */
async function show(
  { state, questions, output }: Desk,
  ids: readonly string[] | undefined,
  asJson: boolean,
): Promise<void> {
  const { print, style, width } = output;
  const answers = await state.answers();
  const rows = questions.map((one) => ({
    id: one.id,
    section: one.section,
    ...(one.stage && { stage: one.stage }),
    prompt: one.prompt,
    ...(answers[one.id]?.trim() && { answer: answers[one.id] }),
    feedback: gradeAnswer(one, answers[one.id]),
  }));
  const open = rows.filter(({ answer: text }) => text === undefined).map(({ id }) => id);
  if (asJson) {
    const told = { schema: 'labwright/answers/v1', file: state.answersFile, questions: rows, open };
    print(`${JSON.stringify(told, null, 2)}\n`);
    return;
  }
  for (const { id, prompt, feedback } of ids ? rows.filter((row) => ids.includes(row.id)) : rows) {
    print(questionText({ id, prompt }, style, width));
    print(feedbackText({ feedback, style, width, indent: 2 }));
  }
  print(
    open.length === 0
      ? '\nEvery question has an answer.\n'
      : `\n${open.length} of ${rows.length} questions are open: ${open.join(', ')}.\n`,
  );
}
