/** Learners whose accounts are on a sandbox, good ones and broken ones. */
import { setTimeout as delay } from 'node:timers/promises';
import { CallError } from '../../checks/call.ts';
import type { AccessKey } from '../../runner/accounts/access-key.ts';
import { AwsCaller } from '../../runner/accounts/aws-caller.ts';
import type { Caller } from '../../runner/accounts/caller.ts';
import type { LearnerAccount } from '../../runner/grading/grade-learner.ts';
import type { Learner } from '../../runner/grading/learner-result.ts';
import { Journal } from '../../runner/probe/journal.ts';
import { removeLeftKeys } from '../../runner/probe/left-keys.ts';
import { temporaryKeyProber } from '../../runner/probe/temporary-key.ts';

/** What is wrong with an account: `hangs` never answers, `throttled` throttles every call, `briefly` only those of the first try. */
type Trouble = 'hangs' | 'throttled' | 'briefly' | 'wrong key';

export interface SandboxClassLearner extends Learner {
  readonly key: AccessKey;
  readonly trouble?: Trouble;
}

export interface SandboxClass {
  readonly place: { readonly region: string; readonly endpoint: string };
  readonly learners: readonly SandboxClassLearner[];
}

/** Learners whose account was opened in this process before. */
const opened = new Set<string>();

export async function openSandboxLearner(
  place: SandboxClass['place'],
  { id, key, trouble }: SandboxClassLearner,
  journalFolder: string,
  signal: AbortSignal,
): Promise<LearnerAccount> {
  const credentials = trouble === 'wrong key' ? { ...key, secretAccessKey: 'x'.repeat(40) } : key;
  const owner = new AwsCaller({ ...place, credentials, signal });
  const steward = new AwsCaller({ ...place, credentials });
  const first = !opened.has(id);
  opened.add(id);
  const journal = new Journal(journalFolder);
  return {
    caller: inTrouble(owner, trouble === 'briefly' && !first ? undefined : trouble),
    kind: 'sandbox',
    async prober(identity, recorded) {
      await removeLeftKeys({ owner: steward, identity, journal });
      return temporaryKeyProber({
        owner: recorded(steward),
        identity,
        journal,
        callerFor: (one) => new AwsCaller({ ...place, credentials: one, signal }),
        signal,
      });
    },
    close() {
      owner.close();
      steward.close();
    },
  };
}

function inTrouble(inner: Caller, trouble: Trouble | undefined): Caller {
  if (trouble === undefined || trouble === 'wrong key') return inner;
  return {
    region: inner.region,
    async send(call) {
      if (trouble === 'hangs') await delay(2 ** 30, undefined, { ref: false });
      throw new CallError(call, { code: 'ThrottlingException', message: 'Rate exceeded', status: 400 });
    },
    inRegion: (region) => inTrouble(inner.inRegion(region), trouble),
    close: () => inner.close(),
  };
}
