import { TagRole$, type TagRoleRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findRole } from '../lookup.ts';
import { rolePermission } from '../permissions.ts';
import { setTags, tagConditions } from '../tags.ts';

export const tagRole: Operation<Validated<TagRoleRequest>, void> = {
  schema: TagRole$,
  permissions: (call, { RoleName, Tags }) => [
    rolePermission(call, 'iam:TagRole', RoleName, tagConditions(Tags)),
  ],
  run: (call, { RoleName, Tags }) => setTags(findRole(call, RoleName).tags, Tags),
};
