import {
  GetFederationToken$,
  type GetFederationTokenRequest,
  type GetFederationTokenResponse,
} from '@aws-sdk/client-sts';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { longTermCaller, sessionDuration } from '../caller.ts';
import { describeCredentials } from '../describe-credentials.ts';
import { refuseUnsupported } from '../errors.ts';
import { packedPolicySize, sessionPolicies } from '../session-policies.ts';

/** What the federated user may do is what both the calling user and the session policies allow. */
export const getFederationToken: Operation<
  Validated<GetFederationTokenRequest>,
  GetFederationTokenResponse
> = {
  schema: GetFederationToken$,
  permissions(call, { Name }) {
    longTermCaller(call, 'GetFederationToken');
    return [{ action: 'sts:GetFederationToken', resource: federatedUserArn(call.account.id, Name) }];
  },
  run(call, input) {
    refuseUnsupported('GetFederationToken', input, ['Tags']);
    const { account } = call;
    const caller = longTermCaller(call, 'GetFederationToken');
    const policies = sessionPolicies(account, input);
    const size = packedPolicySize(input);
    const arn = federatedUserArn(account.id, input.Name);
    const userId = `${account.id}:${input.Name}`;
    const session = account.sts.open({
      principal: { kind: 'federated-user', arn, accountId: account.id, userId },
      durationSeconds: sessionDuration(caller, input.DurationSeconds),
      sessionPolicies: policies,
      owner: caller,
    });
    return {
      Credentials: describeCredentials(session),
      FederatedUser: { Arn: arn, FederatedUserId: userId },
      PackedPolicySize: size,
    };
  },
};

function federatedUserArn(accountId: string, name: string): string {
  return `arn:aws:sts::${accountId}:federated-user/${name}`;
}
