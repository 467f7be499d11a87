/** From a line of the roster to the learner's account: through their role, or with a profile of the instructor's. */
import { join } from 'node:path';
import { Connections } from '../../runner/accounts/connections.ts';
import type { LearnerAccount } from '../../runner/grading/grade-learner.ts';
import { LearnerFolder } from '../../runner/grading/learner-folder.ts';
import type { Lab } from '../../runner/lab/lab.ts';
import { Journal } from '../../runner/probe/journal.ts';
import { removeLeftKeys } from '../../runner/probe/left-keys.ts';
import { temporaryKeyProber } from '../../runner/probe/temporary-key.ts';
import type { Learner } from '../../runner/roster/roster.ts';
import { type OpenAccount, openAccount } from '../accounts/open-account.ts';
import { labSession, openAssumedRole } from '../accounts/open-assumed-role.ts';
import type { AccountFlags } from '../options/account.ts';

export interface OpenLearnerOptions {
  readonly lab: Lab;
  /** The folder of the class: what was made for probes is noted in the learner's. */
  readonly out: string;
  /** The instructor's own account, and where calls go. */
  readonly account: AccountFlags;
  /** Whether temporary access keys of the test user are made. */
  readonly keys: boolean;
}

/** Who is entered, and how. */
type Reached = Pick<Learner, 'id' | 'access' | 'region' | 'params'>;

/** What `gradeClass` and a worker open accounts with. */
export function learnerOpener(
  options: OpenLearnerOptions,
): (learner: Reached, signal: AbortSignal) => Promise<LearnerAccount> {
  const bases = new Map<string, Promise<OpenAccount>>();
  const connections = new Connections();
  const baseOf = (flags: AccountFlags): Promise<OpenAccount> => {
    const key = JSON.stringify([flags.profile, flags.region]);
    const base = bases.get(key) ?? openAccount(flags, connections);
    bases.set(key, base);
    // What failed once may work the next time.
    base.catch(() => bases.delete(key));
    return base;
  };
  return async (learner, signal) => {
    const journal = new Journal(join(new LearnerFolder(options.out, learner.id).path, 'probe-keys'));
    // A key that a killed run left behind can be taken back only by a session that may do that.
    const mayMakeKeys = options.keys || (await journal.entries()).length > 0;
    const account = await openedAs(learner, { ...options, mayMakeKeys }, baseOf);
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
  { lab, account, mayMakeKeys }: OpenLearnerOptions & { readonly mayMakeKeys: boolean },
  baseOf: (flags: AccountFlags) => Promise<OpenAccount>,
): Promise<OpenAccount> {
  const here = { ...account, ...(region !== undefined && { region }) };
  if (access.kind === 'profile') {
    if (!account.sandbox) return baseOf({ ...here, profile: access.name });
    const base = await baseOf(here);
    return { ...base, owner: (signal) => base.withProfile(access.name, signal) };
  }
  const { arn, externalId } = access;
  return openAssumedRole(await baseOf(here), {
    arn,
    ...(externalId !== undefined && { externalId }),
    ...labSession(arn, { lab, settings: params, probe: mayMakeKeys }),
  });
}
