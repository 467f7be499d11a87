import type { Connections } from '../../runner/accounts/connections.ts';
import type { OpenAccount } from '../../runner/accounts/open-account.ts';
import type { Entrance } from '../../runner/grading/open-learner.ts';
import { openAccount } from '../accounts/open-account.ts';
import type { AccountFlags } from '../options/account.ts';

/** From where learners' accounts are entered: what the flags say, but where the roster says otherwise. */
export function entranceOf(flags: AccountFlags) {
  return async (entrance: Entrance, connections: Connections): Promise<OpenAccount> => {
    const account = await openAccount({ ...flags, ...entrance }, connections);
    const { profile } = entrance;
    // A sandbox is entered as its administrator, whatever the profile.
    if (!flags.sandbox || profile === undefined) return account;
    return { ...account, owner: (signal) => account.withProfile(profile, signal) };
  };
}
