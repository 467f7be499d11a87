import { GetUser$, type GetUserRequest, type GetUserResponse } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeUserInFull } from '../describe-entities.ts';
import { findUser, userNameOrCaller } from '../lookup.ts';
import { userPermission } from '../permissions.ts';

export const getUser: Operation<Validated<GetUserRequest>, GetUserResponse> = {
  schema: GetUser$,
  permissions: (call, input) => [userPermission(call, 'iam:GetUser', userNameOrCaller(call, input.UserName))],
  run(call, input) {
    const user = findUser(call, userNameOrCaller(call, input.UserName));
    return { User: describeUserInFull(call.account.iam, user) };
  },
};
