/**
 * Probes with a temporary access key of the user: made on first use, written to the journal before it is used,
 * deleted when the run ends. The secret stays in this process's memory.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { CallError } from '../../checks/call.ts';
import { NotJudged } from '../../checks/not-judged.ts';
import { type AccessKey, accessKeyIn } from '../accounts/access-key.ts';
import type { Answer, Caller, Identity } from '../accounts/caller.ts';
import { identify } from '../accounts/identify.ts';
import type { Journal, JournalEntry } from './journal.ts';
import type { ActingAs, Prober } from './prober.ts';

/** A new key takes seconds to be known everywhere (3 to 15 were measured by several projects); a minute is ample. */
const patienceMs = 60_000;
/** How far the making of a key may lie from its note: a lost answer, and clocks that differ. */
const momentMs = 5 * 60_000;
const unknownKeyCodes = new Set([
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidAccessKeyId',
]);

export interface TemporaryKeyOptions {
  /** The owner, who may make and delete access keys of the user. */
  readonly owner: Caller;
  readonly identity: Identity;
  readonly journal: Journal;
  /** A caller with another key, for the same Region and endpoint. */
  readonly callerFor: (key: AccessKey) => Caller;
}

export function temporaryKeyProber(options: TemporaryKeyOptions): Prober {
  const made = new Map<string, Promise<Made>>();
  let closed = false;
  return {
    async actAs(userName) {
      if (closed) throw new NotJudged('The run had ended before this was tried.');
      let key = made.get(userName);
      if (!key) {
        key = makeKey(options, userName);
        made.set(userName, key);
      }
      return (await key).acting;
    },
    async close() {
      closed = true;
      const keys = await Promise.allSettled(made.values());
      made.clear();
      const removed = keys.map(async (key) => {
        if (key.status !== 'fulfilled') return;
        key.value.acting.caller.close();
        await removeKey(options, key.value.entry);
      });
      // One key that cannot be deleted must not keep the others.
      const failed = (await Promise.allSettled(removed)).find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
}

/** Removes what an earlier run left behind in this account; gives the ids of the keys that it removed. */
export async function removeLeftKeys(options: Omit<TemporaryKeyOptions, 'callerFor'>): Promise<string[]> {
  const removed: string[] = [];
  for (const entry of await options.journal.entries()) {
    if (entry.accountId === options.identity.accountId) removed.push(...(await removeKey(options, entry)));
  }
  return removed;
}

interface Made {
  readonly acting: ActingAs;
  readonly entry: JournalEntry;
}

async function makeKey(options: TemporaryKeyOptions, userName: string): Promise<Made> {
  const { owner, identity, journal } = options;
  const keysBefore = await listKeys(owner, userName);
  if (keysBefore.length >= 2) {
    throw new NotJudged(
      `${userName} already has two access keys, as many as AWS allows, so no temporary one could be made.`,
      `Delete an access key of ${userName} that is not needed, use one that you have with \`--probe profile:NAME\`, or \`--probe history\`.`,
    );
  }
  const intent: JournalEntry = {
    accountId: identity.accountId,
    userName,
    at: new Date().toISOString(),
    keysBefore,
  };
  await journal.put(intent);
  let answer: Answer;
  try {
    answer = await owner.send('iam:CreateAccessKey', { UserName: userName }, 'once');
  } catch (error) {
    // A refusal made nothing; without an answer the key may be there all the same, and the entry stays.
    if (error instanceof CallError && error.status !== undefined && error.status < 500)
      await journal.strike(intent);
    throw error;
  }
  const key = accessKeyIn(answer);
  const entry = { ...intent, accessKeyId: key.accessKeyId };
  try {
    await journal.put(entry);
  } catch (error) {
    // A key that cannot be written down is not used.
    await removeKey(options, entry);
    throw error;
  }
  const caller = new PatientCaller(options.callerFor(key));
  try {
    return { acting: { caller, identity: await identify(caller) }, entry };
  } catch (error) {
    caller.close();
    await removeKey(options, entry);
    throw error;
  }
}

/** Deletes what the entry speaks of and strikes it. @throws CallError when a key may still be there */
async function removeKey(
  { owner, journal }: Pick<TemporaryKeyOptions, 'owner' | 'journal'>,
  entry: JournalEntry,
) {
  const { userName } = entry;
  const removed: string[] = [];
  try {
    const ids = entry.accessKeyId ? [entry.accessKeyId] : madeFor(entry, await listKeyDates(owner, userName));
    for (const AccessKeyId of ids) {
      await owner.send('iam:DeleteAccessKey', { UserName: userName, AccessKeyId });
      removed.push(AccessKeyId);
    }
  } catch (error) {
    if (!(error instanceof CallError) || !error.code.startsWith('NoSuchEntity')) throw error;
    // Not found may mean not known everywhere yet: the entry stays while AWS lists the key.
    if (await isListed(owner, entry)) throw error;
  }
  await journal.strike(entry);
  return removed;
}

/** Where AWS's answer was lost, a key that was not there before and was made in those moments. */
function madeFor({ keysBefore, at }: JournalEntry, keys: readonly { id: string; made: number }[]): string[] {
  return keys
    .filter(({ id, made }) => !keysBefore.includes(id) && Math.abs(made - Date.parse(at)) < momentMs)
    .map(({ id }) => id);
}

async function isListed(owner: Caller, { userName, accessKeyId }: JournalEntry): Promise<boolean> {
  try {
    return (await listKeys(owner, userName)).some((id) => id === accessKeyId);
  } catch (error) {
    // A user that is gone has taken its keys along: IAM deletes no user that has any.
    if (error instanceof CallError && error.code.startsWith('NoSuchEntity')) return false;
    throw error;
  }
}

async function listKeys(owner: Caller, userName: string): Promise<string[]> {
  return (await listKeyDates(owner, userName)).map(({ id }) => id);
}

async function listKeyDates(owner: Caller, UserName: string): Promise<{ id: string; made: number }[]> {
  const { output } = await owner.send('iam:ListAccessKeys', { UserName });
  const keys = (output.AccessKeyMetadata ?? []) as { AccessKeyId?: string; CreateDate?: Date }[];
  return keys.flatMap(({ AccessKeyId, CreateDate }) =>
    AccessKeyId ? [{ id: AccessKeyId, made: CreateDate?.getTime() ?? 0 }] : [],
  );
}

/** Asks again while AWS does not know the key yet, which each service learns at its own time. */
class PatientCaller implements Caller {
  readonly region: string;
  readonly #inner: Caller;
  readonly #deadline = Date.now() + patienceMs;

  constructor(inner: Caller) {
    this.region = inner.region;
    this.#inner = inner;
  }

  async send(...[call, input]: Parameters<Caller['send']>): Promise<Answer> {
    for (let waitMs = 250; ; waitMs = Math.min(waitMs * 2, 4000)) {
      try {
        return await this.#inner.send(call, input);
      } catch (error) {
        const unknownYet = error instanceof CallError && unknownKeyCodes.has(error.code);
        if (!unknownYet || Date.now() + waitMs > this.#deadline) throw error;
        await delay(waitMs);
      }
    }
  }

  inRegion(region: string): Caller {
    return new PatientCaller(this.#inner.inRegion(region));
  }

  close(): void {
    this.#inner.close();
  }
}
