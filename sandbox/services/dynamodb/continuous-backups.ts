/** Point-in-time recovery as a setting of a table. Shapes recorded on AWS by LocalStack's test suite (`test_continuous_backup_update`). */
import type { ContinuousBackupsDescription } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { lookUpTable } from './find-table.ts';
import { type Table, tableStatus } from './table.ts';
import type { TableReference } from './table-reference.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** "LatestRestorableDateTime is typically 5 minutes before the current time": API reference. */
const latestBehindMs = 5 * 60 * 1000;

/** @param now milliseconds since the epoch */
export function describeContinuousBackups(table: Table, now: number): ContinuousBackupsDescription {
  const { pointInTimeRecovery } = table;
  if (pointInTimeRecovery === undefined) {
    return {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
    };
  }
  const { since, days } = pointInTimeRecovery;
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: days,
      EarliestRestorableDateTime: new Date(Math.max(since, now - days * dayMs)),
      LatestRestorableDateTime: new Date(Math.max(since, now - latestBehindMs)),
    },
  };
}

/**
 * The first text as moto gives it for AWS. The second begins as users report it (aws-amplify/amplify-backend#1654).
 * Inferred: its end.
 *
 * @throws AwsError TableNotFoundException, ContinuousBackupsUnavailableException
 */
export function findBackedUpTable(call: Call, reference: TableReference): Table {
  const table = lookUpTable(call, reference);
  if (!table) throw new AwsError('TableNotFoundException', `Table not found: ${reference.name}`);
  if (tableStatus(table) === 'CREATING') {
    throw new AwsError(
      'ContinuousBackupsUnavailableException',
      `Backups are being enabled for the table: ${table.name}. Please retry later`,
    );
  }
  return table;
}
