import {
  DescribeTimeToLive$,
  type DescribeTimeToLiveInput,
  type DescribeTimeToLiveOutput,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import { requireAll, tableNameOrArn } from '../constraints.ts';
import { findTable } from '../find-table.ts';
import { tablePermission } from '../permissions.ts';
import { tableStatus } from '../table.ts';
import { tableReference } from '../table-reference.ts';

export const describeTimeToLive: Operation<DescribeTimeToLiveInput, DescribeTimeToLiveOutput> = {
  schema: DescribeTimeToLive$,
  permissions(call, input) {
    requireAll(tableNameOrArn('tableName', input.TableName));
    return [
      tablePermission(call, 'dynamodb:DescribeTimeToLive', tableReference(call, input.TableName ?? '')),
    ];
  },
  run(call, input) {
    const table = findTable(call, tableReference(call, input.TableName ?? ''));
    const status = tableStatus(table);
    // Text observed on AWS (aws-controllers-k8s/dynamodb-controller DDB-TABLE-442).
    if (status === 'CREATING' || status === 'DELETING') {
      throw new AwsError(
        'ValidationException',
        `Cannot describe time to live while table is in ${status} state: Current table state is ${status}`,
      );
    }
    const { timeToLive } = table;
    if (timeToLive === undefined) return { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } };
    return {
      TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive.attributeName },
    };
  },
};
