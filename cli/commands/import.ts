import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { gradeAnswer } from '../../runner/answers/grade-answer.ts';
import { type Merge, merge } from '../../runner/import/merge.ts';
import { readText } from '../../runner/import/normalise.ts';
import { markdownOf, type ReadWriteUp, readWriteUp } from '../../runner/import/read-write-up.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { questionsOf } from '../../runner/lab/questions.ts';
import { keepPictures, type LookedAt, lookAtPictures } from '../../runner/pictures/take-pictures.ts';
import { findLab } from '../labs/find-lab.ts';
import type { ChecksFlags } from '../options/checks.ts';
import { createOutput, type Output } from '../output.ts';
import { stateOf } from '../state.ts';
import { feedbackText, questionText } from '../terminal/feedback-text.ts';
import { differenceText, routesText } from '../terminal/import-text.ts';
import { plain } from '../terminal/style.ts';
import { exitCodes, UserError } from '../user-error.ts';

export interface ImportFlags extends ChecksFlags {
  readonly lab: string;
  readonly replace?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly color: boolean;
}

/** Of a write-up; pictures are files of their own. */
const maxBytes = 1024 * 1024;

/** `labwright import`: a write-up that was written elsewhere, as answers and what else stands in it. */
export async function importWriteUp(file: string, flags: ImportFlags): Promise<void> {
  const output = createOutput(!flags.color);
  const { lab } = await findLab(flags.lab, flags);
  const state = stateOf(lab.id);
  const text = readText(await readWriteUpFile(file));
  if (text.trim() === '') throw new UserError(`${file} is empty.`);
  const there = { answers: await state.answers(), additions: await state.additions() };
  const pictures = await lookAtPictures(markdownOf(text), dirname(resolve(file)), state.path);
  const addresses = new Map(pictures.pictures.map((one) => [one.address, one.file]));
  const read = readWriteUp(lab, text, addresses);
  const merged = merge(read, there, flags.replace ?? false);
  if (!flags.dryRun) {
    await keepPictures(pictures.pictures, state.path);
    if (Object.keys(merged.answers).length > 0) await state.keepAnswers(merged.answers);
    if (Object.keys(merged.additions).length > 0) await state.keepAdditions(merged.additions);
  }
  const stays = merged.parts.filter((part) => part.state === 'kept');
  if (flags.json) output.print(`${JSON.stringify(asJson(lab, read, merged, pictures, flags), null, 2)}\n`);
  else tell({ lab, read, merged, pictures, flags, output, folder: state.path });
  if (stays.length > 0) process.exitCode = exitCodes.failed;
}

async function readWriteUpFile(file: string): Promise<Uint8Array> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      error.code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${error.code}).`,
    );
  });
  if (!found.isFile()) throw new UserError(`${file} is no file. Name the Markdown file of the write-up.`);
  if (found.size > maxBytes) {
    throw new UserError(
      `${file} has ${(found.size / 1024 / 1024).toFixed(1)} MiB; a write-up has at most 1 MiB. Nothing was imported. Put pictures into files of their own.`,
    );
  }
  return readFile(file);
}

function asJson(lab: Lab, read: ReadWriteUp, merged: Merge, pictures: LookedAt, flags: ImportFlags) {
  return {
    schema: 'labwright/import/v1',
    lab: lab.id,
    written: !flags.dryRun,
    routes: read.routes,
    parts: merged.parts,
    screenshots: read.additions.screenshots,
    pictures: pictures.pictures.map(({ address, file }) => ({ address, file })),
    problems: pictures.problems,
    questions: questionsOf(lab).map((question) => ({
      id: question.id,
      feedback: gradeAnswer(question, read.answers[question.id]),
    })),
  };
}

interface Told {
  readonly lab: Lab;
  readonly read: ReadWriteUp;
  readonly merged: Merge;
  readonly pictures: LookedAt;
  readonly flags: ImportFlags;
  readonly output: Output;
  readonly folder: string;
}

function tell({ lab, read, merged, pictures, flags, output, folder }: Told): void {
  const { print, style, width } = output;
  const { author, email } = read.additions;
  print(`${style.bold(flags.dryRun ? 'This is what would go where' : 'What went where')}\n\n`);
  print(routesText(read.routes, style, width));
  if (author) print(`\n  Author: ${plain(author)}${email ? `, ${plain(email)}` : ''}\n`);
  const inLab = read.routes.some(({ section }) => section !== undefined);
  if (!inLab) {
    print(
      `\nNo heading of it is like one of the lab's, so nothing was taken for an answer: all of it is kept as the opening of your write-up. Give it the lab's headings (\`labwright guide ${flags.lab} --all\` tells the questions), and import it again.\n`,
    );
  }
  if (pictures.pictures.length > 0)
    print(
      `\n${pictures.pictures.length === 1 ? 'One picture' : `${pictures.pictures.length} pictures`} ${flags.dryRun ? 'would be' : 'were'} copied.\n`,
    );
  if (pictures.problems.length > 0) {
    print(`\n${style.bold('Pictures that could not be copied')}\n`);
    for (const problem of pictures.problems) print(`  ${plain(problem)}\n`);
  }
  print(`\n${style.bold('Feedback on the answers in it')}\n`);
  for (const question of questionsOf(lab)) {
    const answer = read.answers[question.id];
    if (answer === undefined) continue;
    print(`\n${questionText(question, style, width, 2)}`);
    print(feedbackText({ feedback: gradeAnswer(question, answer), style, width, indent: 4 }));
  }
  const open = questionsOf(lab).filter(({ id }) => read.answers[id] === undefined);
  if (open.length > 0) print(`\n  Not answered in it: ${open.map(({ id }) => id).join(', ')}.\n`);
  tellDifferences(merged, flags, output);
  const written = Object.keys(merged.answers).length + Object.keys(merged.additions).length;
  const what = flags.dryRun
    ? 'Nothing was written.'
    : written === 0
      ? `Nothing had to be written to ${folder}.`
      : `Written to ${folder}: ${Object.keys(merged.answers).length > 0 ? 'answers.yaml' : ''}${Object.keys(merged.answers).length > 0 && Object.keys(merged.additions).length > 0 ? ' and ' : ''}${Object.keys(merged.additions).length > 0 ? 'write-up.yaml' : ''}.`;
  print(`\n${what}\n`);
}

function tellDifferences({ parts }: Merge, { replace }: ImportFlags, { print, style, width }: Output): void {
  const different = parts.filter(({ state }) => state === 'kept' || state === 'replaced');
  if (different.length === 0) return;
  print(
    `\n${style.bold(replace ? 'Put in place of what was there' : 'Left as it was, because it differs')}\n\n`,
  );
  for (const part of different) print(differenceText(part, style, width));
  if (!replace) print('\n  - is yours, + the write-up’s. To take the write-up’s: --replace.\n');
}
