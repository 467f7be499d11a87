import { explainAccess } from '../../policy/explanation/explain-access.ts';
import type { Explanation } from '../../policy/explanation/explanation.ts';
import type { AccessRequest } from '../../policy/request.ts';
import { callerContext, direct, together } from '../access/request-context.ts';
import type { Account } from '../account.ts';
import type { UserPolicies } from './user-policies.ts';

/** Whether a user's own policies allow an action, for resources that have no policy of their own, and why. */
export function explainUserAccess(
  held: UserPolicies,
  action: string,
  resource: string,
  account: Account<never>,
): Explanation {
  const principal = {
    kind: 'user',
    arn: held.userArn,
    userId: held.userId,
    accountId: account.id,
  } as const;
  const request: AccessRequest = {
    principal,
    action,
    resource,
    resourceAccount: account.id,
    ...together(callerContext(principal, account, held.tags), direct),
  };
  return explainAccess(request, { identity: held.identity, boundary: held.boundary });
}
