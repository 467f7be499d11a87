import { DescribeTable$, type DescribeTableInput, type DescribeTableOutput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../../../operation.ts';
import { requireAll, tableNameOrArn } from '../constraints.ts';
import { describeTable as describe } from '../describe-table.ts';
import { findTable } from '../find-table.ts';
import { tablePermission } from '../permissions.ts';
import { tableReference } from '../table-reference.ts';
import { refreshStatistics } from '../table-statistics.ts';

export const describeTable: Operation<DescribeTableInput, DescribeTableOutput> = {
  schema: DescribeTable$,
  permissions(call, input) {
    requireAll(tableNameOrArn('tableName', input.TableName));
    return [tablePermission(call, 'dynamodb:DescribeTable', tableReference(call, input.TableName ?? ''))];
  },
  run(call, input) {
    const table = findTable(call, tableReference(call, input.TableName ?? ''));
    const now = call.clock.now();
    refreshStatistics(call.account.dynamodb(call.region).dataPlane, table, now.getTime());
    return { Table: describe(table, now) };
  },
};
