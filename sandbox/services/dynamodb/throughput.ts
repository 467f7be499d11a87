/** Billing modes and throughput. Rules and texts observed on AWS (aws-controllers-k8s/dynamodb-controller DDB-TABLE-058, -064, -156, -442). */
import type { UpdateTableInput } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { invalid } from './constraints.ts';
import { tableInUse } from './find-table.ts';
import type { Table, Throughput } from './table.ts';

/** Begins a change of the billing mode or of the throughput. @throws AwsError */
export function changeThroughput(call: Call, table: Table, input: UpdateTableInput): void {
  const { BillingMode, ProvisionedThroughput } = input;
  const mode = BillingMode ?? table.billingMode;
  const now = call.clock.now().getTime();
  if (mode === 'PAY_PER_REQUEST' && ProvisionedThroughput) {
    throw invalid(
      'Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST',
    );
  }
  if (mode === 'PROVISIONED' && !ProvisionedThroughput) {
    throw invalid('ProvisionedThroughput must be specified when BillingMode is PROVISIONED');
  }
  if (table.update) throw tableInUse(`Table IOPS are currently being updated. Table: ${table.name}`);
  const asked: Throughput = {
    read: ProvisionedThroughput?.ReadCapacityUnits ?? 0,
    write: ProvisionedThroughput?.WriteCapacityUnits ?? 0,
  };
  let doneAt = now + call.clock.timing.tableUpdateMs;
  if (mode !== table.billingMode) {
    switchBillingMode(table, mode, asked);
  } else if (mode === 'PROVISIONED') {
    refuseSame(table.throughput, asked);
    if (asked.read > table.throughput.read || asked.write > table.throughput.write)
      table.lastIncreaseAt = now;
    if (asked.read < table.throughput.read || asked.write < table.throughput.write)
      table.decreasedAt.push(now);
  } else {
    // On demand already: the answer says UPDATING, and nothing happens (DDB-TABLE-156).
    doneAt = now;
  }
  table.update = { throughput: asked, doneAt };
}

/** The mode and the throughput show at once, even while the table is UPDATING (DDB-TABLE-064, -369). */
function switchBillingMode(table: Table, mode: Table['billingMode'], asked: Throughput): void {
  const [index] = table.definition.GlobalSecondaryIndexes ?? [];
  if (mode === 'PROVISIONED' && index) {
    throw invalid(`ProvisionedThroughput must be specified for index: ${index.IndexName}`);
  }
  table.billingMode = mode;
  table.throughput = asked;
}

function refuseSame(current: Throughput, asked: Throughput): void {
  if (asked.read !== current.read || asked.write !== current.write) return;
  throw new AwsError(
    'ValidationException',
    'The provisioned throughput for the table will not change. The requested value equals the current value. ' +
      `Current ReadCapacityUnits provisioned for the table: ${current.read}. Requested ReadCapacityUnits: ${asked.read}. ` +
      `Current WriteCapacityUnits provisioned for the table: ${current.write}. Requested WriteCapacityUnits: ${asked.write}. ` +
      'Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
  );
}
