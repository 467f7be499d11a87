import { z } from 'zod';
import { explainAccess } from '../../policy/explanation/explain-access.ts';
import type { Actor } from '../access/actor.ts';
import { requestOf } from '../access/table-call.ts';
import { undecidedAccess } from '../access/undecided-access.ts';
import { defineCheck } from '../check.ts';
import { describedTable } from '../dynamodb/table-keys.ts';
import { Failed, found } from '../expect.ts';
import { groupPolicyCalls, readGroupPolicies } from './user-policies.ts';

/** A user that no policy was written for: only what holds for every member holds for this one. */
const newcomer = 'labwright-newcomer';

/** Owners whose names are near the newcomer's, as patterns around a variable would take them, and one whose is not. */
const others = [`${newcomer}2`, `my-${newcomer}`, newcomer.toUpperCase(), 'labwright-somebody-else'];

/** Who is in a group changes; that a policy fits those who are in it today does not show that it fits everybody. */
export const groupOwnItems = defineCheck({
  id: 'iam/group-own-items',
  title: "The group's policies let whoever joins it read their own items, and nobody else's",
  calls: ['dynamodb:DescribeTable', ...groupPolicyCalls],
  basis: 'reasoned',
  params: z.strictObject({
    group: z.string().describe('Name of the group.'),
    table: z.string().describe('Name of the table, whose partition key holds the name of the owner.'),
    call: z.enum(['dynamodb:Query', 'dynamodb:DeleteItem']).describe('The call that names items.'),
    owners: z
      .array(z.string())
      .default([])
      .describe('Owners that there are, whose items a new member must not get either.'),
  }),
  outputs: z.object({ policies: z.array(z.string()) }),
  async run({ params, account }) {
    const { group, call, owners } = params;
    const [table, identity] = await Promise.all([
      describedTable(account, params.table),
      found(
        readGroupPolicies(account, group),
        `There is no IAM group ${group} in the account ${account.id}.`,
      ),
    ]);
    const [arn = 'arn', partition = 'aws'] = table.arn.split(':');
    const member: Actor = {
      name: newcomer,
      principal: {
        kind: 'user',
        arn: `${arn}:${partition}:iam::${account.id}:user/${newcomer}`,
        userId: 'AIDALABWRIGHTNEWCOMER',
        accountId: account.id,
      },
      policies: { identity },
    };
    const asked = [newcomer, ...owners, ...others].map((owner) => ({
      owner,
      ...explainAccess(requestOf({ call, partition: owner }, table, member, account), member.policies),
    }));
    for (const { owner, ...explanation } of asked) {
      const { effect } = explanation.decision;
      const isOwn = owner === newcomer;
      const what = `${call} on the items of ${owner}`;
      if (effect === 'undecided') {
        throw undecidedAccess(
          `Whether a member of ${group} named ${newcomer} is allowed ${what}`,
          explanation,
        );
      }
      if ((effect === 'allowed') === isOwn) continue;
      throw new Failed(
        isOwn
          ? `A new member of ${group}, ${newcomer} say, would not be allowed ${call} on its own items.`
          : `A new member of ${group}, ${newcomer} say, would be allowed ${what}.`,
        {
          expected: isOwn ? 'allowed' : 'refused',
          actual: isOwn ? 'refused' : 'allowed',
          explanation,
        },
      );
    }
    return {
      message: `The policies of ${group} allow every member ${call} on the items of its own name, and on no others.`,
      outputs: { policies: identity.map(({ name }) => name) },
    };
  },
});
