import { UpdateTable$, type UpdateTableInput, type UpdateTableOutput } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import { atLeast, invalid, oneOf, requireAll, tableNameOrArn } from '../constraints.ts';
import { describeTable } from '../describe-table.ts';
import { changeEncryption } from '../encryption/change-encryption.ts';
import { readEncryptionChoice } from '../encryption/encryption-choice.ts';
import { findChangeableTable } from '../find-table.ts';
import { prepareIndexChanges } from '../indexes/change-indexes.ts';
import { readIndexUpdates } from '../indexes/read-index-updates.ts';
import { tablePermission } from '../permissions.ts';
import { settle } from '../settle.ts';
import { tableReference } from '../table-reference.ts';
import { changeThroughput } from '../throughput.ts';
import { refuseUnsupported } from '../unsupported.ts';

const unsupported = [
  'GlobalTableSettingsReplicationMode',
  'GlobalTableWitnessUpdates',
  'MultiRegionConsistency',
  'OnDemandThroughput',
  'ReplicaUpdates',
  'StreamSpecification',
  'TableClass',
  'VectorIndexUpdates',
  'WarmThroughput',
];

export const updateTable: Operation<UpdateTableInput, UpdateTableOutput> = {
  schema: UpdateTable$,
  permissions(call, input) {
    requireAll(
      tableNameOrArn('tableName', input.TableName),
      oneOf('billingMode', input.BillingMode, ['PROVISIONED', 'PAY_PER_REQUEST']),
      atLeast('provisionedThroughput.writeCapacityUnits', input.ProvisionedThroughput?.WriteCapacityUnits, 1),
      atLeast('provisionedThroughput.readCapacityUnits', input.ProvisionedThroughput?.ReadCapacityUnits, 1),
    );
    return [tablePermission(call, 'dynamodb:UpdateTable', tableReference(call, input.TableName ?? ''))];
  },
  run(call, input) {
    refuseCombinations(input);
    refuseUnsupported('UpdateTable', input, unsupported);
    const choice = readEncryptionChoice(input.SSESpecification);
    const indexUpdates = readIndexUpdates(input);
    const table = findChangeableTable(call, tableReference(call, input.TableName ?? ''));
    if (input.SSESpecification) changeEncryption(call, table, choice);
    else if (input.DeletionProtectionEnabled !== undefined) {
      table.deletionProtection = input.DeletionProtectionEnabled;
    } else {
      const beginIndexChanges = prepareIndexChanges(call, table, indexUpdates, input);
      if (input.BillingMode || input.ProvisionedThroughput) changeThroughput(call, table, input);
      beginIndexChanges();
    }
    // The answer shows the change before anything of it has settled.
    const answer = { TableDescription: describeTable(table, call.clock.now()) };
    settle(call, table);
    return answer;
  },
};

/**
 * One change at a time. Texts and their precedence observed on AWS (aws-controllers-k8s/dynamodb-controller
 * DDB-TABLE-382, -433, -449). AttributeDefinitions count for nothing without a change of the indexes.
 */
function refuseCombinations(input: UpdateTableInput): void {
  const { TableName: _table, AttributeDefinitions: _attributes, ...changes } = input;
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  if (given.length === 0) {
    throw new AwsError(
      'ValidationException',
      'At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, ' +
        'SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, ' +
        'DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required',
    );
  }
  if (given.length === 1) return;
  const only = 'must be the only operation in the request';
  if (changes.SSESpecification) throw invalid(`Server-Side Encryption modification ${only}`);
  if (changes.TableClass) throw invalid(`TableClass modification ${only}`);
  if (changes.DeletionProtectionEnabled !== undefined) {
    throw invalid(`DeletionProtection modification ${only}`);
  }
}
