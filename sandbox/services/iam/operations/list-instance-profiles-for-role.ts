import {
  ListInstanceProfilesForRole$,
  type ListInstanceProfilesForRoleRequest,
  type ListInstanceProfilesForRoleResponse,
} from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findRole } from '../lookup.ts';
import { pageOf } from '../paging.ts';
import { rolePermission } from '../permissions.ts';

/**
 * A role of the sandbox is in no instance profile: the operation that would make one is not there. Terraform asks before it
 * deletes a role.
 */
export const listInstanceProfilesForRole: Operation<
  Validated<ListInstanceProfilesForRoleRequest>,
  ListInstanceProfilesForRoleResponse
> = {
  schema: ListInstanceProfilesForRole$,
  permissions: (call, { RoleName }) => [rolePermission(call, 'iam:ListInstanceProfilesForRole', RoleName)],
  run(call, input) {
    findRole(call, input.RoleName);
    return { InstanceProfiles: [], ...pageOf([], input, String).more };
  },
};
