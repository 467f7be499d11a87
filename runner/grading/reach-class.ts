import type { Identity } from '../accounts/caller.ts';
import { identify } from '../accounts/identify.ts';
import { refuseOther } from '../other-account.ts';
import { eachOf } from './each-of.ts';
import { type LearnerAccount, type LearnerOutcome, unreached, withinLimit } from './grade-learner.ts';
import type { Learner } from './learner-result.ts';

export interface ReachClassOptions<One extends Learner> {
  readonly learners: readonly One[];
  readonly openAccount: (learner: One, signal: AbortSignal) => Promise<LearnerAccount>;
  /** Learners side by side. Default 10. */
  readonly concurrency?: number;
  /** For one learner, in milliseconds. Default 30 seconds. */
  readonly timeLimitMs?: number;
}

export interface Reached {
  readonly id: string;
  /** Who would be asking there; absent when the account cannot be reached. */
  readonly identity?: Identity;
  readonly problem?: LearnerOutcome['problem'];
}

/** A dry run: asks each account who is asking, and nothing else. Writes nothing. In the order of the learners. */
export async function reachClass<One extends Learner>(options: ReachClassOptions<One>): Promise<Reached[]> {
  const { learners, openAccount, concurrency = 10, timeLimitMs = 30_000 } = options;
  const reached = new Map<string, Reached>();
  await eachOf(learners, concurrency, undefined, async (learner) => {
    const { id, account: meant } = learner;
    const answer = await withinLimit(timeLimitMs, async (signal): Promise<Reached> => {
      let account: LearnerAccount | undefined;
      try {
        account = await openAccount(learner, signal);
        const identity = await identify(account.caller);
        refuseOther(identity, meant);
        return { id, identity };
      } catch (error) {
        return { id, problem: unreached(error).problem };
      } finally {
        account?.close();
      }
    });
    reached.set(id, answer ?? { id, problem: { message: 'The account did not answer in time.' } });
  });
  return learners.flatMap(({ id }) => reached.get(id) ?? []);
}
