import { CallError } from '../checks/call.ts';
import type { Identity } from './accounts/caller.ts';

/** The credentials are good, but belong to another account than the one that is meant. */
export class OtherAccount extends CallError {
  constructor({ accountId, arn }: Identity, meant: string) {
    super('sts:GetCallerIdentity', {
      code: 'OtherAccount',
      message: `The credentials belong to the account ${accountId} (${arn}), and ${meant} is meant; nothing in it was looked at.`,
    });
    this.name = 'OtherAccount';
  }
}

/** @throws OtherAccount */
export function refuseOther(identity: Identity, meant: string | undefined): void {
  if (meant !== undefined && identity.accountId !== meant) throw new OtherAccount(identity, meant);
}
