import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { describedTable } from '../dynamodb/table-keys.ts';
import { userPolicyCalls } from '../iam/user-policies.ts';
import { userActor } from './actor.ts';
import { limits, refusedCall } from './call-trial.ts';
import { refusalShape } from './experiment.ts';
import { controlParam, tableCallParams, tableCallProbes } from './table-call.ts';

export const callDenied = defineCheck({
  id: 'access/call-denied',
  title: 'The user is refused the call on the table, and allowed another',
  calls: ['dynamodb:DescribeTable', ...userPolicyCalls],
  probes: tableCallProbes,
  params: z.strictObject({
    user: z.string().describe('Name of the IAM user whose access is tried.'),
    ...tableCallParams,
    control: controlParam,
    by: z.enum(limits).optional().describe('What has to withhold it; anything does when absent.'),
  }),
  outputs: refusalShape,
  async run({ params, account, actAs, bases, poll }) {
    const { user, table: name, control, by, ...tried } = params;
    const [table, actor] = await Promise.all([describedTable(account, name), userActor(account, user)]);
    const trial = { actor, table, tried, account, bases, poll, act: () => actAs(user) };
    return refusedCall(trial, { control, by });
  },
});
