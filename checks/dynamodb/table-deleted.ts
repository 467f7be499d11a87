import { z } from 'zod';
import { isAbsent } from '../call.ts';
import { defineCheck } from '../check.ts';
import { Failed } from '../expect.ts';
import { NotJudged } from '../not-judged.ts';

export const tableDeleted = defineCheck({
  id: 'dynamodb/table-deleted',
  title: 'The table is gone',
  calls: ['dynamodb:DescribeTable'],
  params: z.strictObject({ table: z.string().describe('Name of a table that was once seen.') }),
  async run({ params, poll }) {
    const status = await poll(
      async (ask) => {
        try {
          const { Table } = await ask.call('dynamodb:DescribeTable', { TableName: params.table });
          return Table?.TableStatus ?? 'there';
        } catch (error) {
          if (isAbsent(error)) return 'gone';
          throw error;
        }
      },
      (seen) => seen !== 'DELETING',
    );
    if (status === 'DELETING')
      throw new NotJudged(`The table ${params.table} is being deleted.`, 'Wait, and run again.');
    if (status !== 'gone') {
      throw new Failed(`The table ${params.table} is still there (${status}).`, {
        expected: 'gone',
        actual: status,
      });
    }
    return { message: `The table ${params.table} is gone.` };
  },
});
