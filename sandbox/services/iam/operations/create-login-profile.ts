import {
  CreateLoginProfile$,
  type CreateLoginProfileRequest,
  type CreateLoginProfileResponse,
} from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { describeLoginProfile } from '../describe-login-profile.ts';
import { alreadyExists, validationError } from '../errors.ts';
import { findUser, userNameOrCaller } from '../lookup.ts';
import { checkPassword } from '../password-policy.ts';
import { userPermission } from '../permissions.ts';

export const createLoginProfile: Operation<
  Validated<CreateLoginProfileRequest>,
  CreateLoginProfileResponse
> = {
  schema: CreateLoginProfile$,
  permissions: (call, { UserName }) => [
    userPermission(call, 'iam:CreateLoginProfile', userNameOrCaller(call, UserName)),
  ],
  run(call, { UserName, Password, PasswordResetRequired = false }) {
    // Only a session of sts:AssumeRoot may leave the password out, and there is none here.
    if (Password === undefined) {
      throw validationError(
        "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null",
      );
    }
    const user = findUser(call, userNameOrCaller(call, UserName));
    if (user.loginProfile) throw alreadyExists(`Login Profile for user ${user.name} already exists.`);
    checkPassword(Password);
    user.loginProfile = { createdAt: call.account.iam.now(), passwordResetRequired: PasswordResetRequired };
    return { LoginProfile: describeLoginProfile(user, user.loginProfile) };
  },
};
