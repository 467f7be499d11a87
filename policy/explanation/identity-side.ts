/** What the caller's own policies and boundary contribute to an answer. */
import type { NamedPolicy } from '../findings.ts';
import type { AccessRequest } from '../request.ts';
import { compileWildcards, matchesPattern } from '../wildcard.ts';
import type { Remedy } from './explanation.ts';
import { type Trace, traceAllows } from './trace.ts';
import {
  heldAs,
  policyName,
  principalFirst,
  principalName,
  shortfall,
  statementName,
  upperFirst,
} from './words.ts';

/** Statements that are about the action but do not allow this request. */
function nearAllows(policies: readonly NamedPolicy[], request: AccessRequest): Trace[] {
  return policies
    .flatMap((policy) => traceAllows(policy, request))
    .filter(({ misses }) => misses.length > 0 && misses.every(({ part }) => part !== 'action'));
}

/** Why no identity-based policy allows the action. */
export function identityFindings(policies: readonly NamedPolicy[], request: AccessRequest): string[] {
  const { action, principal } = request;
  const who = principalName(principal);
  if (policies.length === 0) return [`${principalFirst(principal)} has no policy at all.`];
  const near = nearAllows(policies, request).map(
    (trace) =>
      `${upperFirst(statementName(trace.reference))} allows ${action}, but ${shortfall(trace, request)}.`,
  );
  if (near.length > 0) return near;
  const service = action.slice(0, action.indexOf(':') + 1);
  const others = policies.flatMap((policy) => {
    const actions = actionsOf(policy, service);
    if (actions.length === 0) return [];
    const shown = actions.length > 4 ? `${actions.slice(0, 4).join(', ')} and others` : actions.join(', ');
    return [`${policyName({ policy: policy.name })}${heldAs(policy)} holds ${shown}`];
  });
  const none = `No policy of ${who} allows ${action}`;
  return [others.length > 0 ? `${none}; ${others.join('; ')}.` : `${none}.`];
}

/** The least that an identity policy needs, and near misses to be mended instead. */
export function identityRemedies(policies: readonly NamedPolicy[], request: AccessRequest): Remedy[] {
  const { action, resource, principal } = request;
  const mend = nearAllows(policies, request)
    .filter(({ misses }) => misses.every(({ part }) => part === 'resource'))
    .map(({ reference }) => ({ what: `Add ${resource} to the resources of ${statementName(reference)}.` }));
  const add: Remedy = {
    what: `Give ${principalName(principal)} an IAM policy that allows this and no more.`,
    statement: { Effect: 'Allow', Action: action, Resource: resource, ...viaService(request) },
    to: 'identity',
  };
  return [...mend, add];
}

/** Requests that a service makes for the caller can be allowed through that service only. */
export function viaService({ context }: AccessRequest): { Condition?: object } {
  const service = context['kms:ViaService'];
  return typeof service === 'string' ? { Condition: { StringEquals: { 'kms:ViaService': service } } } : {};
}

/** The actions of a service that a policy's Allow statements name, as they are written. */
function actionsOf({ document }: NamedPolicy, service: string): string[] {
  const named = document.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(
    ({ Action = [] }) => Action,
  );
  const ofService = (action: string) =>
    action.toLowerCase().startsWith(service.toLowerCase()) ||
    (action.includes('*') && matchesPattern(compileWildcards(action.toLowerCase()), service.toLowerCase()));
  return [...new Set(named.filter(ofService))];
}
