import {
  DescribeContinuousBackups$,
  type DescribeContinuousBackupsInput,
  type DescribeContinuousBackupsOutput,
} from '@aws-sdk/client-dynamodb';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { requireAll, tableNameOrArn } from '../constraints.ts';
import { describeContinuousBackups as describe, findBackedUpTable } from '../continuous-backups.ts';
import { tablePermission } from '../permissions.ts';
import { tableReference } from '../table-reference.ts';

export const describeContinuousBackups: Operation<
  Validated<DescribeContinuousBackupsInput>,
  DescribeContinuousBackupsOutput
> = {
  schema: DescribeContinuousBackups$,
  permissions(call, { TableName }) {
    requireAll(tableNameOrArn('tableName', TableName));
    return [tablePermission(call, 'dynamodb:DescribeContinuousBackups', tableReference(call, TableName))];
  },
  run(call, { TableName }) {
    const table = findBackedUpTable(call, tableReference(call, TableName));
    return { ContinuousBackupsDescription: describe(table, call.clock.now().getTime()) };
  },
};
