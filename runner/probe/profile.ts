import { NotJudged } from '../../checks/not-judged.ts';
import type { Caller, Identity } from '../accounts/caller.ts';
import { identify } from '../accounts/identify.ts';
import type { ActingAs, Prober } from './prober.ts';

export interface ProfileOptions {
  /** Name of the profile, for sentences. */
  readonly profile: string;
  /** Calls with the profile's credentials, to the same place as the owner's. */
  readonly caller: Caller;
  readonly owner: Identity;
}

/** Probes with credentials that the learner has put into a profile. Nothing is made, and nothing is left. */
export function profileProber({ profile, caller, owner }: ProfileOptions): Prober {
  let acting: Promise<ActingAs> | undefined;
  return {
    async actAs(userName, cleared) {
      await cleared?.();
      acting ??= identify(caller).then((identity) => ({ caller, identity }));
      const { identity } = await acting;
      if (identity.accountId === owner.accountId && isUser(identity.arn, userName)) return acting;
      throw new NotJudged(
        `The profile ${profile} belongs to ${identity.arn}, not to the user ${userName} of the account ${owner.accountId}.`,
        `Put an access key of ${userName} into the profile, or run again with \`--probe key\`.`,
      );
    },
    async renew() {
      acting = undefined;
    },
    async close() {
      caller.close();
    },
  };
}

/** The ARN of a user may hold a path before the name. */
function isUser(arn: string, userName: string): boolean {
  return arn.split(':')[5]?.startsWith('user/') === true && arn.endsWith(`/${userName}`);
}
