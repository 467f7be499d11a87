import { evaluate } from '../../policy/evaluate.ts';
import type { AccessRequest } from '../../policy/request.ts';
import type { Account } from '../account.ts';
import { readUserPolicies, type userPolicyCalls } from '../iam/user-policies.ts';
import { userContext } from './request-context.ts';

/**
 * Whether the user's own policies allow actions on a table: then a refusal of them is AWS still spreading a change.
 *
 * @throws Failed when there is no such user; NotJudged; CallError
 */
export async function mayUseTable(
  account: Account<(typeof userPolicyCalls)[number]>,
  { user, tableArn, actions }: { user: string; tableArn: string; actions: readonly string[] },
): Promise<boolean> {
  const held = await readUserPolicies(account, user);
  return actions.every((action) => {
    const request: AccessRequest = {
      principal: { kind: 'user', arn: held.userArn, userId: held.userId, accountId: account.id },
      action,
      resource: tableArn,
      resourceAccount: account.id,
      context: userContext(held, account),
    };
    return evaluate(request, { identity: held.identity, boundary: held.boundary }).effect === 'allowed';
  });
}
