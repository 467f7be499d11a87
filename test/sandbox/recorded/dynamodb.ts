import type { CreateTableInput } from '@aws-sdk/client-dynamodb';
import { answer, type Replay, type Replayer } from './replay.ts';

const TableName = 'recorded';

async function createTable(
  replayer: Replayer,
  changes: Partial<CreateTableInput> = {},
  settled = true,
): Promise<object> {
  const created = await answer(replayer.dynamodb.createTable({ ...tableOf(), ...changes }));
  if (settled) replayer.settle();
  return created;
}

function tableOf(): CreateTableInput {
  return {
    TableName,
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
  };
}

/** The sentence that boto3 makes of an error, which some recordings have. */
async function sentence(operation: string, call: Promise<{ $metadata: object }>): Promise<string> {
  const { Error: error } = (await answer(call)) as { Error?: { Code: string; Message: string } };
  return `An error occurred (${error?.Code}) when calling the ${operation} operation: ${error?.Message}`;
}

async function encryption({ dynamodb }: Replayer) {
  return (await dynamodb.describeTable({ TableName })).Table?.SSEDescription;
}

/** By the recordings' names. */
export const dynamodbReplays: Record<string, Replay> = {
  test_table_crud: async (replayer) => {
    const { dynamodb } = replayer;
    const created = await createTable(replayer);
    return {
      'create-table': created,
      'describe-table': await answer(dynamodb.describeTable({ TableName })),
      'delete-table': await answer(dynamodb.deleteTable({ TableName })),
      'delete-non-existent-table': await answer(dynamodb.deleteTable({ TableName: 'non-existent' })),
    };
  },
  test_create_duplicate_table: async (replayer) => {
    await createTable(replayer);
    return { Error: await sentence('CreateTable', replayer.dynamodb.createTable(tableOf())) };
  },
  test_dynamodb_pay_per_request: async ({ dynamodb }) => ({
    Error: await sentence(
      'CreateTable',
      dynamodb.createTable({ ...tableOf(), BillingMode: 'PAY_PER_REQUEST' }),
    ),
  }),
  test_dynamodb_create_table_with_partial_sse_specification: async (replayer) => {
    await createTable(replayer, { SSESpecification: { Enabled: true } });
    const SSEDescription = await encryption(replayer);
    const KeyId = SSEDescription?.KMSMasterKeyArn;
    const { TableDescription } = await replayer.dynamodb.updateTable({
      TableName,
      SSESpecification: { Enabled: false },
    });
    return {
      SSEDescription,
      KMSDescription: await answer(replayer.kms.describeKey({ KeyId })),
      'update-table-disable-sse-spec': TableDescription?.SSEDescription,
    };
  },
  test_dynamodb_update_table_without_sse_specification_change: async (replayer) => {
    await createTable(replayer, { SSESpecification: { Enabled: true } });
    const before = await encryption(replayer);
    const { TableDescription } = await replayer.dynamodb.updateTable({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
    });
    return {
      create_table_sse_description: before,
      describe_kms_key: await answer(replayer.kms.describeKey({ KeyId: before?.KMSMasterKeyArn })),
      update_table_sse_description: TableDescription?.SSEDescription,
    };
  },
  test_return_values_in_put_item: async (replayer) => {
    await createTable(replayer);
    const put = (id: string, data: string, ReturnValues?: 'ALL_OLD' | 'NONE') =>
      answer(
        replayer.dynamodb.putItem({ TableName, Item: { id: { S: id }, data: { S: data } }, ReturnValues }),
      );
    return {
      PutFirstItem: await put('id1', 'foobar'),
      PutFirstItemOLD: await put('id1', 'foobar', 'ALL_OLD'),
      PutFirstItemB: await put('id1', 'foobar', 'ALL_OLD'),
      PutSecondItem: await put('id2', 'foobar'),
      PutSecondItemReturnNone: await put('id2', 'foobar', 'NONE'),
    };
  },
  test_batch_write_not_existing_table: async ({ dynamodb }) => ({
    'exc-not-found-transact-write-items': await answer(
      dynamodb.transactWriteItems({
        TransactItems: [{ Put: { TableName: 'non-existent', Item: { id: { S: '1' } } } }],
      }),
    ),
  }),
  test_continuous_backup_update: async (replayer) => {
    await createTable(replayer);
    return {
      'update-continuous-backup': await answer(
        replayer.dynamodb.updateContinuousBackups({
          TableName,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      ),
      'describe-continuous-backup': await answer(replayer.dynamodb.describeContinuousBackups({ TableName })),
    };
  },
};
