/** Opens an address in the user's browser. */
import { spawn } from 'node:child_process';

const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  // `start` is a word of the command interpreter; its first argument in quotes is a title.
  win32: ['cmd', '/c', 'start', '""'],
};

/** @param onFailure told when there is no browser to be opened */
export function openBrowser(url: string, onFailure: () => void): void {
  const [command = 'xdg-open', ...args] = openers[process.platform] ?? [];
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.once('error', onFailure);
  child.once('exit', (code) => {
    if (code !== 0 && code !== null) onFailure();
  });
  child.unref();
}
