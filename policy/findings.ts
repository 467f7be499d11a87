/** What all policies say about a request, gathered before any rule decides between them. */

import { type CompiledStatement, statementsOf } from './compiled-statement.ts';
import type { Decision, PolicyType, StatementReference } from './decision.ts';
import type { PolicyDocument } from './document.ts';
import { levelOf, type PrincipalLevel, spares } from './principals.ts';
import type { AccessRequest } from './request.ts';
import { type RequestView, viewRequest } from './request-view.ts';

/** A policy document and what messages call it. */
export interface NamedPolicy {
  readonly name: string;
  readonly arn?: string;
  readonly document: PolicyDocument;
}

/** The policies that apply to a request, by what they are attached to. */
export interface Policies {
  /** Of the user and its groups, or of the role. */
  readonly identity: readonly NamedPolicy[];
  /** Attached to the resource: a key policy, a role's trust policy. */
  readonly resource?: NamedPolicy;
  readonly boundary?: NamedPolicy;
  /**
   * Passed when the session was made; at least one has to allow. Absent or empty: a role session is not limited, a
   * federated user has no permissions.
   */
  readonly session?: readonly NamedPolicy[];
}

/** The first statement of a resource policy that allows the caller, for each way of naming it. */
type ResourceAllows = Readonly<Partial<Record<PrincipalLevel, StatementReference>>>;

export interface Findings {
  /** The explicit deny, if there is one. */
  readonly denial?: Decision;
  readonly resource: ResourceAllows;
  /** The identity policy statement that allows. */
  readonly identity?: StatementReference;
  /** The denial by a boundary or session policies that do not allow. What is given to the caller itself escapes it. */
  readonly limit?: Decision;
}

/** Applies every policy to the request. `resourceType` is what messages call the resource's own policy. */
export function gatherFindings(
  request: AccessRequest,
  policies: Policies,
  resourceType: PolicyType = 'resource-based',
): Findings {
  const view = viewRequest(request);
  const session = policies.session ?? [];
  const boundary = policies.boundary === undefined ? [] : [policies.boundary];
  const resource = policies.resource && applyResourcePolicy(policies.resource, view, boundary.length > 0);
  const identity = applyPolicies(policies.identity, view);
  const bounded = applyPolicies(boundary, view);
  const sessional = applyPolicies(session, view);

  // Inferred: AWS names one type only, in the order of "How AWS enforcement code logic evaluates requests".
  const denial =
    explicitDeny(resourceType, resource?.deny) ??
    explicitDeny('identity-based', identity.deny) ??
    explicitDeny('permissions boundary', bounded.deny) ??
    explicitDeny('session', sessional.deny);
  // Without session policies a federated user has no permissions but those a resource policy gives it (STS API Reference,
  // GetFederationToken); a role session keeps the role's.
  const needsSession = session.length > 0 || request.principal.kind === 'federated-user';
  const limit =
    boundary.length > 0 && bounded.allow === undefined
      ? implicitDeny('permissions boundary')
      : needsSession && sessional.allow === undefined
        ? implicitDeny('session')
        : undefined;
  return {
    ...(denial && { denial }),
    resource: resource?.allows ?? {},
    ...(identity.allow && { identity: identity.allow }),
    ...(limit && { limit }),
  };
}

export function implicitDeny(policyType: PolicyType): Decision {
  return { effect: 'implicitDeny', policyType };
}

export function allowedBy(policyType: PolicyType, statement: StatementReference): Decision {
  return { effect: 'allowed', policyType, statement };
}

function explicitDeny(
  policyType: PolicyType,
  statement: StatementReference | undefined,
): Decision | undefined {
  return statement && { effect: 'explicitDeny', policyType, statement };
}

interface Matches {
  readonly deny?: StatementReference;
  readonly allow?: StatementReference;
}

interface ResourceMatches {
  readonly deny?: StatementReference;
  readonly allows: ResourceAllows;
}

/** The first matching Deny, or else the first matching Allow, of policies attached to the caller; they name no principal. */
function applyPolicies(policies: readonly NamedPolicy[], view: RequestView): Matches {
  let allow: StatementReference | undefined;
  for (const policy of policies) {
    for (const statement of statementsOf(policy.document)) {
      if (statement.effect === 'Allow' && allow !== undefined) continue;
      if (statement.principal !== undefined || statement.notPrincipal !== undefined) continue;
      if (!statement.matches(view)) continue;
      if (statement.effect === 'Deny') return { deny: referTo(policy, statement) };
      allow = referTo(policy, statement);
    }
  }
  return { ...(allow && { allow }) };
}

function applyResourcePolicy(policy: NamedPolicy, view: RequestView, hasBoundary: boolean): ResourceMatches {
  const allows: Partial<Record<PrincipalLevel, StatementReference>> = {};
  for (const statement of statementsOf(policy.document)) {
    const level = levelFor(statement, view, hasBoundary);
    if (level === undefined) continue;
    if (statement.effect === 'Allow' && allows[level] !== undefined) continue;
    if (!statement.matches(view)) continue;
    if (statement.effect === 'Deny') return { deny: referTo(policy, statement), allows: {} };
    allows[level] = referTo(policy, statement);
  }
  return { allows };
}

/** How the statement is about the caller. A statement without a principal is about nobody. */
export function levelFor(
  { principal, notPrincipal, effect }: CompiledStatement,
  view: RequestView,
  hasBoundary: boolean,
): PrincipalLevel | undefined {
  if (principal !== undefined) return levelOf(principal, view.principal);
  if (notPrincipal === undefined) return undefined;
  // AWS does not support NotPrincipal with Allow. Inferred: it then allows only those it does not name in any way.
  const isAbout =
    effect === 'Deny'
      ? !spares(notPrincipal, view.principal, hasBoundary)
      : levelOf(notPrincipal, view.principal) === undefined;
  return isAbout ? 'principal' : undefined;
}

export function referTo(policy: NamedPolicy, { sid, index }: CompiledStatement): StatementReference {
  return {
    policy: policy.name,
    ...(policy.arn !== undefined && { policyArn: policy.arn }),
    ...(sid !== undefined && { sid }),
    index,
  };
}
