import { createInterface } from 'node:readline/promises';

/** Asks a yes-or-no question on the terminal; anything but a yes is a no, as are Ctrl-C and the end of the input. */
export async function confirm(question: string, signal?: AbortSignal): Promise<boolean> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  // At a prompt, Ctrl-C comes to it alone; the run is to hear of it as well.
  prompt.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const closed = new Promise<string>((resolve) => prompt.once('close', () => resolve('')));
  try {
    const asked = prompt.question(`${question} [y/N] `, signal ? { signal } : {});
    return /^y(es)?$/i.test((await Promise.race([asked, closed])).trim());
  } catch {
    return false;
  } finally {
    prompt.close();
  }
}
