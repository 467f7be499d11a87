import { ExecuteStatement$ } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../../../operation.ts';
import { readNextToken, writeNextToken } from '../partiql/next-token.ts';
import {
  type PreparedStatement,
  prepareStatement,
  statementPermission,
} from '../partiql/prepared-statement.ts';
import { runStatement, type StatementOptions } from '../partiql/run-statement.ts';
import { readPage, readReturnConsumedCapacity, readStatementMembers } from '../partiql/statement-members.ts';
import { TableNames } from '../table-names.ts';

interface StatementRequest {
  readonly prepared: PreparedStatement;
  readonly options: StatementOptions;
  /** What a NextToken belongs to. */
  readonly identity: readonly unknown[];
}

export const executeStatement: Operation<StatementRequest, unknown> = {
  schema: ExecuteStatement$,
  body: 'json',
  read(call, json) {
    const { text, parameters, ...members } = readStatementMembers(json);
    const { limit, token } = readPage(json);
    const ReturnConsumedCapacity = readReturnConsumedCapacity(json);
    const prepared = prepareStatement(call, new TableNames(call), text, parameters);
    const identity = [call.account.id, call.region, text, parameters];
    const from = token === undefined ? undefined : readNextToken(identity, token);
    return { prepared, identity, options: { ...members, ReturnConsumedCapacity, limit, from } };
  },
  permissions: (call, { prepared }) => [statementPermission(call, prepared)],
  async run(call, { prepared, identity, options }) {
    const { items, consumption, next } = await runStatement(call, prepared, options);
    return {
      Items: items,
      ...(next && { NextToken: writeNextToken(identity, next) }),
      ...(next?.key && { LastEvaluatedKey: next.key }),
      ...(consumption !== undefined && { ConsumedCapacity: consumption }),
    };
  },
};
