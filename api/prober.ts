/** How a run tries what another user may do. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AwsCaller } from '../runner/accounts/aws-caller.ts';
import type { Caller, Identity } from '../runner/accounts/caller.ts';
import type { OpenAccount } from '../runner/accounts/open-account.ts';
import { PlanError } from '../runner/plan.ts';
import { Journal } from '../runner/probe/journal.ts';
import { removeLeftKeys } from '../runner/probe/left-keys.ts';
import type { Prober } from '../runner/probe/prober.ts';
import { profileProber } from '../runner/probe/profile.ts';
import { temporaryKeyProber } from '../runner/probe/temporary-key.ts';
import { waysOf } from '../runner/probe/ways.ts';
import type { Basis } from '../runner/result.ts';
import type { StateFolder } from '../runner/state/state-folder.ts';

/**
 * `key`: with a temporary access key, which is made for the run and deleted at its end. `history`: CloudTrail alone is asked.
 * `reason`: the policies alone are read. A profile: with an access key of that user that is there already.
 */
export type Probe = 'key' | 'history' | 'reason' | { readonly profile: string };

export interface ProbeOptions {
  readonly account: OpenAccount;
  readonly probe?: Probe | undefined;
  readonly state?: StateFolder | undefined;
  readonly signal: AbortSignal;
}

export interface OpenProbe {
  readonly ways: ReadonlySet<Basis>;
  readonly prober: (identity: Identity, recorded: (caller: Caller) => Caller) => Promise<Prober | undefined>;
  readonly close: () => Promise<void>;
}

/** @throws PlanError where a temporary key could not be noted down before it is made */
export async function openProbe({ account, probe, state, signal }: ProbeOptions): Promise<OpenProbe> {
  if (probe === 'key' && !state && account.kind !== 'sandbox')
    throw new PlanError(
      'A temporary access key is noted down before it is made, so that none is left by a program that is killed. Name a `folder` for that, or another way than `key`.',
    );
  // The keys of a sandbox are gone with it.
  const notes = probe === 'key' && !state ? await mkdtemp(join(tmpdir(), 'labwright-')) : undefined;
  const callers: AwsCaller[] = [];
  const closedAtEnd = (caller: AwsCaller) => {
    callers.push(caller);
    return caller;
  };
  return {
    ways: waysOf(typeof probe === 'object' ? 'profile' : probe),
    async prober(identity, recorded) {
      if (typeof probe === 'object')
        return profileProber({
          ...probe,
          caller: closedAtEnd(account.withProfile(probe.profile, signal)),
          owner: identity,
        });
      if (probe !== 'key') return undefined;
      const journal = new Journal(state?.journalFolder ?? notes ?? '');
      // Keys are deleted by a caller of its own, which an interruption does not stop.
      const owner = recorded(closedAtEnd(account.owner()));
      await removeLeftKeys({ owner, identity, journal });
      return temporaryKeyProber({
        owner,
        identity,
        journal,
        callerFor: (key) => closedAtEnd(account.withKey(key, signal)),
        signal,
      });
    },
    async close() {
      for (const caller of callers) caller.close();
      if (notes !== undefined) await rm(notes, { recursive: true, force: true });
    },
  };
}
