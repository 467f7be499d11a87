/** Why a principal may or may not do something: what decided, what is missing, and how that could be changed. */
import type { Decision } from '../decision.ts';
import { decideInDoubt, type Undecided } from '../doubt.ts';
import { evaluate } from '../evaluate.ts';
import type { NamedPolicy, Policies } from '../findings.ts';
import type { KeyGrant } from '../key-grant.ts';
import { evaluateKms } from '../kms.ts';
import type { AccessRequest } from '../request.ts';
import type { Explanation, Remedy } from './explanation.ts';
import { identityFindings, identityRemedies } from './identity-side.ts';
import { keyPolicyRemedy, otherKeyRemedies } from './key-remedies.ts';
import { isDelegated, isOpened, keyFindings } from './key-side.ts';
import { lackingLimits } from './limits.ts';
import { listed, policyName, principalFirst, principalName, statementName, upperFirst } from './words.ts';

/** Explains a request on a KMS key; `resource` is the key policy. */
export function explainKeyAccess(
  request: AccessRequest,
  policies: Policies & { readonly resource: NamedPolicy; readonly grants: readonly KeyGrant[] },
): Explanation {
  const decision = decideInDoubt(request, policies, evaluateKms);
  if (decision.effect !== 'implicitDeny') return decided(request, decision);
  const key = { keyPolicy: policies.resource, grants: policies.grants };
  const { principal, resourceAccount } = request;
  const isForeign = principal.kind !== 'service' && principal.accountId !== resourceAccount;
  const lacksKey = isForeign && !isOpened(key, request);
  if (isLimit(decision) && !lacksKey) return limited(request, policies, decision);
  if (isForeign && !lacksKey) return ofIdentity(request, policies, decision);
  const delegated = isDelegated(key, request);
  const because = keyFindings(key, request);
  if (delegated) because.push(...identityFindings(policies.identity, request));
  const iam = delegated ? withLimits(identityRemedies(policies.identity, request), request, policies) : [];
  return {
    decision,
    because,
    remedies: [keyPolicyRemedy(request, policies), ...iam, ...otherKeyRemedies(request, policies)],
  };
}

/** Explains a request on anything of the own account that identity policies decide about. */
export function explainAccess(request: AccessRequest, policies: Policies): Explanation {
  const decision = decideInDoubt(request, policies, evaluate);
  if (decision.effect !== 'implicitDeny') return decided(request, decision);
  if (isLimit(decision)) return limited(request, policies, decision);
  if (decision.policyType === 'resource-based') {
    const because = 'The policy of the resource itself would have to allow it, and does not.';
    return { decision, because: [because], remedies: [] };
  }
  return ofIdentity(request, policies, decision);
}

/** What one statement or grant decided, or what is not known. */
function decided(
  request: AccessRequest,
  decision: Exclude<Decision, { effect: 'implicitDeny' }> | Undecided,
): Explanation {
  const who = principalName(request.principal);
  const { action } = request;
  if (decision.effect === 'undecided') return undecided(action, decision);
  if (decision.effect === 'explicitDeny') {
    const where = statementName(decision.statement);
    const because = `${upperFirst(where)} denies it, and an explicit deny outweighs every allow.`;
    return { decision, because: [because], remedies: [{ what: `Take ${action} out of ${where}.` }] };
  }
  const { statement, grantId } = decision;
  if (statement) {
    const where = statementName(statement);
    const ofKey = decision.policyType === 'resource-based';
    const what = ofKey
      ? `Take ${who} out of ${where}, or ${action}.`
      : `Take ${policyName(statement)} away from ${who}, or ${action} out of ${where}.`;
    // Without its account, nobody might be left to manage the key ("Default key policy", KMS developer guide).
    const remedies = request.principal.kind === 'root' ? [] : [{ what }];
    return { decision, because: [`${upperFirst(where)} allows it.`], remedies };
  }
  if (grantId) {
    const command = `aws kms revoke-grant --key-id ${request.resource} --grant-id ${grantId}`;
    const remedy = { what: 'Revoke the grant.', command };
    return { decision, because: [`The grant ${grantId} allows it.`], remedies: [remedy] };
  }
  const because = `${principalFirst(request.principal)} needs no permission in its own account.`;
  return { decision, because: [because], remedies: [] };
}

/** Of what nothing but the principal's own policies withhold. */
function ofIdentity(request: AccessRequest, policies: Policies, decision: Decision): Explanation {
  return {
    decision,
    because: [
      ...identityFindings(policies.identity, request),
      ...lackingLimits(request, policies).map((limit) => limit.because),
    ],
    remedies: withLimits(identityRemedies(policies.identity, request), request, policies),
  };
}

function undecided(action: string, decision: Undecided): Explanation {
  const dependsOn = (keys: readonly string[]) =>
    `but that depends on ${listed(keys)}, which the policies do not tell.`;
  const because = [
    ...decision.statements.map(({ reference, effect, keys }) => {
      const does = effect === 'Allow' ? 'allows' : 'denies';
      return `${upperFirst(statementName(reference))} ${does} ${action}, ${dependsOn(keys)}`;
    }),
    ...decision.grants.map(
      ({ grantId, keys }) => `The grant ${grantId} allows ${action}, ${dependsOn(keys)}`,
    ),
  ];
  return { decision, because, remedies: [] };
}

function isLimit({ policyType }: Decision): boolean {
  return policyType === 'permissions boundary' || policyType === 'session';
}

/** Of what is allowed but for the boundary or the session's policies. */
function limited(request: AccessRequest, policies: Policies, decision: Decision): Explanation {
  const limits = lackingLimits(request, policies);
  const [first, ...also] = limits.map(({ remedy }) => remedy);
  return {
    decision,
    because: limits.map(({ because }) => because),
    remedies: first ? [{ ...first, ...(also.length > 0 && { also }) }] : [],
  };
}

/** Whatever an identity policy gives must be within the limits. */
function withLimits(remedies: readonly Remedy[], request: AccessRequest, policies: Policies): Remedy[] {
  const also = lackingLimits(request, policies).map(({ remedy }) => remedy);
  return remedies.map((remedy) => (also.length > 0 ? { ...remedy, also } : remedy));
}
