import { BatchExecuteStatement$ } from '@aws-sdk/client-dynamodb';
import { authorise } from '../../../authorisation/authorise.ts';
import { AwsError } from '../../../aws-error.ts';
import type { Call } from '../../../call.ts';
import type { Operation } from '../../../operation.ts';
import { findUsableTable } from '../find-table.ts';
import { batchStatementError } from '../partiql/batch-error.ts';
import { consumptionByTable } from '../partiql/capacity.ts';
import {
  type PreparedStatement,
  prepareStatement,
  statementPermission,
} from '../partiql/prepared-statement.ts';
import { runStatement, type StatementOptions } from '../partiql/run-statement.ts';
import { selectedKey } from '../partiql/selected-key.ts';
import { readReturnConsumedCapacity, readStatementList } from '../partiql/statement-members.ts';
import { TableNames } from '../table-names.ts';

/** Statements stand by themselves: one that cannot be read does not keep the others from being carried out. */
interface BatchStatement {
  readonly prepared: PreparedStatement | AwsError;
  readonly options: StatementOptions;
}

interface StatementResponse {
  readonly response: Readonly<Record<string, unknown>>;
  readonly consumption?: unknown;
}

/** "Quotas in Amazon DynamoDB". */
const maxStatements = 25;

export const batchExecuteStatement: Operation<readonly BatchStatement[], unknown> = {
  schema: BatchExecuteStatement$,
  body: 'json',
  read(call, json) {
    const names = new TableNames(call);
    const ReturnConsumedCapacity = readReturnConsumedCapacity(json);
    const batch = readStatementList(json, 'Statements', maxStatements).map(
      ({ text, parameters, ...members }) => ({
        prepared: tryTo(() => prepareStatement(call, names, text, parameters)),
        options: { ...members, ReturnConsumedCapacity },
      }),
    );
    refuseMixture(batch);
    return batch;
  },
  // Inferred from the code AccessDenied of BatchStatementErrorCodeEnum: each statement is allowed or denied by itself.
  permissions: () => [],
  async run(call, batch) {
    const responses: StatementResponse[] = [];
    for (const statement of batch) responses.push(await respond(call, statement));
    const consumption = consumptionByTable(responses.map((response) => response.consumption));
    return {
      Responses: responses.map(({ response }) => response),
      ...(consumption.length > 0 && { ConsumedCapacity: consumption }),
    };
  },
};

async function respond(call: Call, { prepared, options }: BatchStatement): Promise<StatementResponse> {
  try {
    if (prepared instanceof AwsError) throw prepared;
    authorise(call, statementPermission(call, prepared));
    requireOneItem(call, prepared);
    const { items, consumption } = await runStatement(call, prepared, options);
    const [Item] = items;
    return { response: { TableName: prepared.tableName, ...(Item && { Item }) }, consumption };
  } catch (thrown) {
    const { tableName } = prepared instanceof AwsError ? {} : prepared;
    return {
      response: {
        Error: batchStatementError(thrown),
        ...(tableName !== undefined && { TableName: tableName }),
      },
    };
  }
}

/** "Each read statement must specify an equality condition on all key attributes": BatchExecuteStatement, API reference. */
function requireOneItem(call: Call, { statement, table }: PreparedStatement): void {
  if (statement.kind !== 'select') return;
  const { definition } = findUsableTable(call, table);
  if (selectedKey(statement, definition)) return;
  throw new AwsError(
    'ValidationException',
    'Select statements within BatchExecuteStatement must specify the primary key in the where clause.',
  );
}

/** "You cannot mix both in one batch": BatchExecuteStatement, API reference. Inferred: the text. */
function refuseMixture(batch: readonly BatchStatement[]): void {
  const kinds = batch.flatMap(({ prepared }) =>
    prepared instanceof AwsError ? [] : [prepared.statement.kind === 'select'],
  );
  if (new Set(kinds).size < 2) return;
  throw new AwsError(
    'ValidationException',
    'The entire batch must consist of either read statements or write statements.',
  );
}

function tryTo(prepare: () => PreparedStatement): PreparedStatement | AwsError {
  try {
    return prepare();
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ValidationException') return error;
    throw error;
  }
}
