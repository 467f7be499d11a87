import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { describedTable } from '../dynamodb/table-keys.ts';
import { userPolicyCalls } from '../iam/user-policies.ts';
import { userActor } from './actor.ts';
import { allowedCall } from './call-trial.ts';
import { tableCallParams, tableCallProbes } from './table-call.ts';

export const callAllowed = defineCheck({
  id: 'access/call-allowed',
  title: 'The user is allowed the call on the table',
  calls: ['dynamodb:DescribeTable', ...userPolicyCalls],
  probes: tableCallProbes,
  params: z.strictObject({
    user: z.string().describe('Name of the IAM user whose access is tried.'),
    ...tableCallParams,
  }),
  outputs: z.object({ seen: z.string() }),
  async run({ params, account, actAs, bases, poll }) {
    const { user, table: name, ...tried } = params;
    const [table, actor] = await Promise.all([describedTable(account, name), userActor(account, user)]);
    return allowedCall({ actor, table, tried, account, bases, poll, act: () => actAs(user) });
  },
});
