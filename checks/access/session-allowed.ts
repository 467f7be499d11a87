import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { describedTable } from '../dynamodb/table-keys.ts';
import { rolePolicyCalls } from '../iam/role-policies.ts';
import { sessionActor } from './actor.ts';
import { allowedCall } from './call-trial.ts';

import { openSession, sessionParams, trialSessionName } from './session.ts';
import { tableCallParams, tableCallProbes } from './table-call.ts';

export const sessionAllowed = defineCheck({
  id: 'access/session-allowed',
  title: 'A session of the role is allowed the call on the table',
  calls: ['dynamodb:DescribeTable', ...rolePolicyCalls],
  probes: ['sts:AssumeRole', ...tableCallProbes],
  params: z.strictObject({ ...sessionParams, ...tableCallParams }),
  outputs: z.object({ seen: z.string() }),
  async run({ params, account, actAs, bases, poll }) {
    const { user, role, externalId, table: name, ...tried } = params;
    const [table, actor] = await Promise.all([
      describedTable(account, name),
      sessionActor(account, role, trialSessionName),
    ]);
    const roleArn = actor.principal.kind === 'role-session' ? actor.principal.roleArn : '';
    const asked = { roleArn, ...(externalId !== undefined && { externalId }) };
    const act = async () => openSession(await actAs(user), asked);
    return allowedCall({ actor, table, tried, account, bases, poll, act });
  },
});
