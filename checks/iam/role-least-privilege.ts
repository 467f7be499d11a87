import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { refuseExcess } from './excess.ts';
import { needParams } from './need-params.ts';
import { readRolePolicies, rolePolicyCalls } from './role-policies.ts';

export const roleLeastPrivilege = defineCheck({
  id: 'iam/role-least-privilege',
  title: "The role's policies allow no more than is needed, without a wildcard",
  calls: rolePolicyCalls,
  basis: 'reasoned',
  params: z.strictObject({ role: z.string().describe('Name of the role.'), ...needParams }),
  outputs: z.object({ policies: z.array(z.string()) }),
  async run({ params, account }) {
    const { role } = params;
    const { identity } = await readRolePolicies(account, role);
    refuseExcess(`The role ${role}`, identity, params);
    const names = identity.map(({ name }) => name);
    return {
      message: `${names.join(', ')}: named actions on named resources.`,
      outputs: { policies: names },
    };
  },
});
