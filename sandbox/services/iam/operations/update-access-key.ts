import { UpdateAccessKey$, type UpdateAccessKeyRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findAccessKey, findUser, userNameOrCaller } from '../lookup.ts';
import { userPermission } from '../permissions.ts';

export const updateAccessKey: Operation<Validated<UpdateAccessKeyRequest>, void> = {
  schema: UpdateAccessKey$,
  permissions: (call, { UserName }) => [
    userPermission(call, 'iam:UpdateAccessKey', userNameOrCaller(call, UserName)),
  ],
  run(call, { UserName, AccessKeyId, Status }) {
    const user = findUser(call, userNameOrCaller(call, UserName));
    const key = findAccessKey(call, user, AccessKeyId);
    call.account.iam.keepFormerCredential(key.id);
    key.active = Status === 'Active';
  },
};
