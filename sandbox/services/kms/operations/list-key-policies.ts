import {
  ListKeyPolicies$,
  type ListKeyPoliciesRequest,
  type ListKeyPoliciesResponse,
} from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import { page } from '../paging.ts';
import { policyName } from '../policy-name.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<ListKeyPoliciesRequest, 'KeyId'>;

export const listKeyPolicies: Operation<Input, ListKeyPoliciesResponse> = {
  schema: ListKeyPolicies$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:ListKeyPolicies'), 'kms:ListKeyPolicies'),
  ],
  run(_call, input) {
    const { items, ...rest } = page([policyName], (name) => name, input, { standard: 100, max: 1000 });
    return { PolicyNames: items, ...rest };
  },
};
