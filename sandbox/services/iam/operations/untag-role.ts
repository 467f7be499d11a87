import { UntagRole$, type UntagRoleRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findRole } from '../lookup.ts';
import { rolePermission } from '../permissions.ts';
import { removeTags } from '../tags.ts';

export const untagRole: Operation<Validated<UntagRoleRequest>, void> = {
  schema: UntagRole$,
  permissions: (call, { RoleName, TagKeys }) => [
    rolePermission(call, 'iam:UntagRole', RoleName, { 'aws:TagKeys': TagKeys }),
  ],
  run: (call, { RoleName, TagKeys }) => removeTags(findRole(call, RoleName).tags, TagKeys),
};
