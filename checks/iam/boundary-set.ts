import { z } from 'zod';
import { explainAccess } from '../../policy/explanation/explain-access.ts';
import type { Explanation } from '../../policy/explanation/explanation.ts';
import { callerContext, direct, together } from '../access/request-context.ts';
import { undecidedAccess } from '../access/undecided-access.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { hints } from '../near-misses.ts';
import { managedPolicyCalls, readManagedPolicy } from './held-policies.ts';

/**
 * A boundary gives nothing, it limits: what it is to withhold is read off it, where trying could do harm. Whatever the lab asks for, it
 * has to withhold what would take it off the user or rewrite it.
 */
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
      .describe(
        'Actions that the boundary must not allow, such as `dynamodb:DeleteTable`. Changing the boundary need not be named.',
      ),
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
    const explain = (action: string, on: string) => ({
      action,
      ...explainAccess(
        { principal, action, resource: on, resourceAccount: account.id, ...known },
        { identity: [boundary] },
      ),
    });
    const explained = withholds.map((action) => explain(action, resource));
    const allowed = allowedOf(explained);
    if (allowed.length > 0) {
      throw new Failed(
        `The permissions boundary ${boundary.name} of ${UserName} still allows ${allowed.join(', ')}.`,
        {
          expected: `no ${withholds.join(', ')}`,
          actual: allowed,
        },
      );
    }
    const undoing = [
      ...onUser.map((action) => explain(action, principal.arn)),
      // What AWS manages nobody else can change.
      ...(boundary.arn?.includes(`:${account.id}:policy/`) ? onPolicy : []).map((action) =>
        explain(action, boundary.arn ?? ''),
      ),
    ];
    const undone = allowedOf(undoing);
    if (undone.length > 0) {
      throw new Failed(
        `The permissions boundary ${boundary.name} does not protect itself: it still allows ${undone.join(', ')}.`,
        { expected: `no ${undoing.map(({ action }) => action).join(', ')}`, actual: undone },
      );
    }
    const open = [...explained, ...undoing].find(({ decision }) => decision.effect === 'undecided');
    if (open) throw undecidedAccess(`Whether ${boundary.name} withholds ${open.action}`, open);
    return {
      message: `The permissions boundary ${boundary.name} withholds ${withholds.join(', ')} from ${UserName}.`,
      outputs: { policy: boundary.name, arn: boundary.arn ?? '' },
    };
  },
});

/** Who may do this to itself has no boundary for long: "Permissions boundaries for IAM entities", IAM user guide. */
const onUser = ['iam:DeleteUserPermissionsBoundary', 'iam:PutUserPermissionsBoundary'];
const onPolicy = ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'];

function allowedOf(explained: readonly ({ action: string } & Explanation)[]): string[] {
  return explained.filter(({ decision }) => decision.effect === 'allowed').map(({ action }) => action);
}
