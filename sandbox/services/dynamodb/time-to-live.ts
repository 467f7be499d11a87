/**
 * Items that expire; page "Using time to live (TTL) in DynamoDB". AWS deletes an item within a few days after it
 * expired; the sandbox does so within an hour of the account's time, and until then reads still give the item.
 */

import type { Call } from '../../call.ts';
import { usableDataKey } from './encryption/items-at-rest.ts';
import type { Table } from './table.ts';

const sweepEveryMs = 60 * 60 * 1000;

/** Deletes what has expired, if it is time. Without the table's key nothing can be read, and nothing expires. */
export function expireItems(call: Call, table: Table, now: number): void {
  const { timeToLive } = table;
  if (timeToLive === undefined || now < timeToLive.sweptAt + sweepEveryMs) return;
  const key = usableDataKey(call.account, call.region, table.name);
  if (key === undefined) return;
  const { dataPlane } = call.account.dynamodb(call.region);
  dataPlane.deleteExpired(table.name, timeToLive.attributeName, Math.floor(now / 1000), key);
  table.timeToLive = { ...timeToLive, sweptAt: now };
}
