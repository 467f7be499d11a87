import { identify } from '../../runner/accounts/identify.ts';
import type { OpenAccount } from '../../runner/accounts/open-account.ts';
import type { Learner } from '../../runner/roster/roster.ts';

/**
 * Instructor's credentials that do not work would keep everybody from being judged who is entered through a role.
 *
 * @throws CallError
 */
export async function refuseWithoutCredentials(
  learners: readonly Learner[],
  open: () => OpenAccount | Promise<OpenAccount>,
  signal?: AbortSignal,
): Promise<void> {
  if (!learners.some(({ access }) => access.kind === 'role')) return;
  const caller = (await open()).owner(signal);
  try {
    await identify(caller);
  } finally {
    caller.close();
  }
}
