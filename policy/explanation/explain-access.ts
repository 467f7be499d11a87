/** Why a principal may or may not do something: what decided, what is missing, and how that could be changed. */
import type { Decision } from '../decision.ts';
import { evaluate } from '../evaluate.ts';
import type { NamedPolicy, Policies } from '../findings.ts';
import type { KeyGrant } from '../key-grant.ts';
import { evaluateKms } from '../kms.ts';
import type { AccessRequest } from '../request.ts';
import type { Explanation, Remedy } from './explanation.ts';
import { identityFindings, identityRemedies } from './identity-side.ts';
import { isDelegated, keyFindings, keyRemedies } from './key-side.ts';
import { policyName, principalName, statementName, upperFirst } from './words.ts';

/** Explains a request on a KMS key; `resource` is the key policy. */
export function explainKeyAccess(
  request: AccessRequest,
  policies: Policies & { readonly resource: NamedPolicy; readonly grants: readonly KeyGrant[] },
): Explanation {
  const decision = evaluateKms(request, policies);
  if (decision.effect !== 'implicitDeny') return decided(request, decision);
  const bounded = boundaryExplanation(request, policies, decision);
  if (bounded) return bounded;
  const key = { keyPolicy: policies.resource, grants: policies.grants };
  const delegated = isDelegated(key, request);
  const because = keyFindings(key, request);
  if (delegated) because.push(...identityFindings(policies.identity, request));
  const [narrow, ...wider] = keyRemedies(request);
  const iam = delegated ? identityRemedies(policies.identity, request) : [];
  return { decision, because, remedies: [...(narrow ? [narrow] : []), ...iam, ...wider] };
}

/** Explains a request on anything that identity policies decide about. */
export function explainAccess(request: AccessRequest, policies: Policies): Explanation {
  const decision = evaluate(request, policies);
  if (decision.effect !== 'implicitDeny') return decided(request, decision);
  return (
    boundaryExplanation(request, policies, decision) ?? {
      decision,
      because: identityFindings(policies.identity, request),
      remedies: identityRemedies(policies.identity, request),
    }
  );
}

/** What one statement or grant decided. */
function decided(
  request: AccessRequest,
  decision: Exclude<Decision, { effect: 'implicitDeny' }>,
): Explanation {
  const who = principalName(request.principal);
  const { action } = request;
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
      ? `Take ${who} out of ${where} (in the console: *Key users*, *Remove*).`
      : `Take ${policyName(statement)} away from ${who}, or ${action} out of ${where}.`;
    return { decision, because: [`${upperFirst(where)} allows it.`], remedies: [{ what }] };
  }
  if (grantId) {
    const what = `Revoke the grant: \`aws kms revoke-grant --key-id ${request.resource} --grant-id ${grantId}\`.`;
    return { decision, because: [`The grant ${grantId} allows it.`], remedies: [{ what }] };
  }
  const because = `${who} needs no permission in its own account.`;
  return { decision, because: [because], remedies: [] };
}

/** Of what is allowed but for the boundary or the session's policies. */
function boundaryExplanation(
  request: AccessRequest,
  { boundary }: Policies,
  decision: Decision & { effect: 'implicitDeny' },
): Explanation | undefined {
  const { action, resource, principal } = request;
  const beyond = 'what other policies give beyond it does not count';
  if (decision.policyType === 'permissions boundary' && boundary) {
    const remedy: Remedy = {
      what: `Let the boundary, ${policyName({ policy: boundary.name })}, allow it too.`,
      statement: { Effect: 'Allow', Action: action, Resource: resource },
    };
    const because = `The permissions boundary of ${principalName(principal)}, ${policyName({ policy: boundary.name })}, does not allow ${action}, and ${beyond}.`;
    return { decision, because: [because], remedies: [remedy] };
  }
  if (decision.policyType !== 'session') return undefined;
  const because = `The session's policy does not allow ${action}, and ${beyond}.`;
  return { decision, because: [because], remedies: [{ what: 'Make a session whose policy allows it.' }] };
}
