import { ListKeys$, type ListKeysRequest, type ListKeysResponse } from '@aws-sdk/client-kms';
import { permission } from '../../../authorisation/permission.ts';
import type { Operation } from '../../../operation.ts';
import { storeOf } from '../keys.ts';
import { page } from '../paging.ts';

export const listKeys: Operation<ListKeysRequest, ListKeysResponse> = {
  schema: ListKeys$,
  permissions: () => [permission('kms:ListKeys')],
  run(call, input) {
    const { items, ...rest } = page(storeOf(call).keys(), (key) => key.keyId, input, {
      standard: 100,
      max: 1000,
    });
    return { Keys: items.map((key) => ({ KeyId: key.keyId, KeyArn: key.arn })), ...rest };
  },
};
