import { NotJudged } from '../../checks/not-judged.ts';
import type { Prober } from './prober.ts';

/** Asks before the first use, once for each user and one after the other; who says no has the other ways left. */
export function askingProber(ask: (userName: string) => Promise<boolean>, prober: Prober): Prober {
  const answers = new Map<string, Promise<boolean>>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    async actAs(userName, cleared) {
      await cleared?.();
      const answer = answers.get(userName) ?? last.then(() => ask(userName));
      answers.set(userName, answer);
      last = answer.catch(() => undefined);
      if (await answer) return prober.actAs(userName);
      throw new NotJudged(
        `You did not agree to a temporary access key of ${userName}, so its access was not tried.`,
        `\`--probe profile:NAME\` tries it with a key of yours, \`--probe history\` looks into CloudTrail.`,
      );
    },
    // An answer holds for as long as somebody is at it.
    renew: () => prober.renew(),
    close: () => prober.close(),
  };
}
