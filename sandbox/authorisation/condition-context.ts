import type { ConditionContext, Principal } from '../../policy/request.ts';
import type { Call } from '../call.ts';
import { tagContext } from './tag-context.ts';

/** Several questions may be asked about one call; what the call brings along is worked out for the first. */
const contexts = new WeakMap<Call, ConditionContext>();

/**
 * The global condition keys of a request, as the page "AWS global condition context keys" of the IAM user guide
 * lists them, as far as a sandbox request has them.
 */
export function conditionContext(call: Call): ConditionContext {
  const known = contexts.get(call);
  if (known) return known;
  const now = call.clock.now();
  const context: ConditionContext = {
    ...principalKeys(call.credential.principal),
    ...principalTags(call),
    ...sessionKeys(call),
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
    'aws:RequestedRegion': call.region,
    'aws:SecureTransport': 'false',
    'aws:SourceIp': call.sourceIp,
    'aws:UserAgent': call.userAgent,
    'aws:ViaAWSService': 'false',
  };
  contexts.set(call, context);
  return context;
}

/** Keys that only requests with temporary credentials have. The sandbox knows no MFA devices. */
function sessionKeys({ credential: { issuedAt } }: Call): ConditionContext {
  if (issuedAt === undefined) return {};
  return { 'aws:MultiFactorAuthPresent': 'false', 'aws:TokenIssueTime': issuedAt.toISOString() };
}

function principalTags({ account, credential }: Call): ConditionContext {
  return tagContext('aws:PrincipalTag', account.iam.tagsOf(credential.principal));
}

function principalKeys(principal: Principal): ConditionContext {
  if (principal.kind === 'service') {
    return { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': principal.service };
  }
  const userName = principal.arn.slice(principal.arn.lastIndexOf('/') + 1);
  return {
    'aws:PrincipalAccount': principal.accountId,
    'aws:PrincipalIsAWSService': 'false',
    // For a session IAM puts the role's ARN here, not the session's.
    'aws:PrincipalArn': principal.kind === 'role-session' ? principal.roleArn : principal.arn,
    'aws:PrincipalType': principalTypes[principal.kind],
    'aws:userid': principal.kind === 'root' ? principal.accountId : principal.userId,
    ...(principal.kind === 'user' && { 'aws:username': userName }),
  };
}

const principalTypes = {
  root: 'Account',
  user: 'User',
  'role-session': 'AssumedRole',
  'federated-user': 'FederatedUser',
} as const;
