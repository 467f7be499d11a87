import {
  GetSessionToken$,
  type GetSessionTokenRequest,
  type GetSessionTokenResponse,
} from '@aws-sdk/client-sts';
import type { Operation } from '../../../operation.ts';
import { longTermCaller, refuseMfa, sessionDuration } from '../caller.ts';
import { describeCredentials } from '../describe-credentials.ts';

/** Needs no permission ("Permissions for GetSessionToken" in the IAM user guide). */
export const getSessionToken: Operation<GetSessionTokenRequest, GetSessionTokenResponse> = {
  schema: GetSessionToken$,
  permissions: () => [],
  run(call, input) {
    const caller = longTermCaller(call, 'GetSessionToken');
    refuseMfa(input);
    const durationSeconds = sessionDuration(caller, input.DurationSeconds);
    const session = call.account.sts.open({ principal: caller, durationSeconds, owner: caller });
    return { Credentials: describeCredentials(session) };
  },
};
