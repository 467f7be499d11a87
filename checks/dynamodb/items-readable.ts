import { z } from 'zod';
import { defineCheck } from '../check.ts';

export const itemsReadable = defineCheck({
  id: 'dynamodb/items-readable',
  title: 'The owner reads the items in plain text',
  calls: ['dynamodb:Scan'],
  alsoNeeds: ['kms:Decrypt'],
  params: z.strictObject({
    table: z.string().describe('Name of the table.'),
    atLeast: z.number().int().min(1).max(25).default(1).describe('How many items there must be.'),
  }),
  outputs: z.object({ items: z.number() }),
  async run({ params, account, expect, found }) {
    const { table } = params;
    const { Items = [] } = await found(
      account.call('dynamodb:Scan', { TableName: table, Limit: 25 }),
      `There is no table ${table} in ${account.region}.`,
    );
    const count = `${Items.length} item${Items.length === 1 ? '' : 's'}`;
    expect(Items.length, `A scan of ${table} gives ${count}.`).to.be.at.least(params.atLeast);
    return {
      message: `A scan of ${table} by its owner gives ${count}, decrypted.`,
      outputs: { items: Items.length },
    };
  },
});
