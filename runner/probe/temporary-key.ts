/**
 * Probes with a temporary access key of the user: made on first use, written to the journal before it is used,
 * deleted when the run ends. The secret stays in this process's memory.
 */
import { CallError } from '../../checks/call.ts';
import { NotJudged } from '../../checks/not-judged.ts';
import { type AccessKey, accessKeyIn } from '../accounts/access-key.ts';
import type { Answer, Caller, Identity } from '../accounts/caller.ts';
import { identify } from '../accounts/identify.ts';
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
  const acting = new Map<string, Promise<ActingAs>>();
  const open = new Set<OpenKey>();
  let closed = false;
  return {
    async actAs(userName) {
      if (closed) throw new NotJudged('The run had ended before this was tried.');
      const made = acting.get(userName) ?? makeKey(options, userName, open);
      acting.set(userName, made);
      return made;
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

/** A key that is noted and not known to be gone. */
interface OpenKey {
  entry: JournalEntry;
  caller?: Caller;
}

async function makeKey(
  options: TemporaryKeyOptions,
  userName: string,
  open: Set<OpenKey>,
): Promise<ActingAs> {
  const { owner, identity, journal, signal } = options;
  const keysBefore = (await listKeys(owner, userName)).map(({ id }) => id);
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
    return { caller: key.caller, identity: await identify(key.caller) };
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
