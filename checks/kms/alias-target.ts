import { z } from 'zod';
import { defineCheck } from '../check.ts';

export const aliasTarget = defineCheck({
  id: 'kms/alias-target',
  title: 'The alias leads to that very key',
  calls: ['kms:DescribeKey'],
  params: z.strictObject({
    alias: z.string().startsWith('alias/').describe('The alias, `alias/` included.'),
    key: z.string().describe('ARN of the key that it must lead to.'),
  }),
  async run({ params, account, expect, found }) {
    const { alias, key } = params;
    const { KeyMetadata } = await found(
      account.call('kms:DescribeKey', { KeyId: alias }),
      `There is no alias ${alias} in ${account.region}.`,
    );
    const id = KeyMetadata?.KeyId;
    expect(KeyMetadata?.Arn, `${alias} leads to another key, ${id}.`).to.equal(key);
    return { message: `${alias} leads to the key ${id}.` };
  },
});
