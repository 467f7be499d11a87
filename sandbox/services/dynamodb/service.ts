import { operationTable, type Service } from '../../operation.ts';
import { awsJson } from '../../protocol/aws-json.ts';
import { batchExecuteStatement } from './operations/batch-execute-statement.ts';
import { batchGetItem } from './operations/batch-get-item.ts';
import { batchWriteItem } from './operations/batch-write-item.ts';
import { createTable } from './operations/create-table.ts';
import { deleteItem } from './operations/delete-item.ts';
import { deleteTable } from './operations/delete-table.ts';
import { describeContinuousBackups } from './operations/describe-continuous-backups.ts';
import { describeLimits } from './operations/describe-limits.ts';
import { describeTable } from './operations/describe-table.ts';
import { describeTimeToLive } from './operations/describe-time-to-live.ts';
import { executeStatement } from './operations/execute-statement.ts';
import { executeTransaction } from './operations/execute-transaction.ts';
import { getItem } from './operations/get-item.ts';
import { listTables } from './operations/list-tables.ts';
import { listTagsOfResource } from './operations/list-tags-of-resource.ts';
import { putItem } from './operations/put-item.ts';
import { query } from './operations/query.ts';
import { scan } from './operations/scan.ts';
import { tagResource } from './operations/tag-resource.ts';
import { transactGetItems } from './operations/transact-get-items.ts';
import { transactWriteItems } from './operations/transact-write-items.ts';
import { untagResource } from './operations/untag-resource.ts';
import { updateContinuousBackups } from './operations/update-continuous-backups.ts';
import { updateItem } from './operations/update-item.ts';
import { updateTable } from './operations/update-table.ts';
import { updateTimeToLive } from './operations/update-time-to-live.ts';
import { wire } from './wire.ts';

export const dynamodb: Service = {
  name: 'dynamodb',
  protocol: awsJson(wire),
  // BatchWriteItem takes 16 MB ("Quotas in Amazon DynamoDB").
  operations: operationTable([
    createTable,
    describeTable,
    updateTable,
    deleteTable,
    listTables,
    tagResource,
    untagResource,
    listTagsOfResource,
    describeTimeToLive,
    updateTimeToLive,
    describeContinuousBackups,
    describeLimits,
    updateContinuousBackups,
    getItem,
    putItem,
    updateItem,
    deleteItem,
    query,
    scan,
    batchGetItem,
    batchWriteItem,
    transactGetItems,
    transactWriteItems,
    executeStatement,
    batchExecuteStatement,
    executeTransaction,
  ]),
};
