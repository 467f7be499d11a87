/** From a line of the roster to the learner's account: through their role, or with a profile of the instructor's. */
import { join } from 'node:path';
import { Connections } from '../accounts/connections.ts';
import type { OpenAccount } from '../accounts/open-account.ts';
import type { Lab } from '../lab/lab.ts';
import { Journal } from '../probe/journal.ts';
import { removeLeftKeys } from '../probe/left-keys.ts';
import { temporaryKeyProber } from '../probe/temporary-key.ts';
import { labSession, openAssumedRole } from '../role/open-assumed-role.ts';
import type { Learner } from '../roster/roster.ts';
import type { LearnerAccount } from './grade-learner.ts';
import { LearnerFolder } from './learner-folder.ts';

/** From where a learner's account is entered; what is absent is as usual on this machine. */
export interface Entrance {
  readonly profile?: string;
  readonly region?: string;
}

export interface OpenLearnerOptions {
  readonly lab: Lab;
  /** The folder of the class: what was made for probes is noted in the learner's. */
  readonly out: string;
  /** Opens what the instructor has credentials for: with a profile, that account, and otherwise the one that may assume roles. */
  readonly openEntrance: (entrance: Entrance, connections: Connections) => Promise<OpenAccount>;
  /** Whether temporary access keys of the test user are made. */
  readonly keys: boolean;
}

/** Who is entered, and how. */
type Reached = Pick<Learner, 'id' | 'access' | 'region' | 'params'>;

/** What `gradeClass` and a worker open accounts with. */
export function learnerOpener(
  options: OpenLearnerOptions,
): (learner: Reached, signal?: AbortSignal) => Promise<LearnerAccount> {
  const opened = new Map<string, Promise<OpenAccount>>();
  const connections = new Connections();
  const enter = (entrance: Entrance): Promise<OpenAccount> => {
    const key = JSON.stringify([entrance.profile, entrance.region]);
    const account = opened.get(key) ?? options.openEntrance(entrance, connections);
    opened.set(key, account);
    // What failed once may work the next time.
    account.catch(() => opened.delete(key));
    return account;
  };
  return async (learner, signal) => {
    const journal = new Journal(join(new LearnerFolder(options.out, learner.id).path, 'probe-keys'));
    // A key that a killed run left behind can be taken back only by a session that may do that.
    const mayMakeKeys = options.keys || (await journal.entries()).length > 0;
    const account = await openedAs(learner, { lab: options.lab, mayMakeKeys, enter });
    const owner = account.owner(signal);
    // Keys are deleted by a caller of its own, which the time limit does not stop.
    const steward = account.owner();
    return {
      caller: owner,
      kind: account.kind,
      ...(mayMakeKeys && {
        async prober(identity, recorded) {
          await removeLeftKeys({ owner: steward, identity, journal });
          if (!options.keys) return undefined;
          return temporaryKeyProber({
            owner: recorded(steward),
            identity,
            journal,
            callerFor: (key) => account.withKey(key, signal),
            signal,
          });
        },
      }),
      close() {
        owner.close();
        steward.close();
      },
    };
  };
}

async function openedAs(
  { access, region, params }: Reached,
  {
    lab,
    mayMakeKeys,
    enter,
  }: {
    readonly lab: Lab;
    readonly mayMakeKeys: boolean;
    readonly enter: (entrance: Entrance) => Promise<OpenAccount>;
  },
): Promise<OpenAccount> {
  const here = region === undefined ? {} : { region };
  if (access.kind === 'profile') return enter({ ...here, profile: access.name });
  const { arn, externalId } = access;
  return openAssumedRole(await enter(here), {
    arn,
    ...(externalId !== undefined && { externalId }),
    ...labSession(arn, { lab, settings: params, probe: mayMakeKeys }),
  });
}
