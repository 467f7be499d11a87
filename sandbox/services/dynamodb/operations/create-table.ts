import { randomUUID } from 'node:crypto';
import { CreateTable$, type CreateTableInput, type CreateTableOutput } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../aws-error.ts';
import type { Call } from '../../../call.ts';
import type { Operation } from '../../../operation.ts';
import { recordForwardedCall } from '../../cloudtrail/record-forwarded-call.ts';
import { oneOf, requireAll, tableNameOrArn } from '../constraints.ts';
import { describeTable } from '../describe-table.ts';
import { adoptKey } from '../encryption/adopt-key.ts';
import { readEncryptionChoice } from '../encryption/encryption-choice.ts';
import { makeKeyChain } from '../encryption/key-chain.ts';
import { generateDataKeyCall } from '../encryption/kms-calls.ts';
import { lookUpTable, tableInUse } from '../find-table.ts';
import { tablePermission } from '../permissions.ts';
import { settle } from '../settle.ts';
import { onDemandWarmThroughput, type Table, tableStatus } from '../table.ts';
import { readTableDefinition } from '../table-definition.ts';
import { type TableReference, tableArn, tableReference } from '../table-reference.ts';
import { checkTags, tagConditions } from '../tags.ts';
import { refuseUnsupported } from '../unsupported.ts';

const unsupported = [
  'GlobalTableSettingsReplicationMode',
  'GlobalTableSourceArn',
  'OnDemandThroughput',
  'ResourcePolicy',
  'VectorIndexes',
  'WarmThroughput',
];

export const createTable: Operation<CreateTableInput, CreateTableOutput> = {
  schema: CreateTable$,
  permissions(call, input) {
    requireAll(
      tableNameOrArn('tableName', input.TableName),
      oneOf('tableClass', input.TableClass, ['STANDARD', 'STANDARD_INFREQUENT_ACCESS']),
    );
    const table = tableReference(call, input.TableName ?? '');
    const context = tagConditions(input.Tags ?? []);
    const create = tablePermission(call, 'dynamodb:CreateTable', table, context);
    // "Tagging resources in DynamoDB": creating a table with tags takes both permissions.
    return input.Tags?.length
      ? [create, tablePermission(call, 'dynamodb:TagResource', table, context)]
      : [create];
  },
  run(call, input) {
    const reference = tableReference(call, input.TableName ?? '');
    // Inferred: a table is made in the account and Region that the request goes to.
    if (reference.arn !== tableArn(call.region, call.account.id, reference.name)) {
      throw new AwsError('ValidationException', `Invalid TableArn: ${reference.arn}`);
    }
    refuseUnsupported('CreateTable', input, unsupported);
    if (input.StreamSpecification?.StreamEnabled) {
      refuseUnsupported('CreateTable', input, ['StreamSpecification']);
    }
    const store = call.account.dynamodb(call.region);
    const definition = readTableDefinition(store.dataPlane, input, reference.name);
    const choice = readEncryptionChoice(input.SSESpecification);
    checkTags(input.Tags ?? []);
    refuseExisting(call, reference);
    const adopted = choice && adoptKey(call, reference.name, choice.keyIdentifier);
    const keys = makeKeyChain(store, reference.name, adopted?.key);
    if (adopted) recordForwardedCall(call, generateDataKeyCall(call, reference.name, adopted.key));
    const now = call.clock.now().getTime();
    const table: Table = {
      ...reference,
      id: randomUUID(),
      definition,
      createdAt: now,
      activeAt: now + call.clock.timing.tableCreationMs,
      ...readThroughput(input),
      decreasedAt: [],
      ...(input.TableClass && { tableClass: input.TableClass }),
      deletionProtection: input.DeletionProtectionEnabled ?? false,
      tags: new Map(input.Tags?.map((tag) => [tag.Key ?? '', tag.Value ?? ''])),
      encryption: {
        ...(adopted && { key: adopted.tableKey }),
        keys,
        changedAt: [],
      },
      statistics: { takenAt: now, table: { itemCount: 0, sizeBytes: 0 }, indexes: new Map() },
    };
    store.add(table);
    const answer = { TableDescription: describeTable(table, call.clock.now()) };
    settle(call, table);
    return answer;
  },
};

function readThroughput(input: CreateTableInput) {
  if (input.BillingMode === 'PAY_PER_REQUEST') {
    return {
      billingMode: input.BillingMode,
      throughput: { read: 0, write: 0 },
      warmThroughput: onDemandWarmThroughput,
    };
  }
  const throughput = {
    read: input.ProvisionedThroughput?.ReadCapacityUnits ?? 0,
    write: input.ProvisionedThroughput?.WriteCapacityUnits ?? 0,
  };
  return { billingMode: 'PROVISIONED' as const, throughput, warmThroughput: throughput };
}

/** Texts observed on AWS (aws-controllers-k8s/dynamodb-controller DDB-TABLE-005). */
function refuseExisting(call: Call, reference: TableReference): void {
  const existing = lookUpTable(call, reference);
  if (!existing) return;
  if (tableStatus(existing) === 'CREATING') {
    throw tableInUse(`Table is being created: ${existing.name}`);
  }
  throw new AwsError('ResourceInUseException', `Table already exists: ${existing.name}`);
}
