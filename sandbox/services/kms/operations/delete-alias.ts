import { DeleteAlias$, type DeleteAliasRequest } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { aliasPermission, aliasTarget, checkAliasName } from '../aliases.ts';
import { keyPermission, storeOf } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';

export const deleteAlias: Operation<RequiredMembers<DeleteAliasRequest, 'AliasName'>, undefined> = {
  schema: DeleteAlias$,
  permissions(call, { AliasName }) {
    checkAliasName(AliasName);
    const key = aliasTarget(call, AliasName);
    return [aliasPermission(call, 'kms:DeleteAlias', AliasName), keyPermission(key, 'kms:DeleteAlias')];
  },
  run(call, { AliasName }) {
    storeOf(call).removeAlias(AliasName);
    return undefined;
  },
};
