import { ListTables$, type ListTablesInput, type ListTablesOutput } from '@aws-sdk/client-dynamodb';
import type { Operation } from '../../../operation.ts';
import { between, requireAll, tableName } from '../constraints.ts';
import { tablePermission } from '../permissions.ts';
import { settle } from '../settle.ts';
import { tableReference } from '../table-reference.ts';

const pageSize = 100;

export const listTables: Operation<ListTablesInput, ListTablesOutput> = {
  schema: ListTables$,
  permissions(call, input) {
    requireAll(
      tableName('exclusiveStartTableName', input.ExclusiveStartTableName),
      between('limit', input.Limit, 1, pageSize),
    );
    return [tablePermission(call, 'dynamodb:ListTables', tableReference(call, '*'))];
  },
  run(call, input) {
    const store = call.account.dynamodb(call.region);
    for (const table of store.tables()) settle(call, table);
    const after = input.ExclusiveStartTableName ?? '';
    const names = store
      .tables()
      .map((table) => table.name)
      .filter((name) => name > after);
    const page = names.slice(0, input.Limit ?? pageSize);
    const last = page.at(-1);
    return {
      TableNames: page,
      ...(page.length < names.length && last !== undefined && { LastEvaluatedTableName: last }),
    };
  },
};
