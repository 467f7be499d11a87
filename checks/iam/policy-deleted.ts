import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { ownPolicies } from './own-policy.ts';

export const policyDeleted = defineCheck({
  id: 'iam/policy-deleted',
  title: 'The customer managed policy is gone',
  calls: ['iam:ListPolicies'],
  params: z.strictObject({ policy: z.string().describe('Name of a policy that was once seen.') }),
  async run({ params, account }) {
    const left = (await ownPolicies(account)).find(({ PolicyName }) => PolicyName === params.policy);
    if (!left) return { message: `The policy ${params.policy} is gone.` };
    const uses = (left.AttachmentCount ?? 0) + (left.PermissionsBoundaryUsageCount ?? 0);
    throw new Failed(
      `The policy ${params.policy} is still there, ${uses === 0 ? 'and nobody uses it' : `used by ${uses}`}.`,
      { expected: 'gone', actual: 'there' },
    );
  },
});
