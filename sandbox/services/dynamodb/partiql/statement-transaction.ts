/** Transactions of statements; page "Performing transactions with PartiQL for DynamoDB". */
import { AwsError } from '../../../aws-error.ts';
import type { Call } from '../../../call.ts';
import type { ItemRequest } from '../data-plane.ts';
import { findUsableTable } from '../find-table.ts';
import { TableNames } from '../table-names.ts';
import { fingerprintOf, readClientToken } from '../transactions/client-tokens.ts';
import { type PreparedStatement, prepareStatement } from './prepared-statement.ts';
import { refused } from './refusals.ts';
import { readReturnConsumedCapacity, readStatementList } from './statement-members.ts';
import { type WriteOptions, writeRequest } from './write-request.ts';

export interface StatementTransaction {
  readonly statements: readonly {
    readonly prepared: PreparedStatement;
    readonly options: WriteOptions;
  }[];
  /** "The entire transaction must consist of either read statements or write statements": the page above. */
  readonly reads: boolean;
  readonly names: TableNames;
  readonly token: string | undefined;
  readonly fingerprint: string;
}

/** "Quotas in Amazon DynamoDB". */
const maxStatements = 100;

/** @throws AwsError SerializationException or ValidationException */
export function prepareTransaction(call: Call, json: Record<string, unknown>): StatementTransaction {
  const names = new TableNames(call);
  const ReturnConsumedCapacity = readReturnConsumedCapacity(json);
  const token = readClientToken(json.ClientRequestToken);
  const statements = readStatementList(json, 'TransactStatements', maxStatements).map(
    ({ text, parameters, ReturnValuesOnConditionCheckFailure }, position) => ({
      prepared: inStatement(position, () => prepare(call, names, text, parameters)),
      options: { ReturnConsumedCapacity, ReturnValuesOnConditionCheckFailure },
    }),
  );
  const kinds = new Set(statements.map(({ prepared }) => prepared.statement.kind === 'select'));
  // Inferred: the text.
  if (kinds.size > 1) {
    throw refused('The entire transaction must consist of either read statements or write statements.');
  }
  return { statements, reads: kinds.has(true), names, token, fingerprint: fingerprintOf(json) };
}

/** The writes as the data plane takes them. @throws AwsError ResourceNotFoundException, ValidationException */
export function transactionWrites(call: Call, { statements }: StatementTransaction): ItemRequest[] {
  const { dataPlane } = call.account.dynamodb(call.region);
  return statements.map(({ prepared, options }, position) => {
    const { statement } = prepared;
    if (statement.kind === 'select') throw new Error('A transaction that writes holds no SELECT.');
    const { definition } = findUsableTable(call, prepared.table);
    return inStatement(position, () => writeRequest(dataPlane, statement, definition, options));
  });
}

/** Observed on AWS: what is wrong with a statement is said with its position, which begins with 0. */
export function inStatement<Result>(position: number, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ValidationException') throw error;
    throw refused(`Validation failed in TransactStatements[${position}]: ${error.message}`);
  }
}

/** Texts observed on AWS. */
function prepare(call: Call, names: TableNames, text: string, parameters: readonly unknown[]) {
  const prepared = prepareStatement(call, names, text, parameters);
  const { statement } = prepared;
  if ('returning' in statement) throw refused('RETURNING clause is not supported in ExecuteTransaction.');
  if (statement.index !== undefined) {
    throw refused('Reads on indices are not supported within transactions.');
  }
  return prepared;
}
