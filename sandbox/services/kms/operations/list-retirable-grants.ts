import {
  type ListGrantsResponse,
  ListRetirableGrants$,
  type ListRetirableGrantsRequest,
} from '@aws-sdk/client-kms';
import { permission } from '../../../authorisation/permission.ts';
import type { Operation } from '../../../operation.ts';
import { describeGrant } from '../grants.ts';
import { storeOf } from '../keys.ts';
import { page } from '../paging.ts';
import type { RequiredMembers } from '../required-members.ts';

type Input = RequiredMembers<ListRetirableGrantsRequest, 'RetiringPrincipal'>;

/** Grants are looked for on all keys, so identity policies decide, on `*` (page "AWS KMS permissions"). */
export const listRetirableGrants: Operation<Input, ListGrantsResponse> = {
  schema: ListRetirableGrants$,
  permissions: () => [permission('kms:ListRetirableGrants')],
  run(call, input) {
    const grants = storeOf(call)
      .keys()
      .flatMap((key) => key.grants.map((grant) => ({ key, grant })))
      .filter(({ grant }) => grant.retiringPrincipal === input.RetiringPrincipal);
    const { items, ...rest } = page(grants, ({ grant }) => grant.grantId, input, { standard: 50, max: 100 });
    return { Grants: items.map(({ key, grant }) => describeGrant(key, grant)), ...rest };
  },
};
