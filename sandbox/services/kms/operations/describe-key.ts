import { DescribeKey$, type DescribeKeyRequest, type DescribeKeyResponse } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { requestAlias } from '../condition-keys.ts';
import { describeKeyMetadata } from '../key-metadata.ts';
import { keyPermission, resolveKey } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';

export const describeKey: Operation<RequiredMembers<DescribeKeyRequest, 'KeyId'>, DescribeKeyResponse> = {
  schema: DescribeKey$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKey(call, KeyId), 'kms:DescribeKey', requestAlias(KeyId)),
  ],
  run: (call, { KeyId }) => ({ KeyMetadata: describeKeyMetadata(resolveKey(call, KeyId)) }),
};
