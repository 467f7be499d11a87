import { AssumeRole$, type AssumeRoleRequest, type AssumeRoleResponse } from '@aws-sdk/client-sts';
import type { AwsError } from '../../../aws-error.ts';
import type { Call } from '../../../call.ts';
import type { Operation } from '../../../operation.ts';
import type { Validated } from '../../../protocol/validated.ts';
import { refuseMfa } from '../caller.ts';
import { describeCredentials } from '../describe-credentials.ts';
import { accessDenied, refuseUnsupported, validationError } from '../errors.ts';
import { findRole, trustPermission } from '../role-reference.ts';
import { packedPolicySize, sessionPolicies } from '../session-policies.ts';

type Input = Validated<AssumeRoleRequest>;

export const assumeRole: Operation<Input, AssumeRoleResponse> = {
  schema: AssumeRole$,
  permissions(call, { RoleArn, RoleSessionName, ExternalId }) {
    const { kind } = call.credential.principal;
    // Observed on AWS, many public logs.
    if (kind === 'root') throw accessDenied('Roles may not be assumed by root accounts.');
    // Federated users may call GetCallerIdentity and nothing else of STS (GetFederationToken, STS API reference).
    // Inferred: in the words of every other refusal.
    if (kind === 'federated-user') throw refused(call, RoleArn);
    return [
      trustPermission(call, 'sts:AssumeRole', RoleArn, {
        'sts:RoleSessionName': RoleSessionName,
        ...(ExternalId !== undefined && { 'sts:ExternalId': ExternalId }),
      }),
    ];
  },
  run(call, input) {
    refuseUnsupported('AssumeRole', input, [
      'Tags',
      'TransitiveTagKeys',
      'SourceIdentity',
      'ProvidedContexts',
    ]);
    const found = findRole(call, input.RoleArn);
    if (!found) throw refused(call, input.RoleArn);
    refuseMfa(input);
    const { role, account } = found;
    const isChained = call.credential.principal.kind === 'role-session';
    const durationSeconds = duration(input.DurationSeconds, role.maxSessionDuration, isChained);
    const policies = sessionPolicies(account, input);
    const size = packedPolicySize(input);
    // A session's ARN leaves out the path of its role.
    const arn = `arn:aws:sts::${account.id}:assumed-role/${role.name}/${input.RoleSessionName}`;
    const userId = `${role.id}:${input.RoleSessionName}`;
    const roleArn = account.iam.arnOf(role);
    const session = account.sts.open({
      principal: { kind: 'role-session', arn, roleArn, accountId: account.id, userId },
      durationSeconds,
      sessionPolicies: policies,
    });
    return {
      Credentials: describeCredentials(session),
      AssumedRoleUser: { Arn: arn, AssumedRoleId: userId },
      // Absent for a session without policies (observed on AWS, LocalStack's test_assume_role).
      ...(size > 0 && { PackedPolicySize: size }),
    };
  },
};

/** @throws AwsError ValidationError (observed on AWS, many public logs) */
function duration(asked: number | undefined, roleMaximum: number, isChained: boolean): number {
  const seconds = asked ?? 3600;
  if (isChained && seconds > 3600) {
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    );
  }
  if (seconds > roleMaximum) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  return seconds;
}

function refused({ credential: { principal } }: Call, roleArn: string): AwsError {
  const who = principal.kind === 'service' ? principal.service : principal.arn;
  return accessDenied(`User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`);
}
