import {
  GetLoginProfile$,
  type GetLoginProfileRequest,
  type GetLoginProfileResponse,
} from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeLoginProfile, loginProfileOf } from '../describe-login-profile.ts';
import { findUser, userNameOrCaller } from '../lookup.ts';
import { userPermission } from '../permissions.ts';

export const getLoginProfile: Operation<Validated<GetLoginProfileRequest>, GetLoginProfileResponse> = {
  schema: GetLoginProfile$,
  permissions: (call, { UserName }) => [
    userPermission(call, 'iam:GetLoginProfile', userNameOrCaller(call, UserName)),
  ],
  run(call, { UserName }) {
    const user = findUser(call, userNameOrCaller(call, UserName));
    return { LoginProfile: describeLoginProfile(user, loginProfileOf(user)) };
  },
};
