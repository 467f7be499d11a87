import { NotJudged } from '../../checks/not-judged.ts';
import type { Caller, Identity } from '../accounts/caller.ts';

/** Somebody else's place: calls are signed with that principal's credentials. */
export interface ActingAs {
  readonly caller: Caller;
  readonly identity: Identity;
}

type Clearance = () => Promise<void>;

/** Gets the right to act as an IAM user of the account, for probes. */
export interface Prober {
  /**
   * @param cleared settles when it is known whether there is a point in acting; nothing is made, nor anybody asked, before
   * @throws NotJudged when no credentials of that user may be used; what `cleared` throws
   */
  actAs(userName: string, cleared?: Clearance): Promise<ActingAs>;
  /** Before another run with it: what went wrong is forgotten, so that it is tried again. */
  renew(): Promise<void>;
  /** Takes back whatever was made for it. Safe to call more than once. */
  close(): Promise<void>;
}

/** The way of judging when nobody agreed to any: probes are not made, and say so. */
export const noProber: Prober = {
  async actAs(userName, cleared) {
    await cleared?.();
    throw new NotJudged(
      `Nobody agreed to credentials of ${userName}, so its access was not tried.`,
      `Run again with \`--probe key\`: a temporary access key of ${userName} is made for the trial and deleted right after. Or with \`--probe profile:NAME\`, if you have one of ${userName} in a profile.`,
    );
  },
  async renew() {},
  async close() {},
};
