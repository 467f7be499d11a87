import { ExecuteTransaction$ } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../aws-error.ts';
import type { Call } from '../../../call.ts';
import type { Operation } from '../../../operation.ts';
import type { ActionResult } from '../data-plane.ts';
import { statementPermission } from '../partiql/prepared-statement.ts';
import { asDuplicate } from '../partiql/run-statement.ts';
import {
  prepareTransaction,
  type StatementTransaction,
  transactionWrites,
} from '../partiql/statement-transaction.ts';
import { readItems } from '../partiql/transaction-reads.ts';
import { openTransaction } from '../transactions/transaction.ts';
import { writeOnce } from '../transactions/write-once.ts';

export const executeTransaction: Operation<StatementTransaction, unknown> = {
  schema: ExecuteTransaction$,
  body: 'json',
  read: prepareTransaction,
  permissions: (call, { statements }) =>
    statements.map(({ prepared }) => statementPermission(call, prepared, 'ExecuteTransaction')),
  run: (call, transaction) => (transaction.reads ? readItems(call, transaction) : write(call, transaction)),
};

function write(call: Call, transaction: StatementTransaction) {
  const { names, token, fingerprint, statements } = transaction;
  const requests = transactionWrites(call, transaction);
  const keys = openTransaction(call, { requests, names });
  const inserts = statements.map(({ prepared }) => prepared.statement.kind === 'insert');
  const consumed = writeOnce(call, { requests, names, token, fingerprint }, keys, (results) =>
    results.map((result, position) => (inserts[position] ? ofInsert(result) : result)),
  );
  // Inferred: an empty response for each statement.
  return { ...consumed, Responses: statements.map(() => ({})) };
}

function ofInsert(result: ActionResult): ActionResult {
  const refusal = asDuplicate(result.refusal);
  return refusal instanceof AwsError ? { refusal } : result;
}
