import { DeleteAccessKey$, type DeleteAccessKeyRequest } from '@aws-sdk/client-iam';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { findAccessKey, findUser, userNameOrCaller } from '../lookup.ts';
import { userPermission } from '../permissions.ts';

export const deleteAccessKey: Operation<Validated<DeleteAccessKeyRequest>, void> = {
  schema: DeleteAccessKey$,
  permissions: (call, { UserName }) => [
    userPermission(call, 'iam:DeleteAccessKey', userNameOrCaller(call, UserName)),
  ],
  run(call, { UserName, AccessKeyId }) {
    const user = findUser(call, userNameOrCaller(call, UserName));
    const { id } = findAccessKey(call, user, AccessKeyId);
    call.account.iam.keepFormerCredential(id);
    call.account.iam.accessKeys.delete(id);
  },
};
