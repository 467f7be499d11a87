import { RevokeGrant$, type RevokeGrantRequest } from '@aws-sdk/client-kms';
import type { Operation } from '../../../operation.ts';
import { endDryRun } from '../dry-run.ts';
import { findGrant, removeGrant } from '../grants.ts';
import { keyPermission, resolveKeyId } from '../keys.ts';
import type { RequiredMembers } from '../required-members.ts';

export const revokeGrant: Operation<RequiredMembers<RevokeGrantRequest, 'KeyId' | 'GrantId'>, undefined> = {
  schema: RevokeGrant$,
  permissions: (call, { KeyId }) => [
    keyPermission(resolveKeyId(call, KeyId, 'kms:RevokeGrant'), 'kms:RevokeGrant', {
      'kms:GrantIsForAWSResource': 'false',
    }),
  ],
  run(call, { KeyId, GrantId, DryRun }) {
    const key = resolveKeyId(call, KeyId);
    const { grantId } = findGrant(key, GrantId);
    endDryRun(DryRun);
    removeGrant(key, grantId, call.clock);
    return undefined;
  },
};
