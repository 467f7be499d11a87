/** Carries out what time has brought about. Nothing runs in the background: a table settles when it is asked for. */
import { AwsError } from '../../aws-error.ts';
import type { Call } from '../../call.ts';
import { resolveKey, retireServiceGrant } from '../kms/keys.ts';
import { checkKey } from './encryption/check-key.ts';
import type { TableEncryption, TableKey } from './encryption/table-encryption.ts';
import { onDemandWarmThroughput, type Table } from './table.ts';
import { expireItems } from './time-to-live.ts';

/** Brings a table up to the account's time; a table whose deletion is over is removed. */
export function settle(call: Call, table: Table): void {
  const now = call.clock.now().getTime();
  if (table.activeAt !== undefined && now >= table.activeAt) {
    if (table.billingMode === 'PAY_PER_REQUEST') table.onDemandSince = table.activeAt;
    table.activeAt = undefined;
  }
  if (table.update && now >= table.update.doneAt) finishUpdate(table, table.update);
  settleEncryption(call, table.encryption, now);
  checkKey(call, table.encryption, now);
  expireItems(call, table, now);
  if (table.goneAt !== undefined && now >= table.goneAt) {
    call.account.dynamodb(call.region).remove(table.name);
  }
}

function finishUpdate(table: Table, { throughput, doneAt }: NonNullable<Table['update']>): void {
  const onDemand = table.billingMode === 'PAY_PER_REQUEST';
  if (onDemand) table.onDemandSince = doneAt;
  const warm = onDemand ? onDemandWarmThroughput : throughput;
  table.throughput = throughput;
  table.warmThroughput = {
    read: Math.max(table.warmThroughput.read, warm.read),
    write: Math.max(table.warmThroughput.write, warm.write),
  };
  table.update = undefined;
}

function settleEncryption(call: Call, encryption: TableEncryption, now: number): void {
  const { change } = encryption;
  if (!change) return;
  change.takenOver ||= now >= change.takesOverAt;
  if (now < change.doneAt) return;
  if (encryption.key) retireGrant(call, encryption.key);
  encryption.key = change.to;
  encryption.keys = change.keys;
  encryption.change = undefined;
  encryption.keyHealth = undefined;
  encryption.inaccessibleSince = undefined;
}

/** Gives back the grant that DynamoDB held on the key for a table. */
export function retireGrant(call: Call, { arn, grantId }: TableKey): void {
  try {
    retireServiceGrant(resolveKey(call, arn), grantId, call.clock);
  } catch (error) {
    // The key was deleted in the meantime, and its grants with it.
    if (!(error instanceof AwsError) || error.code !== 'NotFoundException') throw error;
  }
}
