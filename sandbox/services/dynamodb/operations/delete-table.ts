import { DeleteTable$, type DeleteTableInput, type DeleteTableOutput } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import { requireAll, tableNameOrArn } from '../constraints.ts';
import { describeShortly } from '../describe-table.ts';
import { findChangeableTable, tableInUse } from '../find-table.ts';
import { tablePermission } from '../permissions.ts';
import { retireGrant, settle } from '../settle.ts';
import { tableReference } from '../table-reference.ts';

export const deleteTable: Operation<DeleteTableInput, DeleteTableOutput> = {
  schema: DeleteTable$,
  permissions(call, input) {
    requireAll(tableNameOrArn('tableName', input.TableName));
    return [tablePermission(call, 'dynamodb:DeleteTable', tableReference(call, input.TableName ?? ''))];
  },
  run(call, input) {
    const table = findChangeableTable(call, tableReference(call, input.TableName ?? ''));
    if (table.deletionProtection) {
      throw new AwsError(
        'ValidationException',
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
      );
    }
    const { key, change } = table.encryption;
    if (change || table.update) throw tableInUse(`Table: ${table.name} is in the process of being updated.`);
    // Inferred: at once. "DynamoDB encryption at rest: Usage notes" says that deleting a table retires its grants.
    if (key) retireGrant(call, key);
    const now = call.clock.now();
    table.goneAt = now.getTime() + call.clock.timing.tableDeletionMs;
    const answer = { TableDescription: describeShortly(table, now) };
    settle(call, table);
    return answer;
  },
};
