/**
 * DynamoDB looks now and then whether it can still use the keys of its tables: a table shows late that its key is lost, and
 * as late that it is back (observed on AWS, aws-controllers-k8s/dynamodb-controller DDB-TABLE-331, -332, -335).
 */
import type { Call } from '../../../call.ts';
import type { KmsKey } from '../../kms/kms-key.ts';
import { kmsKeyOf, type TableEncryption, type TableKey } from './table-encryption.ts';

/** @param now milliseconds since the epoch */
export function checkKey(call: Call, encryption: TableEncryption, now: number): void {
  const { keyChecksMs } = call.clock.timing;
  if (encryption.key === undefined || keyChecksMs === 0) return;
  const { works, since } = lookAt(call, encryption, encryption.key, now);
  if (now < since + keyChecksMs) return;
  if (works) encryption.inaccessibleSince = undefined;
  else encryption.inaccessibleSince ??= since + keyChecksMs;
}

/** Needed are a key that is enabled, and DynamoDB's grant on it (DDB-TABLE-332). */
function lookAt(call: Call, encryption: TableEncryption, tableKey: TableKey, now: number) {
  const key = kmsKeyOf(call.account, call.region, tableKey);
  const works = key?.state === 'Enabled' && key.grants.some(({ grantId }) => grantId === tableKey.grantId);
  const known = encryption.keyHealth ?? { works: true, since: Number.NEGATIVE_INFINITY };
  if (known.works === works) return known;
  const health = { works, since: changedAt(key, works) ?? now };
  encryption.keyHealth = health;
  return health;
}

/** When the key's state brought it about. Of a grant that was revoked, and of a key that is gone, the time is not known. */
function changedAt(key: KmsKey | undefined, works: boolean): number | undefined {
  return (key?.state === 'Enabled') === works ? key?.enabledChangedAt : undefined;
}
