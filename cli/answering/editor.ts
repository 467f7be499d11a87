/** Opens a file in the user's editor and waits until it is closed. */
import { spawn } from 'node:child_process';
import { UserError } from '../user-error.ts';

/** $VISUAL, else $EDITOR; both may hold arguments. */
export function editorOf(env: NodeJS.ProcessEnv): string | undefined {
  return [env.VISUAL, env.EDITOR].find((one) => one !== undefined && one.trim() !== '');
}

/** @throws UserError when the editor cannot be started or says that it failed */
export async function openInEditor(editor: string, file: string): Promise<void> {
  // A shell splits the arguments as everywhere else that $EDITOR is used; the file is none of its words.
  const child =
    process.platform === 'win32'
      ? spawn(`${editor} "${file}"`, { stdio: 'inherit', shell: true })
      : spawn('/bin/sh', ['-c', `${editor} "$1"`, 'sh', file], { stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) {
    throw new UserError(
      `The editor (${editor}) ended with ${code === null ? 'a signal' : `code ${code}`}; what it saved is in ${file}. Choose another with the variable EDITOR.`,
    );
  }
}
