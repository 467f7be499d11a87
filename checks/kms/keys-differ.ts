import { z } from 'zod';
import { defineCheck } from '../check.ts';

export const keysDiffer = defineCheck({
  id: 'kms/keys-differ',
  title: 'The two names stand for two different keys',
  calls: ['kms:DescribeKey'],
  params: z.strictObject({
    key: z.string().describe('Alias, id or ARN of a key.'),
    other: z.string().describe('Alias, id or ARN of the other one.'),
  }),
  async run({ params, account, expect, found }) {
    const idOf = async (name: string) => {
      const answer = account.call('kms:DescribeKey', { KeyId: name });
      const { KeyMetadata } = await found(answer, `There is no key ${name} in ${account.region}.`);
      return KeyMetadata?.KeyId;
    };
    const { key, other } = params;
    const [id, otherId] = await Promise.all([idOf(key), idOf(other)]);
    expect(id, `${key} and ${other} are the same key, ${id}.`).not.to.equal(otherId);
    return { message: `${key} is the key ${id}, and ${other} the key ${otherId}.` };
  },
});
