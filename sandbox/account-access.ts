import type { SandboxAccount } from './account.ts';
import type { Accounts } from './accounts.ts';

/** What a client needs to act as somebody. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** An account, and the ways into it that are there from the start. */
export interface AccountAccess {
  readonly account: SandboxAccount;
  /** Access key of the account's administrator, an IAM user with AdministratorAccess. */
  readonly administrator: AccessKey & { readonly userName: string };
  /** Access key of the account's root user. */
  readonly root: AccessKey;
}

const administratorName = 'administrator';

/**
 * Makes an account, with the ways into it.
 *
 * @param id 12 digits; left out, one is drawn
 * @throws RangeError for an id that is none, or is taken
 */
export function openAccount(accounts: Accounts, id?: string): AccountAccess {
  const account = accounts.add(id);
  const administrator = account.iam.addAdministrator(administratorName);
  return {
    account,
    administrator: { ...administrator, userName: administratorName },
    root: account.iam.addRootKey(),
  };
}
