import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { found } from '../expect.ts';
import { refuseExcess } from './excess.ts';
import { needParams } from './need-params.ts';
import { groupPolicyCalls, readGroupPolicies } from './user-policies.ts';

export const groupLeastPrivilege = defineCheck({
  id: 'iam/group-least-privilege',
  title: "The group's policies allow no more than is needed, without a wildcard",
  calls: groupPolicyCalls,
  basis: 'reasoned',
  params: z.strictObject({ group: z.string().describe('Name of the group.'), ...needParams }),
  outputs: z.object({ policies: z.array(z.string()) }),
  async run({ params, account }) {
    const { group } = params;
    const policies = await found(
      readGroupPolicies(account, group),
      `There is no IAM group ${group} in the account ${account.id}.`,
    );
    refuseExcess(`The group ${group}`, policies, params);
    const names = policies.map(({ name }) => name);
    return {
      message: `${names.join(', ')}: named actions on named resources.`,
      outputs: { policies: names },
    };
  },
});
