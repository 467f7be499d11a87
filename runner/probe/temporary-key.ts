/**
 * Probes with a temporary access key of the user: made on first use, written to the journal before it is used,
 * deleted when the run ends. The secret stays in this process's memory.
 */
import { CallError } from '../../checks/call.ts';
import { NotJudged } from '../../checks/not-judged.ts';
import { type AccessKey, accessKeyIn } from '../accounts/access-key.ts';
import type { Answer, Caller, Identity } from '../accounts/caller.ts';
import type { JournalEntry } from './journal.ts';
import { listKeys, removeKey, type Steward } from './left-keys.ts';
import { PatientCaller } from './patient-caller.ts';
import type { ActingAs, Prober } from './prober.ts';

export interface TemporaryKeyOptions extends Steward {
  readonly identity: Identity;
  /** A caller with another key, for the same Region and endpoint. */
  readonly callerFor: (key: AccessKey) => Caller;
  /** Ends the waiting for a new key to be known; deleting it is not stopped. */
  readonly signal?: AbortSignal | undefined;
}

export function temporaryKeyProber(options: TemporaryKeyOptions): Prober {
  const looked = new Map<string, Promise<UserBefore>>();
  const acting = new Map<string, Promise<ActingAs>>();
  const open = new Set<OpenKey>();
  let closed = false;
  return {
    async actAs(userName, cleared) {
      const look = looked.get(userName) ?? lookAt(options.owner, userName);
      looked.set(userName, look);
      // Asked side by side; of two that went wrong the clearance is told, whichever was first.
      const [clearance, before] = await Promise.allSettled([cleared?.(), look]);
      if (clearance.status === 'rejected') throw clearance.reason;
      if (before.status === 'rejected') throw before.reason;
      if (closed) throw new NotJudged('The run had ended before this was tried.');
      const made = acting.get(userName) ?? makeKey(options, userName, before.value, open);
      acting.set(userName, made);
      return made;
    },
    async renew() {
      looked.clear();
      const noted = await options.journal.entries();
      for (const [userName, made] of acting) {
        const works = await made.then(
          ({ caller }) => !(caller instanceof PatientCaller && caller.gaveUp),
          () => false,
        );
        const keys = [...open].filter(({ entry }) => entry.userName === userName);
        const kept = keys.every(({ entry }) => noted.some((one) => one.accessKeyId === entry.accessKeyId));
        if (works && kept) continue;
        // Until the old key is taken back, no other is made.
        for (const key of keys) await takeBack(options, key, open);
        acting.delete(userName);
      }
    },
    async close() {
      closed = true;
      await Promise.allSettled(acting.values());
      acting.clear();
      // One key that cannot be deleted must not keep the others.
      const takenBack = await Promise.allSettled([...open].map((key) => takeBack(options, key, open)));
      const failed = takenBack.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
}

/** A user before it is tried. */
interface UserBefore {
  readonly arn: string;
  /** Ids of its access keys. */
  readonly keys: readonly string[];
}

async function lookAt(owner: Caller, UserName: string): Promise<UserBefore> {
  const [keys, { output }] = await Promise.all([
    listKeys(owner, UserName),
    owner.send('iam:GetUser', { UserName }),
  ]);
  return { arn: (output.User as { Arn: string }).Arn, keys: keys.map(({ id }) => id) };
}

/** A key that is noted and not known to be gone. */
interface OpenKey {
  entry: JournalEntry;
  caller?: Caller;
}

async function makeKey(
  options: TemporaryKeyOptions,
  userName: string,
  before: UserBefore,
  open: Set<OpenKey>,
): Promise<ActingAs> {
  const { owner, identity, journal, signal } = options;
  const keysBefore = [...before.keys];
  if (keysBefore.length >= 2) {
    throw new NotJudged(
      `${userName} already has two access keys, as many as AWS allows, so no temporary one could be made.`,
      `Delete an access key of ${userName} that is not needed, use one that you have with \`--probe profile:NAME\`, or \`--probe history\`.`,
    );
  }
  if (signal?.aborted) throw new NotJudged('The run was interrupted before this was tried.');
  const intent = { accountId: identity.accountId, userName, at: new Date().toISOString(), keysBefore };
  await journal.put(intent);
  const key: OpenKey = { entry: intent };
  open.add(key);
  let answer: Answer;
  try {
    answer = await owner.send('iam:CreateAccessKey', { UserName: userName }, 'once');
  } catch (error) {
    // A refusal made nothing; without an answer the key may be there all the same, and is looked for at the end.
    if (error instanceof CallError && error.status !== undefined && error.status < 500) {
      await journal.strike(intent);
      open.delete(key);
    }
    throw error;
  }
  const credentials = accessKeyIn(answer);
  key.entry = { ...intent, accessKeyId: credentials.accessKeyId };
  try {
    // A key that cannot be written down is not used.
    await journal.put(key.entry);
    key.caller = new PatientCaller(options.callerFor(credentials), signal);
    return { caller: key.caller, identity: { accountId: identity.accountId, arn: before.arn } };
  } catch (error) {
    await takeBack(options, key, open);
    throw error;
  }
}

async function takeBack(steward: Steward, key: OpenKey, open: Set<OpenKey>): Promise<void> {
  key.caller?.close();
  await removeKey(steward, key.entry);
  open.delete(key);
}
