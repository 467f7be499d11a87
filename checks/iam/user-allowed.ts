import { z } from 'zod';
import type { Explanation } from '../../policy/explanation/explanation.ts';
import { undecidedAccess } from '../access/undecided-access.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { explainUserAccess } from './user-access.ts';
import { readUserPolicies, userPolicyCalls } from './user-policies.ts';

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
    boundary: z
      .enum(['counts', 'left out'])
      .default('counts')
      .describe(
        "Whether a permissions boundary counts; left out, what it limits is seen: the user's own policies.",
      ),
  }),
  outputs: z.object({ policies: z.array(z.string()) }),
  async run({ params, account }) {
    const { user, actions, resource, boundary } = params;
    const held = await readUserPolicies(account, user);
    const policies = boundary === 'counts' ? held : { ...held, boundary: undefined };
    const decided = actions.map((action) => ({
      action,
      ...explainUserAccess(policies, action, resource, account),
    }));
    const denied = decided.filter(
      ({ decision: { effect } }) => effect !== 'allowed' && effect !== 'undecided',
    );
    const [first] = denied;
    if (first) {
      const refused = denied.map((one) => one.action);
      const names = policies.identity.map((policy) => policy.name);
      throw new Failed(
        `${user} may not call ${refused.join(', ')} on ${resource}${boundary === 'counts' ? '' : ', whatever its boundary says'}; its policies: ${names.join(', ') || 'none'}.`,
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

function allowingPolicy(decision: Explanation['decision']): string | undefined {
  return decision.effect === 'allowed' ? decision.statement?.policy : undefined;
}
