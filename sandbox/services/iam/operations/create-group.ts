import { CreateGroup$, type CreateGroupRequest, type CreateGroupResponse } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeGroup } from '../describe-entities.ts';
import type { IamGroup } from '../entities.ts';
import { alreadyExists } from '../errors.ts';
import { creationPermission } from '../permissions.ts';
import { uniqueId } from '../unique-ids.ts';

export const createGroup: Operation<Validated<CreateGroupRequest>, CreateGroupResponse> = {
  schema: CreateGroup$,
  permissions: (call, { GroupName, Path }) => [
    creationPermission(call, 'iam:CreateGroup', 'group', GroupName, Path),
  ],
  run(call, { GroupName, Path = '/' }) {
    const { iam } = call.account;
    if (iam.groups.find(GroupName)) throw alreadyExists(`Group with name ${GroupName} already exists.`);
    const group: IamGroup = {
      kind: 'group',
      name: GroupName,
      id: uniqueId('group'),
      path: Path,
      createdAt: iam.now(),
      inlinePolicies: new Map(),
      attachedPolicies: new Set(),
      memberIds: new Set(),
    };
    iam.groups.add(group);
    return { Group: describeGroup(iam, group) };
  },
};
