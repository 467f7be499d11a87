import {
  GetFederationToken$,
  type GetFederationTokenRequest,
  type GetFederationTokenResponse,
} from '@aws-sdk/client-sts';
import { permission } from '../../../authorisation/permission.ts';
import { arnOfType } from '../../../authorisation/resource-arn.ts';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { longTermCaller, sessionDuration } from '../caller.ts';
import { describeCredentials } from '../describe-credentials.ts';
import { refuseUnsupported } from '../errors.ts';
import { packedPolicySize, sessionPolicies } from '../session-policies.ts';

const federatedUserArn = arnOfType('sts', 'federated-user');

/** What the federated user may do is what both the calling user and the session policies allow. */
export const getFederationToken: Operation<
  Validated<GetFederationTokenRequest>,
  GetFederationTokenResponse
> = {
  schema: GetFederationToken$,
  permissions(call, { Name }) {
    longTermCaller(call, 'GetFederationToken');
    const arn = federatedUserArn({ account: call.account.id }, Name);
    return [permission('sts:GetFederationToken', { type: 'federated-user', arn })];
  },
  run(call, input) {
    refuseUnsupported('GetFederationToken', input, ['Tags']);
    const { account } = call;
    const caller = longTermCaller(call, 'GetFederationToken');
    const policies = sessionPolicies(account, input);
    const size = packedPolicySize(input);
    const arn = federatedUserArn({ account: account.id }, input.Name);
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
