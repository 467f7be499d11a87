import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { didYouMean, similarNames } from '../near-misses.ts';
import { ownPolicies } from './own-policy.ts';

export const policyExists = defineCheck({
  id: 'iam/policy-exists',
  title: 'The customer managed policy is there',
  calls: ['iam:ListPolicies'],
  params: z.strictObject({ policy: z.string().describe('Name of the policy.') }),
  outputs: z.object({ id: z.string(), name: z.string(), arn: z.string() }),
  async run({ params, account }) {
    const policies = await ownPolicies(account);
    const policy = policies.find(({ PolicyName }) => PolicyName === params.policy);
    if (!policy) {
      const names = policies.flatMap(({ PolicyName }) => PolicyName ?? []);
      throw new Failed(`There is no customer managed policy ${params.policy} in the account ${account.id}.`, {
        nearMisses: didYouMean(similarNames(params.policy, names)),
      });
    }
    const { PolicyId: id = '', PolicyName: name = '', Arn: arn = '' } = policy;
    return { message: `The policy ${name} is there.`, outputs: { id, name, arn } };
  },
});
