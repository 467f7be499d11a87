import type { Kind } from './kind.ts';
import { dynamodbTable } from './kinds/dynamodb-table.ts';
import { iamGroup } from './kinds/iam-group.ts';
import { iamPolicy } from './kinds/iam-policy.ts';
import { iamRole } from './kinds/iam-role.ts';
import { iamUser } from './kinds/iam-user.ts';
import { kmsKey } from './kinds/kms-key.ts';
import type { MadeKind } from './made.ts';

/** How things of each kind are looked at and removed. */
export const kinds: Readonly<Record<MadeKind, Kind>> = {
  'dynamodb.table': dynamodbTable,
  'kms.key': kmsKey,
  'iam.user': iamUser,
  'iam.group': iamGroup,
  'iam.role': iamRole,
  'iam.policy': iamPolicy,
};
