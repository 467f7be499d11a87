import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { describedTable, partitionQuery } from './table-keys.ts';

export const partitionHasItems = defineCheck({
  id: 'dynamodb/partition-has-items',
  title: 'The table holds items under the partition key',
  calls: ['dynamodb:DescribeTable', 'dynamodb:Query'],
  params: z.strictObject({
    table: z.string().describe('Name of the table.'),
    partition: z.string().describe('Value of the partition key.'),
    atLeast: z.int().min(1).default(1).describe('Fewest items.'),
  }),
  outputs: z.object({ count: z.number() }),
  async run({ params, account, expect }) {
    const { table: name, partition, atLeast } = params;
    const table = await describedTable(account, name);
    const { Count: count = 0 } = await account.call('dynamodb:Query', partitionQuery(table, partition));
    const items = `${count} item${count === 1 ? '' : 's'}`;
    expect(count, `${name} holds ${items} whose ${table.partitionKey} is ${partition}.`).to.be.at.least(
      atLeast,
    );
    return {
      message: `${name} holds ${items} whose ${table.partitionKey} is ${partition}.`,
      outputs: { count },
    };
  },
});
