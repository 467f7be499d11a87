import type { AccountAccess } from '../../sandbox/sandbox.ts';
import type { Identity } from './client-settings.ts';

/** Who can act in the accounts of a sandbox from the start. @param withRoot each account's root user as well */
export function sandboxIdentities(accounts: readonly AccountAccess[], withRoot: boolean): Identity[] {
  return accounts.flatMap(({ account, administrator, root }, index) => {
    const profile = index === 0 ? 'sandbox' : `sandbox-${index + 1}`;
    const { accessKeyId, secretAccessKey } = administrator;
    const who = `administrator of account ${account.id}`;
    return [
      { profile, who, accessKeyId, secretAccessKey },
      ...(withRoot
        ? [{ profile: `${profile}-root`, who: `root user of account ${account.id}`, ...root }]
        : []),
    ];
  });
}
