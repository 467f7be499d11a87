import { DeleteLoginProfile$, type DeleteLoginProfileRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { loginProfileOf } from '../describe-login-profile.ts';
import { findUser, userNameOrCaller } from '../lookup.ts';
import { userPermission } from '../permissions.ts';

export const deleteLoginProfile: Operation<Validated<DeleteLoginProfileRequest>, void> = {
  schema: DeleteLoginProfile$,
  permissions: (call, { UserName }) => [
    userPermission(call, 'iam:DeleteLoginProfile', userNameOrCaller(call, UserName)),
  ],
  run(call, { UserName }) {
    const user = findUser(call, userNameOrCaller(call, UserName));
    loginProfileOf(user);
    user.loginProfile = undefined;
  },
};
