import {
  type TimeToLiveSpecification,
  UpdateTimeToLive$,
  type UpdateTimeToLiveInput,
  type UpdateTimeToLiveOutput,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { requireAll, tableNameOrArn } from '../constraints.ts';
import { findChangeableTable } from '../find-table.ts';
import { tablePermission } from '../permissions.ts';
import type { Table } from '../table.ts';
import { tableReference } from '../table-reference.ts';

/**
 * "It can take up to one hour for the change to fully process. Any additional UpdateTimeToLive calls for the same
 * table during this one hour duration result in a ValidationException": description of the operation in the SDK's model.
 */
const changesApartMs = 60 * 60 * 1000;

/** The change itself is in force at once. */
export const updateTimeToLive: Operation<Validated<UpdateTimeToLiveInput>, UpdateTimeToLiveOutput> = {
  schema: UpdateTimeToLive$,
  permissions(call, input) {
    const { AttributeName } = input.TimeToLiveSpecification;
    requireAll(
      tableNameOrArn('tableName', input.TableName),
      attributeName('timeToLiveSpecification.attributeName', AttributeName),
    );
    return [tablePermission(call, 'dynamodb:UpdateTimeToLive', tableReference(call, input.TableName))];
  },
  run(call, { TableName, TimeToLiveSpecification }) {
    const table = findChangeableTable(call, tableReference(call, TableName));
    const now = call.clock.now().getTime();
    refuseNoChange(table, TimeToLiveSpecification);
    if (table.timeToLiveChangedAt !== undefined && now < table.timeToLiveChangedAt + changesApartMs) {
      // Inferred: the text.
      throw refused('Time to live has been modified multiple times within a fixed interval');
    }
    const { Enabled, AttributeName } = TimeToLiveSpecification;
    table.timeToLive = Enabled ? { attributeName: AttributeName, sweptAt: now } : undefined;
    table.timeToLiveChangedAt = now;
    return { TimeToLiveSpecification };
  },
};

/**
 * Texts as users report them of AWS (cloudposse/terraform-aws-dynamodb#94, go-to-k/cdkd#932). Inferred: the one for
 * what is enabled already, after its counterpart, and the end of the one for another attribute.
 */
function refuseNoChange(
  { timeToLive }: Table,
  { Enabled, AttributeName }: Validated<TimeToLiveSpecification>,
): void {
  if (timeToLive === undefined) {
    if (!Enabled) throw refused('TimeToLive is already disabled');
  } else if (AttributeName !== timeToLive.attributeName) {
    throw refused(
      `TimeToLive is active on a different AttributeName: current AttributeName is ${timeToLive.attributeName}`,
    );
  } else if (Enabled) throw refused('TimeToLive is already enabled');
}

function attributeName(path: string, name: string): string | undefined {
  if (name.length >= 1 && name.length <= 255) return undefined;
  const must = name.length < 1 ? 'greater than or equal to 1' : 'less than or equal to 255';
  return `Value '${name}' at '${path}' failed to satisfy constraint: Member must have length ${must}`;
}

function refused(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
