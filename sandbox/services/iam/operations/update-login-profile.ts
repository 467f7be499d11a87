import { UpdateLoginProfile$, type UpdateLoginProfileRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { loginProfileOf } from '../describe-login-profile.ts';
import { findUser } from '../lookup.ts';
import { checkPassword } from '../password-policy.ts';
import { userPermission } from '../permissions.ts';

export const updateLoginProfile: Operation<Validated<UpdateLoginProfileRequest>, void> = {
  schema: UpdateLoginProfile$,
  permissions: (call, { UserName }) => [userPermission(call, 'iam:UpdateLoginProfile', UserName)],
  run(call, { UserName, Password, PasswordResetRequired }) {
    const profile = loginProfileOf(findUser(call, UserName));
    if (Password !== undefined) checkPassword(Password);
    if (PasswordResetRequired !== undefined) profile.passwordResetRequired = PasswordResetRequired;
  },
};
