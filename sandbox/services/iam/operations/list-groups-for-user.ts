import {
  ListGroupsForUser$,
  type ListGroupsForUserRequest,
  type ListGroupsForUserResponse,
} from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeGroup } from '../describe-entities.ts';
import { findUser } from '../lookup.ts';
import { pageOf } from '../paging.ts';
import { userPermission } from '../permissions.ts';

export const listGroupsForUser: Operation<Validated<ListGroupsForUserRequest>, ListGroupsForUserResponse> = {
  schema: ListGroupsForUser$,
  permissions: (call, { UserName }) => [userPermission(call, 'iam:ListGroupsForUser', UserName)],
  run(call, input) {
    const { iam } = call.account;
    const groups = iam.groupsOf(findUser(call, input.UserName));
    const { items, more } = pageOf(groups, input, ({ name }) => name);
    return { Groups: items.map((group) => describeGroup(iam, group)), ...more };
  },
};
