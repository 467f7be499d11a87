import {
  UpdateContinuousBackups$,
  type UpdateContinuousBackupsInput,
  type UpdateContinuousBackupsOutput,
} from '@aws-sdk/client-dynamodb';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { between, requireAll, tableNameOrArn } from '../constraints.ts';
import { describeContinuousBackups, findBackedUpTable } from '../continuous-backups.ts';
import { tablePermission } from '../permissions.ts';
import { tableReference } from '../table-reference.ts';

const defaultDays = 35;

export const updateContinuousBackups: Operation<
  Validated<UpdateContinuousBackupsInput>,
  UpdateContinuousBackupsOutput
> = {
  schema: UpdateContinuousBackups$,
  permissions(call, { TableName, PointInTimeRecoverySpecification }) {
    const path = 'pointInTimeRecoverySpecification.recoveryPeriodInDays';
    requireAll(
      tableNameOrArn('tableName', TableName),
      between(path, PointInTimeRecoverySpecification.RecoveryPeriodInDays, 1, 35),
    );
    return [tablePermission(call, 'dynamodb:UpdateContinuousBackups', tableReference(call, TableName))];
  },
  run(call, { TableName, PointInTimeRecoverySpecification }) {
    const table = findBackedUpTable(call, tableReference(call, TableName));
    const now = call.clock.now().getTime();
    const { PointInTimeRecoveryEnabled, RecoveryPeriodInDays } = PointInTimeRecoverySpecification;
    const { since = now, days = defaultDays } = table.pointInTimeRecovery ?? {};
    // Inferred: without a period, a table that has one keeps it.
    table.pointInTimeRecovery = PointInTimeRecoveryEnabled
      ? { since, days: RecoveryPeriodInDays ?? days }
      : undefined;
    return { ContinuousBackupsDescription: describeContinuousBackups(table, now) };
  },
};
