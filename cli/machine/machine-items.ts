/** What this machine has to offer: Node, a folder to write to, the leftovers of earlier runs. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Item } from '../../runner/doctor/item.ts';
import { Journal } from '../../runner/probe/journal.ts';
import type { StateFolder } from '../../runner/state/state-folder.ts';

/** `engines` of package.json. A test holds the two together. */
const required = '20.19 or later, or 22.12 or later';

/** @param version as in process.versions: `20.19.2` */
export function nodeItem(version: string): Item {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const id = 'node';
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19))
    return { id, state: 'good', message: `Node.js is ${version}.` };
  return {
    id,
    state: 'missing',
    message: `Node.js is ${version}; ${required} is needed.`,
    advice: 'Install a current one from https://nodejs.org.',
  };
}

/** Whether attempts can be kept; nothing is written to find out. */
export async function stateFolderItem({ path }: StateFolder): Promise<Item> {
  const id = 'state-folder';
  for (let place = path; ; place = dirname(place)) {
    try {
      await access(place, constants.W_OK | constants.X_OK);
      return { id, state: 'good', message: `Attempts are kept in ${path}.` };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' && dirname(place) !== place) continue;
      return {
        id,
        state: 'missing',
        message: `${place} cannot be written to (${code}), so no attempt would be kept.`,
        advice: 'Change its permissions, or work in another folder.',
      };
    }
  }
}

/** Temporary keys that a killed run left behind. */
export async function leftKeysItem(state: StateFolder): Promise<Item> {
  const id = 'left-keys';
  try {
    const entries = await new Journal(state.journalFolder).entries();
    if (entries.length === 0)
      return { id, state: 'good', message: 'No temporary access key of an earlier run is noted.' };
    const users = [...new Set(entries.map(({ userName, accountId }) => `${userName} (${accountId})`))];
    return {
      id,
      state: 'warning',
      message: `An earlier run may have left a temporary access key behind, of ${users.join(', ')}.`,
      advice: 'The next `labwright check` in this folder, with credentials of that account, deletes it.',
    };
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
    return {
      id,
      state: 'missing',
      message: `${state.journalFolder}, which notes temporary access keys, cannot be read: ${why}`,
      advice: 'Look into it for a key that may be left, delete that key in IAM, and then the note.',
    };
  }
}
