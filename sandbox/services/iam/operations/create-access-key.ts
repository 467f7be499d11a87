import {
  CreateAccessKey$,
  type CreateAccessKeyRequest,
  type CreateAccessKeyResponse,
} from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findUser, userNameOrCaller } from '../lookup.ts';
import { userPermission } from '../permissions.ts';
import { quotas } from '../quotas.ts';

/** The only answer that ever shows the secret. */
export const createAccessKey: Operation<Validated<CreateAccessKeyRequest>, CreateAccessKeyResponse> = {
  schema: CreateAccessKey$,
  permissions: (call, { UserName }) => [
    userPermission(call, 'iam:CreateAccessKey', userNameOrCaller(call, UserName)),
  ],
  run(call, { UserName }) {
    const { iam } = call.account;
    const user = findUser(call, userNameOrCaller(call, UserName));
    quotas.accessKeys(iam.accessKeysOf(user).length);
    const key = iam.createAccessKey(user);
    return {
      AccessKey: {
        UserName: user.name,
        AccessKeyId: key.id,
        Status: 'Active',
        SecretAccessKey: key.secret,
        CreateDate: key.createdAt,
      },
    };
  },
};
