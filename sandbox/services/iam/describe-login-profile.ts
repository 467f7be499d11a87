import type { LoginProfile as LoginProfileAnswer } from '@aws-sdk/client-iam';
import type { IamUser, LoginProfile } from './entities.ts';
import { noSuchEntity } from './errors.ts';

export function describeLoginProfile(user: IamUser, profile: LoginProfile): LoginProfileAnswer {
  return {
    UserName: user.name,
    CreateDate: profile.createdAt,
    PasswordResetRequired: profile.passwordResetRequired,
  };
}

/** @throws AwsError NoSuchEntity */
export function loginProfileOf(user: IamUser): LoginProfile {
  if (!user.loginProfile) throw noSuchEntity(`Login Profile for User ${user.name} cannot be found.`);
  return user.loginProfile;
}
