import { z } from 'zod';
import { explainAccess } from '../../policy/explanation/explain-access.ts';
import type { Explanation } from '../../policy/explanation/explanation.ts';
import type { AccessRequest } from '../../policy/request.ts';
import { callerContext, direct, together } from '../access/request-context.ts';
import { undecidedAccess } from '../access/undecided-access.ts';
import type { Account } from '../account.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { readUserPolicies, type UserPolicies, userPolicyCalls } from './user-policies.ts';

export const userAllowed = defineCheck({
  id: 'iam/user-allowed',
  title: "The user's own policies allow the actions",
  calls: userPolicyCalls,
  basis: 'reasoned',
  params: z.strictObject({
    user: z.string().describe('Name of the user.'),
    actions: z
      .array(z.string().regex(/^[a-z0-9-]+:\w+$/i))
      .min(1)
      .describe('Actions such as `dynamodb:Scan`.'),
    resource: z.string().describe('ARN of the resource that the actions are for.'),
  }),
  outputs: z.object({ policies: z.array(z.string()) }),
  async run({ params, account }) {
    const { user, actions, resource } = params;
    const policies = await readUserPolicies(account, user);
    const decided = actions.map((action) => ({ action, ...decide(policies, action, resource, account) }));
    const denied = decided.filter(
      ({ decision: { effect } }) => effect !== 'allowed' && effect !== 'undecided',
    );
    const [first] = denied;
    if (first) {
      const refused = denied.map((one) => one.action);
      const held = policies.identity.map((policy) => policy.name);
      throw new Failed(
        `${user} may not call ${refused.join(', ')} on ${resource}; its policies: ${held.join(', ') || 'none'}.`,
        {
          expected: actions,
          actual: actions.filter((action) => !refused.includes(action)),
          explanation: first,
        },
      );
    }
    const open = decided.find(({ decision }) => decision.effect === 'undecided');
    if (open) throw undecidedAccess(`Whether ${user} may call ${open.action} on ${resource}`, open);
    const names = [...new Set(decided.flatMap(({ decision }) => allowingPolicy(decision) ?? []))];
    const ways = policies.identity
      .filter(({ name }) => names.includes(name))
      .map((one) => `${one.name} (${one.held})`);
    return { message: `${user} is allowed by ${ways.join(', ')}.`, outputs: { policies: names } };
  },
});

function decide(held: UserPolicies, action: string, resource: string, account: Account<never>): Explanation {
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

function allowingPolicy(decision: Explanation['decision']): string | undefined {
  return decision.effect === 'allowed' ? decision.statement?.policy : undefined;
}
