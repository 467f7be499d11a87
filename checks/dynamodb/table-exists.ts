import { z } from 'zod';
import { defineCheck } from '../check.ts';
import { didYouMean, hints, inOtherRegion, regionsWith, similarNames } from '../near-misses.ts';
import { NotJudged } from '../not-judged.ts';

const keyType = z.enum(['S', 'N', 'B']);

export const tableExists = defineCheck({
  id: 'dynamodb/table-exists',
  title: 'The table is there, with the right primary key',
  calls: ['dynamodb:DescribeTable', 'dynamodb:ListTables'],
  optional: ['dynamodb:ListTables'],
  params: z.strictObject({
    table: z.string().describe('Name of the table.'),
    partitionKey: z.string().default('id').describe('Name of the partition key.'),
    partitionKeyType: keyType.default('S').describe('S string, N number, B binary.'),
    sortKey: z.string().optional().describe('Name of the sort key; without it the table must have none.'),
    sortKeyType: keyType.default('S').describe('Of the sort key, where there is one.'),
  }),
  outputs: z.object({ id: z.string(), name: z.string(), arn: z.string() }),
  async run({ params, account, expect, found, poll }) {
    const { table } = params;
    const describe = (ask: typeof account) => ask.call('dynamodb:DescribeTable', { TableName: table });
    const { Table } = await found(
      poll(describe, (answer) => answer.Table?.TableStatus !== 'CREATING'),
      `There is no table ${table} in ${account.region}.`,
      () =>
        hints(
          async () => {
            const { TableNames = [] } = await account.call('dynamodb:ListTables', { Limit: 100 });
            return didYouMean(similarNames(table, TableNames));
          },
          async () => inOtherRegion(await regionsWith(account, describe)),
        ),
    );
    if (!Table?.TableId || !Table.TableArn) throw new Error('DescribeTable answered without a table.');
    const keyName = (type: string) => Table.KeySchema?.find((key) => key.KeyType === type)?.AttributeName;
    const partitionKey = keyName('HASH');
    const typeOf = (name: string | undefined) =>
      Table.AttributeDefinitions?.find((one) => one.AttributeName === name)?.AttributeType;
    const type = typeOf(partitionKey);
    const sortKey = keyName('RANGE');
    expect(partitionKey, `The partition key of ${table} is ${partitionKey}.`).to.equal(params.partitionKey);
    expect(type, `The partition key of ${table} has the type ${type}.`).to.equal(params.partitionKeyType);
    expect(sortKey, `The sort key of ${table} is ${sortKey ?? 'not set'}.`).to.equal(params.sortKey);
    const sortKeyType = typeOf(sortKey);
    if (sortKey !== undefined)
      expect(sortKeyType, `The sort key of ${table} has the type ${sortKeyType}.`).to.equal(
        params.sortKeyType,
      );
    const state = `The table ${table} is in the state ${Table.TableStatus}.`;
    // A change of capacity, say, leaves the table usable; any other state passes or says what to do by itself.
    if (Table.TableStatus === 'CREATING') throw new NotJudged(state, 'Wait half a minute, and run again.');
    // A key that is disabled takes the items away, not the table; its status follows the key up to an hour late (observed on
    // AWS, aws-controllers-k8s/dynamodb-controller DDB-TABLE-331 and -335).
    expect(Table.TableStatus, state).to.be.oneOf([
      'ACTIVE',
      'UPDATING',
      'INACCESSIBLE_ENCRYPTION_CREDENTIALS',
    ]);
    const sorted = sortKey === undefined ? '' : ` and the sort key ${sortKey} (${sortKeyType})`;
    return {
      message: `The table ${table} is there, with the partition key ${partitionKey} (${type})${sorted}.`,
      outputs: { id: Table.TableId, name: table, arn: Table.TableArn },
    };
  },
});
