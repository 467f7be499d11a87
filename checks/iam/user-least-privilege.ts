import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { refuseExcess } from './excess.ts';
import { actionNames, needParams } from './need-params.ts';
import { readUserPolicies, userPolicyCalls } from './user-policies.ts';

/** What IAMUserChangePassword gives, which the console attaches to users who have to change their first password. */
const ownPassword = ['iam:ChangePassword', 'iam:GetAccountPasswordPolicy'];

/** The rights of one person are those of its groups and its own: whoever holds only a group to the need overlooks the latter. */
export const userLeastPrivilege = defineCheck({
  id: 'iam/user-least-privilege',
  title: 'Nothing that the user holds, itself or through its groups, allows more than is needed',
  calls: userPolicyCalls,
  basis: 'reasoned',
  params: z.strictObject({
    user: z.string().describe('Name of the user.'),
    ...needParams,
    besides: actionNames
      .default([])
      .describe(
        'Actions of other services that may be allowed as well, on named resources. Changing the own password always may.',
      ),
  }),
  outputs: z.object({ policies: z.array(z.string()) }),
  async run({ params, account }) {
    const { user, actions, resources, besides } = params;
    const { identity } = await readUserPolicies(account, user);
    refuseExcess(user, identity, { actions, resources, besides, harmless: ownPassword });
    const ways = identity.map(({ name, held }) => `${name} (${held})`);
    return {
      message: `All that ${user} holds is ${ways.join(', ')}: named actions on named resources.`,
      outputs: { policies: identity.map(({ name }) => name) },
    };
  },
});
