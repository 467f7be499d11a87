import type { Identity } from '../accounts/caller.ts';
import { usersIn } from '../permissions/needed.ts';
import type { Step } from '../plan.ts';
import type { Item } from './item.ts';

/** Who checks as the user whose access is tried cannot be the control of the trial. */
export function testUserItem({ arn }: Identity, steps: readonly Step[]): Item | undefined {
  const isUser = arn.split(':')[5]?.startsWith('user/') === true;
  const user = usersIn(steps).find((one) => isUser && arn.endsWith(`/${one}`));
  if (user === undefined) return undefined;
  if (!steps.some(({ check }) => check.probes.length > 0)) return undefined;
  return {
    id: 'credentials',
    state: 'missing',
    message: `These are credentials of ${user}, the user whose access the lab tries.`,
    advice: 'Check with your own credentials, for example with `--profile`.',
  };
}
