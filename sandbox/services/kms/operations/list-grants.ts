import { ListGrants$, type ListGrantsRequest, type ListGrantsResponse } from '@aws-sdk/client-kms';
import { AwsError } from '../../../aws-error.ts';
import type { Operation } from '../../../operation.ts';
import { describeGrant } from '../grants.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import { page } from '../paging.ts';
import type { RequiredMembers } from '../required-members.ts';

export const listGrants: Operation<RequiredMembers<ListGrantsRequest, 'KeyId'>, ListGrantsResponse> = {
  schema: ListGrants$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:ListGrants'), 'kms:ListGrants', {
      'kms:GrantIsForAWSResource': 'false',
    }),
  ],
  run(call, input) {
    const key = resolveKeyId(call, input.KeyId);
    const { GrantId, GranteePrincipal } = input;
    const grants = key.grants.filter(
      (grant) =>
        (GrantId === undefined || grant.grantId === GrantId) &&
        (GranteePrincipal === undefined || grant.granteePrincipal === GranteePrincipal),
    );
    if (GrantId !== undefined && !key.grants.some((grant) => grant.grantId === GrantId)) {
      // The code is the model's. Inferred: that an id of no grant is refused, and the text.
      throw new AwsError('InvalidGrantIdException', `Grant ID ${GrantId} not found`);
    }
    const { items, ...rest } = page(grants, (grant) => grant.grantId, input, { standard: 50, max: 100 });
    return { Grants: items.map((grant) => describeGrant(key, grant)), ...rest };
  },
};
