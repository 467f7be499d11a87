/** What a key's policy and grants contribute to an answer. */

import type { NamedPolicy } from '../findings.ts';
import type { KeyGrant } from '../key-grant.ts';
import type { AccessRequest } from '../request.ts';
import { type Trace, traceAllows } from './trace.ts';
import { arnsOf, listed, principalName, shortfall, statementName, upperFirst } from './words.ts';

/** A statement with this action lets its principals administer the key ("Default key policy", KMS developer guide). */
const administering = /^kms:(\*|put\*|putkeypolicy)$/i;

export interface KeySide {
  readonly keyPolicy: NamedPolicy;
  readonly grants: readonly KeyGrant[];
}

/** Whether the key policy leaves the action to the account's IAM policies. */
export function isDelegated({ keyPolicy }: KeySide, request: AccessRequest): boolean {
  return traceAllows(keyPolicy, request).some(
    ({ level, misses }) => level === 'account' && misses.length === 0,
  );
}

/** Whether the key policy opens the key to the principal in any way, be it by its account. */
export function isOpened({ keyPolicy }: KeySide, request: AccessRequest): boolean {
  return traceAllows(keyPolicy, request).some(
    ({ level, misses }) => level !== undefined && misses.length === 0,
  );
}

/** Why neither the key policy nor a grant allows the action. */
export function keyFindings(key: KeySide, request: AccessRequest): string[] {
  const who = principalName(request.principal);
  const naming = traceAllows(key.keyPolicy, request).filter(
    ({ level }) => level === 'principal' || level === 'role',
  );
  const byPolicy = naming.map((trace) => statementFinding(trace, request));
  const delegation = isDelegated(key, request)
    ? "The key policy leaves the decision to this account's IAM policies."
    : "The key policy does not leave the decision to this account's IAM policies, so none of them can help.";
  return [
    ...(byPolicy.length > 0 ? byPolicy : [`The key policy does not name ${who}.`]),
    ...grantFindings(key.grants, request),
    delegation,
  ];
}

function statementFinding(trace: Trace, request: AccessRequest): string {
  const { action, principal } = request;
  const { Principal, Action = [] } = trace.statement;
  const everybody = Principal === '*' || Principal?.AWS?.includes('*');
  const lead = `${upperFirst(statementName(trace.reference))} names ${everybody ? 'everybody' : principalName(principal)}`;
  if (!trace.misses.some(({ part }) => part === 'action')) {
    return `${lead} and allows ${action}, but ${shortfall(trace, request)}.`;
  }
  return Action.some((one) => administering.test(one))
    ? `${lead} as a key administrator, which does not include ${action}: an administrator manages the key, a key user uses it.`
    : `${lead}, but not for ${action}.`;
}

function grantFindings(grants: readonly KeyGrant[], { principal, action }: AccessRequest): string[] {
  const operation = action.slice(action.indexOf(':') + 1);
  return grants
    .filter(({ granteePrincipal }) => arnsOf(principal).includes(granteePrincipal))
    .map(({ grantId, operations }) => {
      const lead = `The grant ${grantId} gives ${principalName(principal)} ${listed(operations)}`;
      return operations.some((one) => one.toLowerCase() === operation.toLowerCase())
        ? `${lead}, but only for another encryption context.`
        : `${lead}, and not ${operation}.`;
    });
}
