import { defineCheck, z } from 'labwright';

/** "Using deletion protection to protect your table", Amazon DynamoDB developer guide. */
export const deletionProtection = defineCheck({
  id: 'table-safety/deletion-protection',
  title: 'The table cannot be deleted by accident',
  calls: ['dynamodb:DescribeTable'],
  params: z.strictObject({
    table: z.string().describe('Name of the table.'),
  }),
  async run({ params, account, expect, found, poll }) {
    const { table } = params;
    const { Table } = await found(
      poll(
        (ask) => ask.call('dynamodb:DescribeTable', { TableName: table }),
        ({ Table }) => Table?.TableStatus !== 'UPDATING',
      ),
      `There is no table ${table} in ${account.region}.`,
    );
    expect(Table?.DeletionProtectionEnabled, `Anybody who may delete tables can delete ${table}.`).to.equal(
      true,
    );
    return { message: `${table} is protected from being deleted.` };
  },
});
