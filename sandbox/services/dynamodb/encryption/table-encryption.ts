/** Which KMS key a table is encrypted under, and how it moves from one to another. */
import type { SSEDescription } from '@aws-sdk/client-dynamodb';
import type { SandboxAccount } from '../../../account.ts';
import type { KmsKey } from '../../kms/kms-key.ts';
import type { KeyChain } from './key-chain.ts';

/** A key of KMS in use by a table, with the grant that DynamoDB holds on it for this table. */
export interface TableKey {
  readonly arn: string;
  readonly grantId: string;
}

interface KeyChange {
  /** Absent: to the key that AWS owns. */
  readonly to?: TableKey;
  /** Under the new key. */
  readonly keys: KeyChain;
  /** When the new key takes over, in milliseconds since the epoch. */
  readonly takesOverAt: number;
  /** When the change is over. */
  readonly doneAt: number;
  takenOver: boolean;
}

export interface TableEncryption {
  /** Absent: the key that AWS owns, the default. */
  key?: TableKey;
  /** Under that key. */
  keys: KeyChain;
  /** Under way. */
  change?: KeyChange;
  /** Whether the key works, and since when, as far as DynamoDB has looked; absent: it has always worked. */
  keyHealth?: { readonly works: boolean; readonly since: number } | undefined;
  /** When DynamoDB found that the key does not work; absent while it does. */
  inaccessibleSince?: number | undefined;
  /** When the key was changed, oldest first, in milliseconds since the epoch. */
  readonly changedAt: number[];
}

/** The key in KMS, if it is still there. */
export function kmsKeyOf(account: SandboxAccount, region: string, { arn }: TableKey): KmsKey | undefined {
  return account.kms(region).key(arn.slice(arn.lastIndexOf('/') + 1));
}

/**
 * The key that the table's data key is under at this moment.
 *
 * Inferred: while the key is changing, the one that DescribeTable shows.
 */
export function keyInForce({ key, change }: TableEncryption): TableKey | undefined {
  return change?.takenOver ? change.to : key;
}

/** The keys under the key in force. */
export function keysInForce({ keys, change }: TableEncryption): KeyChain {
  return change?.takenOver ? change.keys : keys;
}

/**
 * As DescribeTable shows it: nothing for the key that AWS owns; while changing, `UPDATING` with the old key at
 * first, then with the new one (observed on AWS, aws-controllers-k8s/dynamodb-controller DDB-TABLE-027, -065, -140).
 */
export function describeEncryption(encryption: TableEncryption): SSEDescription | undefined {
  const key = keyInForce(encryption);
  if (!encryption.change && !key) return undefined;
  return {
    Status: encryption.change ? 'UPDATING' : 'ENABLED',
    ...(key && { SSEType: 'KMS', KMSMasterKeyArn: key.arn }),
    ...(encryption.inaccessibleSince !== undefined && {
      InaccessibleEncryptionDateTime: new Date(encryption.inaccessibleSince),
    }),
  };
}
