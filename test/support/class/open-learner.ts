/** Opens a learner's account as an instructor does: through the role, with the session cut down to the lab's calls. */
import { join } from 'node:path';
import type { OpenAccount } from '../../../cli/accounts/open-account.ts';
import { labSession, openAssumedRole } from '../../../cli/accounts/open-assumed-role.ts';
import type { AccessKey } from '../../../runner/accounts/access-key.ts';
import { AwsCaller } from '../../../runner/accounts/aws-caller.ts';
import type { Connections } from '../../../runner/accounts/connections.ts';
import type { LearnerAccount } from '../../../runner/grading/grade-learner.ts';
import type { Learner } from '../../../runner/grading/learner-result.ts';
import type { Lab } from '../../../runner/lab/lab.ts';
import { Journal } from '../../../runner/probe/journal.ts';
import { removeLeftKeys } from '../../../runner/probe/left-keys.ts';
import { temporaryKeyProber } from '../../../runner/probe/temporary-key.ts';

export interface Instructor {
  readonly region: string;
  readonly endpoint: string;
  readonly key: AccessKey;
}

/** A line of the roster. */
export interface RosterLearner extends Learner {
  readonly account: string;
  readonly role: string;
  readonly externalId: string;
  readonly params: Readonly<Record<string, string>>;
}

export interface OpenLearnerOptions {
  readonly lab: Lab;
  readonly instructor: Instructor;
  /** Of journals of temporary keys. */
  readonly folder: string;
  /** Shared by the learners of a grading. */
  readonly connections?: Connections;
}

export function openLearner(
  { lab, instructor, folder, connections }: OpenLearnerOptions,
  learner: RosterLearner,
  signal?: AbortSignal,
): LearnerAccount {
  const session = labSession(learner.role, { lab, settings: learner.params, probe: true });
  const { role: arn, externalId } = learner;
  const account = openAssumedRole(accountOf(instructor, connections), { arn, externalId, ...session });
  const caller = account.owner(signal);
  const steward = account.owner();
  const journal = new Journal(join(folder, learner.id));
  return {
    caller,
    kind: 'sandbox',
    async prober(identity, recorded) {
      await removeLeftKeys({ owner: steward, identity, journal });
      return temporaryKeyProber({
        owner: recorded(steward),
        identity,
        journal,
        callerFor: (key) => account.withKey(key, signal),
        ...(signal && { signal }),
      });
    },
    close() {
      caller.close();
      steward.close();
    },
  };
}

function accountOf({ region, endpoint, key }: Instructor, connections?: Connections): OpenAccount {
  const withKey = (credentials: AccessKey, signal?: AbortSignal) =>
    new AwsCaller({ region, endpoint, credentials, connections, ...(signal && { signal }) });
  return {
    kind: 'sandbox',
    endpoint,
    connections,
    owner: (signal) => withKey(key, signal),
    withKey,
    withProfile: (profile) => new AwsCaller({ region, endpoint, connections, profile }),
  };
}
