import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { describedTable } from '../dynamodb/table-keys.ts';
import { rolePolicyCalls } from '../iam/role-policies.ts';
import { sessionActor } from './actor.ts';
import { refusedCall } from './call-trial.ts';
import { refusalShape } from './experiment.ts';
import { openSession, sessionParams, trialSessionName } from './session.ts';
import { controlParam, tableCallParams, tableCallProbes } from './table-call.ts';

export const sessionDenied = defineCheck({
  id: 'access/session-denied',
  title: 'A session of the role is refused the call on the table, and allowed another',
  calls: ['dynamodb:DescribeTable', ...rolePolicyCalls],
  probes: ['sts:AssumeRole', ...tableCallProbes],
  params: z.strictObject({ ...sessionParams, ...tableCallParams, control: controlParam }),
  outputs: refusalShape,
  async run({ params, account, actAs, bases, poll }) {
    const { user, role, externalId, table: name, control, ...tried } = params;
    const [table, actor] = await Promise.all([
      describedTable(account, name),
      sessionActor(account, role, trialSessionName),
    ]);
    const roleArn = actor.principal.kind === 'role-session' ? actor.principal.roleArn : '';
    const asked = { roleArn, ...(externalId !== undefined && { externalId }) };
    const act = async () => openSession(await actAs(user), asked);
    return refusedCall({ actor, table, tried, account, bases, poll, act }, { control });
  },
});
