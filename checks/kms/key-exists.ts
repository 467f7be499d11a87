import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { didYouMean, hints, inOtherRegion, regionsWith, similarNames } from '../near-misses.ts';

export const keyExists = defineCheck({
  id: 'kms/key-exists',
  title: 'A KMS key of the right kind answers to the alias',
  calls: ['kms:DescribeKey', 'kms:ListAliases'],
  optional: ['kms:ListAliases'],
  params: z.strictObject({
    alias: z.string().startsWith('alias/').describe('The alias of the key, `alias/` included.'),
    keySpec: z.string().default('SYMMETRIC_DEFAULT').describe('As in KeyMetadata.KeySpec.'),
    keyUsage: z.string().default('ENCRYPT_DECRYPT').describe('As in KeyMetadata.KeyUsage.'),
    manager: z.enum(['CUSTOMER', 'AWS']).default('CUSTOMER').describe('Who manages the key.'),
    state: z
      .union([z.string(), z.array(z.string()).min(1)])
      .default('Enabled')
      .describe('As in KeyMetadata.KeyState; of a list any will do.'),
  }),
  outputs: z.object({ id: z.string(), arn: z.string() }),
  async run({ params, account, expect, found }) {
    const { alias } = params;
    const { KeyMetadata: key } = await found(
      account.call('kms:DescribeKey', { KeyId: alias }),
      `No key answers to ${alias} in ${account.region}.`,
      () =>
        hints(
          async () => {
            const { Aliases = [] } = await account.call('kms:ListAliases', { Limit: 100 });
            const names = Aliases.flatMap(({ AliasName }) => AliasName ?? []);
            return didYouMean(similarNames(alias, names));
          },
          async () => {
            const describe = (there: typeof account) => there.call('kms:DescribeKey', { KeyId: alias });
            return inOtherRegion(await regionsWith(account, describe));
          },
        ),
    );
    if (!key?.KeyId || !key.Arn) throw new Error('DescribeKey answered without KeyMetadata.');
    expect(key.KeyManager, `${alias} belongs to a key that ${managers(key.KeyManager)}.`).to.equal(
      params.manager,
    );
    expect(key.KeySpec, `The key behind ${alias} has the spec ${key.KeySpec}.`).to.equal(params.keySpec);
    expect(key.KeyUsage, `The key behind ${alias} is for ${key.KeyUsage}.`).to.equal(params.keyUsage);
    const state = expect(key.KeyState, `The key behind ${alias} is in the state ${key.KeyState}.`).to;
    if (typeof params.state === 'string') state.equal(params.state);
    else state.be.oneOf(params.state);
    return {
      message: `${alias} leads to the key ${key.KeyId}: ${key.KeySpec}, ${key.KeyUsage}, ${key.KeyState}.`,
      outputs: { id: key.KeyId, arn: key.Arn },
    };
  },
});

function managers(manager: string | undefined): string {
  return manager === 'AWS' ? 'AWS manages' : 'you manage';
}
