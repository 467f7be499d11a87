/**
 * Lets the learner write `answers.yaml` in an editor. What is opened is a draft beside it, so that a file that cannot be
 * read never takes the place of one that can, and nothing that was written is lost.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere } from '../../runner/files/read-if-there.ts';
import { writeWhole } from '../../runner/files/write-whole.ts';
import { faultOf, withQuestions } from '../../runner/state/answers-file.ts';
import type { StateFolder } from '../../runner/state/state-folder.ts';
import { UserError } from '../user-error.ts';

export interface EditOptions {
  readonly state: StateFolder;
  readonly questions: readonly { readonly id: string; readonly prompt: string }[];
  /** Opens the file, and returns when it is closed. */
  readonly edit: (file: string) => Promise<void>;
  /** Whether to open it again; what is wrong was told. */
  readonly again: () => Promise<boolean>;
  readonly note: (text: string) => void;
}

/**
 * @returns whether anything was changed
 * @throws UserError when a draft stays that cannot be read
 */
export async function editAnswers({ state, questions, edit, again, note }: EditOptions): Promise<boolean> {
  const draft = join(state.path, 'answers.draft.yaml');
  const before = (await readIfThere(state.answersFile)) ?? '';
  const left = await readIfThere(draft);
  if (left !== undefined) note(`Going on with the draft of last time, ${draft}.\n`);
  const begun = left ?? before;
  const fault = faultOf(begun);
  if (fault) note(`${draft}:${fault.line}: ${fault.message}\n`);
  // Comments can be added only to what can be read.
  const offered = fault ? begun : withQuestions(begun, questions);
  await writeWhole(draft, offered);
  for (;;) {
    await edit(draft);
    const text = await readFile(draft, 'utf8');
    const wrong = faultOf(text);
    if (!wrong) {
      const changed = text !== offered || left !== undefined;
      if (changed) await writeWhole(state.answersFile, text);
      await rm(draft, { force: true });
      return changed;
    }
    note(`${draft}:${wrong.line}: ${wrong.message}\n`);
    const line = text.split('\n')[wrong.line - 1];
    if (line?.trim()) note(`    ${line.slice(0, 110)}\n`);
    if (await again()) continue;
    throw new UserError(
      `What you wrote is kept in ${draft}, and answers.yaml is as it was. \`--edit\` opens the draft again; to give it up, delete it.`,
    );
  }
}
