import {
  ListAccessKeys$,
  type ListAccessKeysRequest,
  type ListAccessKeysResponse,
} from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findUser, userNameOrCaller } from '../lookup.ts';
import { pageOf } from '../paging.ts';
import { userPermission } from '../permissions.ts';

export const listAccessKeys: Operation<Validated<ListAccessKeysRequest>, ListAccessKeysResponse> = {
  schema: ListAccessKeys$,
  permissions: (call, { UserName }) => [
    userPermission(call, 'iam:ListAccessKeys', userNameOrCaller(call, UserName)),
  ],
  run(call, input) {
    const user = findUser(call, userNameOrCaller(call, input.UserName));
    const { items, more } = pageOf(call.account.iam.accessKeysOf(user), input, ({ id }) => id);
    return {
      AccessKeyMetadata: items.map((key) => ({
        UserName: user.name,
        AccessKeyId: key.id,
        Status: key.active ? 'Active' : 'Inactive',
        CreateDate: key.createdAt,
      })),
      ...more,
    };
  },
};
