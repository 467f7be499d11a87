import type { Call } from '../../../call.ts';
import type { ItemRequest } from '../data-plane.ts';
import { findUsableTable } from '../find-table.ts';
import { answersOf } from '../transactions/cancellation.ts';
import { consumedCapacity } from '../transactions/consumed-capacity.ts';
import { openTransaction } from '../transactions/transaction.ts';
import { projected } from './projection.ts';
import { refused } from './refusals.ts';
import type { Item } from './run-statement.ts';
import { selectedKey } from './selected-key.ts';
import { inStatement, type StatementTransaction } from './statement-transaction.ts';

/** Carries out a transaction of SELECTs. @throws AwsError ResourceNotFoundException, ValidationException, those of KMS */
export function readItems(call: Call, transaction: StatementTransaction) {
  const requests = readRequests(call, transaction);
  const keys = openTransaction(call, { requests, names: transaction.names });
  const answers = answersOf(call.account.dynamodb(call.region).dataPlane.transact(requests, keys));
  return {
    ...consumedCapacity(answers, 'ReadCapacityUnits'),
    Responses: answers.map(({ Item }, position) => {
      const { statement } = transaction.statements[position]?.prepared ?? {};
      const projection = statement?.kind === 'select' ? statement.projection : undefined;
      return Item === undefined ? {} : { Item: projected(Item as Item, projection) };
    }),
  };
}

function readRequests(call: Call, { statements }: StatementTransaction): ItemRequest[] {
  const { dataPlane } = call.account.dynamodb(call.region);
  return statements.map(({ prepared: { statement, table }, options }, position) => {
    if (statement.kind !== 'select') throw new Error('A transaction that reads holds SELECTs only.');
    const { definition } = findUsableTable(call, table);
    return inStatement(position, () => {
      const Key = selectedKey(statement, definition);
      if (!Key) {
        // Text of DynamoDB local.
        throw refused(
          'Select statements within ExecuteTransaction must specify the primary key in the where clause.',
        );
      }
      const { TableName } = definition;
      const { ReturnConsumedCapacity } = options;
      return dataPlane.read('GetItem', { TableName, Key, ReturnConsumedCapacity, ConsistentRead: true });
    });
  });
}
