/** UpdateTable with an SSESpecification: moves a table to another key. */
import { AwsError } from '../../../aws-error.ts';
import type { Call } from '../../../call.ts';
import { resolveKey } from '../../kms/keys.ts';
import { invalid } from '../constraints.ts';
import { tableInUse } from '../find-table.ts';
import type { Table } from '../table.ts';
import { adoptKey } from './adopt-key.ts';
import type { KmsChoice } from './encryption-choice.ts';
import { makeKeyChain, openKeyChain } from './key-chain.ts';
import { askKms } from './kms-error.ts';

const dayMs = 24 * 60 * 60 * 1000;
const changesPerDay = 4;
const laterChangesApartMs = 6 * 60 * 60 * 1000;

/**
 * Begins the change; the table settles by the clock's timing. The order of the checks was observed on AWS
 * (aws-controllers-k8s/dynamodb-controller DDB-TABLE-079, -081, -333): what changes nothing, then the number of
 * changes, then the old key, then the new one.
 *
 * AWS accepts the very same specification again while a change is under way; the sandbox refuses it like any other.
 *
 * @param choice undefined for the key that AWS owns
 * @throws AwsError; the table is unchanged then and the change does not count
 */
export function changeEncryption(call: Call, table: Table, choice: KmsChoice | undefined): void {
  const { encryption } = table;
  const now = call.clock.now().getTime();
  if (encryption.change) throw tableInUse('Server-Side Encryption is still being updated');
  if (choice === undefined && encryption.key === undefined)
    throw invalid('Table is already encrypted by default');
  // Only an ARN is compared: an alias or a key id of the same key encrypts the table again (DDB-TABLE-082).
  if (choice?.keyIdentifier !== undefined && choice.keyIdentifier === encryption.key?.arn) {
    throw invalid(
      'Table is already encrypted with given KMSMasterKeyId. Use KMSMasterKeyId parameter if you want to change Master Key',
    );
  }
  limitChanges(encryption.changedAt, now);
  const store = call.account.dynamodb(call.region);
  const { key } = encryption;
  const dataKey = askKms(() =>
    openKeyChain(store, table.name, key && resolveKey(call, key.arn), encryption.keys),
  );
  const adopted = choice && adoptKey(call, table.name, choice.keyIdentifier);
  const keys = makeKeyChain(store, table.name, adopted?.key, dataKey);
  const { encryptionShownMs, encryptionChangeMs } = call.clock.timing;
  encryption.change = {
    to: adopted?.tableKey,
    keys,
    takesOverAt: now + encryptionShownMs,
    doneAt: now + encryptionChangeMs,
    takenOver: false,
  };
  encryption.changedAt.push(now);
}

/**
 * Four changes within a day that begins with the first of them, then one every six hours.
 *
 * @param changedAt oldest first; forgets the changes of days that are over
 * @throws AwsError LimitExceededException; text observed on AWS (DDB-TABLE-081, -443)
 */
function limitChanges(changedAt: number[], now: number): void {
  while (changedAt[0] !== undefined && now >= changedAt[0] + dayMs) {
    const endOfDay = changedAt[0] + dayMs;
    changedAt.splice(0, changedAt.filter((when) => when < endOfDay).length);
  }
  const [first] = changedAt;
  const last = changedAt.at(-1);
  if (first === undefined || last === undefined || changedAt.length < changesPerDay) return;
  const next = Math.min(last + laterChangesApartMs, first + dayMs);
  if (now >= next) return;
  throw new AwsError(
    'LimitExceededException',
    `Subscriber limit exceeded: Encryption mode changes are limited in the 24h window ending at ${time(first + dayMs)}. ` +
      `After the first ${changesPerDay} change, each subsequent change in the same window can be performed at most ` +
      `once every ${laterChangesApartMs / 1000} seconds. Number of updates today: ${changedAt.length}. ` +
      `Last change at ${time(last)}. Next changes can be made at ${time(next)}.`,
  );
}

function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
