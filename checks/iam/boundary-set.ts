import { z } from 'zod';
import { explainAccess } from '../../policy/explanation/explain-access.ts';
import { callerContext, direct, together } from '../access/request-context.ts';
import { undecidedAccess } from '../access/undecided-access.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { hints } from '../near-misses.ts';
import { managedPolicyCalls, readManagedPolicy } from './held-policies.ts';

/** A boundary gives nothing, it limits: what it is to withhold is read off it, where trying could do harm. */
export const boundarySet = defineCheck({
  id: 'iam/boundary-set',
  title: 'A permissions boundary withholds the actions from the user',
  calls: ['iam:GetUser', 'iam:ListAttachedUserPolicies', ...managedPolicyCalls],
  optional: ['iam:ListAttachedUserPolicies'],
  basis: 'reasoned',
  params: z.strictObject({
    user: z.string().describe('Name of the user.'),
    withholds: z
      .array(z.string().regex(/^[a-z0-9-]+:\w+$/i))
      .min(1)
      .describe('Actions that the boundary must not allow, such as `dynamodb:DeleteTable`.'),
    resource: z.string().describe('ARN of the resource that the actions are for.'),
  }),
  outputs: z.object({ policy: z.string(), arn: z.string() }),
  async run({ params, account, found }) {
    const { user: UserName, withholds, resource } = params;
    const { User } = await found(
      account.call('iam:GetUser', { UserName }),
      `There is no IAM user ${UserName} in the account ${account.id}.`,
    );
    const boundary = await readManagedPolicy(account, User?.PermissionsBoundary?.PermissionsBoundaryArn);
    if (!boundary) {
      const nearMisses = await hints(async () => {
        const { AttachedPolicies = [] } = await account.call('iam:ListAttachedUserPolicies', { UserName });
        const names = AttachedPolicies.map(({ PolicyName }) => `\`${PolicyName}\``).join(', ');
        return names === '' ? [] : [`Attached as permissions, which give and do not limit: ${names}.`];
      });
      throw new Failed(`${UserName} has no permissions boundary.`, {
        expected: 'a permissions boundary',
        actual: 'none',
        nearMisses,
      });
    }
    const principal = {
      kind: 'user',
      arn: User?.Arn ?? '',
      userId: User?.UserId ?? '',
      accountId: account.id,
    } as const;
    const tags = Object.fromEntries((User?.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
    const known = together(callerContext(principal, account, tags), direct);
    const explained = withholds.map((action) => ({
      action,
      ...explainAccess(
        { principal, action, resource, resourceAccount: account.id, ...known },
        { identity: [boundary] },
      ),
    }));
    const allowed = explained
      .filter(({ decision }) => decision.effect === 'allowed')
      .map(({ action }) => action);
    if (allowed.length > 0) {
      throw new Failed(
        `The permissions boundary ${boundary.name} of ${UserName} still allows ${allowed.join(', ')}.`,
        {
          expected: `no ${withholds.join(', ')}`,
          actual: allowed,
        },
      );
    }
    const open = explained.find(({ decision }) => decision.effect === 'undecided');
    if (open) throw undecidedAccess(`Whether ${boundary.name} withholds ${open.action}`, open);
    return {
      message: `The permissions boundary ${boundary.name} withholds ${withholds.join(', ')} from ${UserName}.`,
      outputs: { policy: boundary.name, arn: boundary.arn ?? '' },
    };
  },
});
