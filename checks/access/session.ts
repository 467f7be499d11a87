/** A session of a role that a user assumes for a trial. */
import { z } from 'zod';
import type { Account, AskedRole, TriedAccount } from '../account.ts';
import { CallError, type CallName, isAccessDenied } from '../call.ts';
import { NotJudged } from '../not-judged.ts';

/** Shown in the learner's CloudTrail, and always the same, so that a recording knows the session again. */
export const trialSessionName = 'labwright';

export const sessionParams = {
  user: z.string().describe('Name of the IAM user that assumes the role.'),
  role: z.string().describe('Name of the role.'),
  externalId: z.string().optional().describe('External id that is told with the request for the role.'),
};

/** @throws NotJudged when the user is not let into the role, which is another check's question; CallError */
export async function openSession<Calls extends CallName>(
  asUser: TriedAccount<Calls>,
  asked: AskedRole,
): Promise<Account<Calls>> {
  try {
    return await asUser.inRole(asked);
  } catch (error) {
    if (!(error instanceof CallError) || !isAccessDenied(error)) throw error;
    throw new NotJudged(`No session of the role could be opened: ${error.sentence}`);
  }
}
