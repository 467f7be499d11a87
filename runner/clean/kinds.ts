import type { Kind } from './kind.ts';
import { dynamodbTable } from './kinds/dynamodb-table.ts';
import { iamUser } from './kinds/iam-user.ts';
import { kmsKey } from './kinds/kms-key.ts';
import type { MadeKind } from './made.ts';

/** How things of each kind are looked at and removed. */
export const kinds: Readonly<Record<MadeKind, Kind>> = {
  'dynamodb.table': dynamodbTable,
  'kms.key': kmsKey,
  'iam.user': iamUser,
};
