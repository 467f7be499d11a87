/** The policy simulator: asks the sandbox's own evaluation about requests that nobody made. */
import type { EvaluationResult, Statement } from '@aws-sdk/client-iam';
import type { Decision } from '../../../../policy/decision.ts';
import { evaluate, type NamedPolicy } from '../../../../policy/evaluate.ts';
import type { AccessRequest, ConditionContext, Principal } from '../../../../policy/request.ts';
import { requiredContextKeys } from './required-context.ts';
import type { SimulatedPolicy } from './simulated-policy.ts';
import { statementPositions } from './statement-positions.ts';

export interface Scenario {
  readonly caller: Extract<Principal, { kind: 'user' }>;
  readonly identity: readonly SimulatedPolicy[];
  readonly boundary?: SimulatedPolicy;
  readonly resourcePolicy?: SimulatedPolicy;
  /** Account of resources whose ARN names none; default the caller's. */
  readonly resourceOwner?: string;
  readonly context: ConditionContext;
}

/**
 * One action on one resource.
 *
 * @param isNamed whether the request named the resource, so that the result speaks of it
 */
export function simulate(
  scenario: Scenario,
  action: string,
  resource: string,
  isNamed: boolean,
): EvaluationResult {
  const request: AccessRequest = {
    principal: scenario.caller,
    action,
    resource,
    resourceAccount: ownerOf(scenario, resource),
    context: scenario.context,
  };
  const { identity, boundary, resourcePolicy } = scenario;
  const { effect } = evaluate(request, { identity, boundary, resource: resourcePolicy });
  const matched = matchedStatements(scenario, request, effect);
  const missing = missingContext(scenario);
  const limit = boundary && {
    PermissionsBoundaryDecisionDetail: {
      AllowedByPermissionsBoundary: decideBy(boundary, scenario.caller, request).effect === 'allowed',
    },
  };
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: effect,
    MatchedStatements: matched,
    // With named resources they are told with each of them (SimulatePrincipalPolicy, IAM API reference).
    MissingContextValues: isNamed ? [] : missing,
    ...limit,
    ...(isNamed && {
      EvalDecisionDetails: {},
      ResourceSpecificResults: [
        {
          EvalResourceName: resource,
          EvalResourceDecision: effect,
          MatchedStatements: matched,
          MissingContextValues: missing,
          ...limit,
        },
      ],
    }),
  };
}

/**
 * The account that a resource policy speaks for. Without one nothing is asked about accounts: the simulator does
 * not fetch resource policies, and judges the caller's policies alone.
 */
function ownerOf({ caller, resourcePolicy, resourceOwner }: Scenario, resource: string): string {
  if (!resourcePolicy) return caller.accountId;
  const named = resource.split(':')[4] ?? '';
  return /^\d{12}$/.test(named) ? named : (resourceOwner ?? caller.accountId);
}

function missingContext({ identity, boundary, resourcePolicy, context }: Scenario): string[] {
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  const policies = [...identity, boundary, resourcePolicy].filter((policy) => policy !== undefined);
  return requiredContextKeys(policies.map(({ document }) => document)).filter(
    (key) => !given.has(key.toLowerCase()),
  );
}

/**
 * The statements that decide: those that allow, or those that deny. None where nothing allows (SimulateCustomPolicy,
 * IAM API reference, MatchedStatements). Inferred: also where only the boundary does not allow.
 */
function matchedStatements(
  { caller, identity, boundary, resourcePolicy }: Scenario,
  request: AccessRequest,
  effect: string,
): Statement[] {
  if (effect === 'implicitDeny') return [];
  const wanted = effect === 'allowed' ? 'Allow' : 'Deny';
  const deciding =
    wanted === 'Allow' ? [...identity, resourcePolicy] : [...identity, boundary, resourcePolicy];
  return deciding.flatMap((policy) => (policy ? matchesIn(policy, caller, request, wanted) : []));
}

function matchesIn(
  policy: SimulatedPolicy,
  caller: Scenario['caller'],
  request: AccessRequest,
  wanted: 'Allow' | 'Deny',
): Statement[] {
  const { id, type, document, text } = policy;
  const positions = statementPositions(text);
  return document.Statement.flatMap((statement, index) => {
    if (statement.Effect !== wanted) return [];
    const alone = { ...policy, document: { ...document, Statement: [statement] } };
    const { effect } = decideBy(alone, caller, request);
    if (effect !== (wanted === 'Allow' ? 'allowed' : 'explicitDeny')) return [];
    return [
      { SourcePolicyId: id, SourcePolicyType: type as Statement['SourcePolicyType'], ...positions[index] },
    ];
  });
}

/** What one policy says by itself: across accounts as if the other side allowed. */
function decideBy(policy: SimulatedPolicy, caller: Scenario['caller'], request: AccessRequest): Decision {
  if (policy.type !== 'Resource Policy') {
    return evaluate({ ...request, resourceAccount: caller.accountId }, { identity: [policy] });
  }
  const identity = request.resourceAccount === caller.accountId ? [] : [everything];
  return evaluate(request, { identity, resource: policy });
}

const everything: NamedPolicy = {
  name: 'everything',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['*'], Resource: ['*'] }] },
};
