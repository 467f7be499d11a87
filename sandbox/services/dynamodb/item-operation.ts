/** What the operations on items have in common: only the data plane knows how they differ. */
import type { StaticOperationSchema } from '@smithy/types';
import type { Operation } from '../../operation.ts';
import type { ItemOperation, ItemRequest } from './data-plane.ts';
import { openTableKeys } from './encryption/table-key.ts';
import { findUsableTable } from './find-table.ts';
import { requireReadableIndex } from './indexes/index-change.ts';
import { itemPermission } from './permissions.ts';
import { TableNames } from './table-names.ts';

/** A request with its tables' names resolved. */
export interface NamedRequest {
  readonly request: ItemRequest;
  readonly names: TableNames;
}

/**
 * In this order: the shape of the request, the permission on its tables, the tables, their keys, the items.
 * Inferred: AWS does not document the order; a caller without permission learns nothing of a table this way.
 */
export function itemOperation(schema: StaticOperationSchema): Operation<NamedRequest, unknown> {
  const operation = schema[2] as ItemOperation;
  return {
    schema,
    body: 'json',
    read(call, json) {
      const names = new TableNames(call);
      const request = call.account.dynamodb(call.region).dataPlane.read(operation, names.toNames(json));
      return { request, names };
    },
    permissions: (call, { request, names }) =>
      request.tables.map((access) =>
        itemPermission(call, request, access, names.reference(access.tableName)),
      ),
    async run(call, { request, names }) {
      const tables = request.tables.map((access) => {
        const table = findUsableTable(call, names.reference(access.tableName));
        requireReadableIndex(table, access.indexName);
        return table;
      });
      const keys = openTableKeys(call, tables);
      return names.toGiven(await call.account.dynamodb(call.region).dataPlane.run(request, keys));
    },
  };
}
