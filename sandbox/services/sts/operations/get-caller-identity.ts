import {
  GetCallerIdentity$,
  type GetCallerIdentityRequest,
  type GetCallerIdentityResponse,
} from '@aws-sdk/client-sts';
import type { Operation } from '../../../operation.ts';

/**
 * Needs no permission and cannot be denied: the same facts stand in every access denied message
 * (GetCallerIdentity in the STS API reference).
 */
export const getCallerIdentity: Operation<GetCallerIdentityRequest, GetCallerIdentityResponse> = {
  schema: GetCallerIdentity$,
  permissions: () => [],
  run: ({ credential: { accountId, principal } }) => {
    if (principal.kind === 'service') throw new Error('A service does not call GetCallerIdentity.');
    return {
      Account: accountId,
      Arn: principal.arn,
      UserId: principal.kind === 'root' ? accountId : principal.userId,
    };
  },
};
