/** Takes temporary access keys back, at the end of a run or at the start of the next one. */
import { CallError } from '../../checks/call.ts';
import type { Caller, Identity } from '../accounts/caller.ts';
import type { Journal, JournalEntry } from './journal.ts';

/** How far the making of a key may lie from its note: a lost answer, and clocks that differ. */
const momentMs = 5 * 60_000;
/** How long a key may be there and not be listed: the call may still be under way, and IAM tells of changes late. */
const unlistedMs = 60_000;

export interface Steward {
  /** Who may list and delete access keys of the users. */
  readonly owner: Caller;
  readonly journal: Journal;
}

/** Removes what earlier runs left behind in this account; gives the ids of the keys that it removed. */
export async function removeLeftKeys(steward: Steward & { readonly identity: Identity }): Promise<string[]> {
  const removed: string[] = [];
  for (const entry of await steward.journal.entries()) {
    if (entry.accountId === steward.identity.accountId) removed.push(...(await removeKey(steward, entry)));
  }
  await steward.journal.tidy();
  return removed;
}

/**
 * Deletes what the entry speaks of and strikes it; gives the ids of the keys that it deleted.
 *
 * @throws CallError when a key may still be there
 */
export async function removeKey({ owner, journal }: Steward, entry: JournalEntry): Promise<string[]> {
  const { userName, accessKeyId } = entry;
  const removed: string[] = [];
  try {
    const ids = accessKeyId ? [accessKeyId] : madeFor(entry, await listKeys(owner, userName));
    for (const AccessKeyId of ids) {
      await owner.send('iam:DeleteAccessKey', { UserName: userName, AccessKeyId });
      removed.push(AccessKeyId);
    }
    // The entry stays for the next start while such a key may yet show.
    if (ids.length === 0 && Date.now() - Date.parse(entry.at) < unlistedMs) return [];
  } catch (error) {
    if (!(error instanceof CallError) || !error.code.startsWith('NoSuchEntity')) throw error;
    // Not found may mean not known everywhere yet: the entry stays while AWS lists the key.
    if (await isListed(owner, entry)) throw error;
  }
  await journal.strike(entry);
  return removed;
}

/** Where AWS's answer was lost, a key that was not there before and was made in those moments. */
function madeFor({ keysBefore, at }: JournalEntry, keys: readonly ListedKey[]): string[] {
  return keys
    .filter(({ id, made }) => !keysBefore.includes(id) && Math.abs(made - Date.parse(at)) < momentMs)
    .map(({ id }) => id);
}

async function isListed(owner: Caller, { userName, accessKeyId }: JournalEntry): Promise<boolean> {
  try {
    return (await listKeys(owner, userName)).some(({ id }) => id === accessKeyId);
  } catch (error) {
    // A user that is gone has taken its keys along: IAM deletes no user that has any.
    if (error instanceof CallError && error.code.startsWith('NoSuchEntity')) return false;
    throw error;
  }
}

interface ListedKey {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly made: number;
}

/** The user's access keys. @throws CallError */
export async function listKeys(owner: Caller, UserName: string): Promise<ListedKey[]> {
  const { output } = await owner.send('iam:ListAccessKeys', { UserName });
  const keys = (output.AccessKeyMetadata ?? []) as { AccessKeyId?: string; CreateDate?: Date }[];
  return keys.flatMap(({ AccessKeyId, CreateDate }) =>
    AccessKeyId ? [{ id: AccessKeyId, made: CreateDate?.getTime() ?? 0 }] : [],
  );
}
