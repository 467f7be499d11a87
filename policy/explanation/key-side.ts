/** What a key's policy and grants contribute to an answer. */

import type { NamedPolicy } from '../findings.ts';
import type { KeyGrant } from '../key-grant.ts';
import type { AccessRequest } from '../request.ts';
import type { Remedy } from './explanation.ts';
import { viaService } from './identity-side.ts';
import { type Trace, traceAllows } from './trace.ts';
import { principalName, shortfall, statementName, upperFirst } from './words.ts';

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

/** The ways that the key itself offers, the narrowest first. */
export function keyRemedies(request: AccessRequest): Remedy[] {
  const { principal, action, resource, context } = request;
  const who = principalName(principal);
  const arn = 'arn' in principal ? principal.arn : who;
  const viaDynamoDb = String(context['kms:ViaService'] ?? '').startsWith('dynamodb.');
  const statement = {
    Sid: `Allow${action.split(':')[1]}For${who.replace(/[^A-Za-z0-9]/g, '')}`,
    Effect: 'Allow',
    Principal: { AWS: arn },
    Action: action,
    Resource: '*',
    ...viaService(request),
  };
  const only = viaDynamoDb ? ', only through DynamoDB' : '';
  return [
    { what: `Add a statement to the key policy that allows ${who} ${action}${only}.`, statement },
    {
      what: `Add ${who} under *Key users* of the key in the console: it may then encrypt as well as decrypt, and call KMS itself.`,
    },
    {
      what: `Make a grant: \`aws kms create-grant --key-id ${resource} --grantee-principal ${arn} --operations ${action.split(':')[1]}\`.`,
    },
  ];
}

function statementFinding(trace: Trace, request: AccessRequest): string {
  const { action, principal } = request;
  const lead = `${upperFirst(statementName(trace.reference))} names ${principalName(principal)}`;
  if (!trace.misses.some(({ part }) => part === 'action')) {
    return `${lead} and allows ${action}, but ${shortfall(trace, request)}.`;
  }
  const administers = (trace.statement.Action ?? []).some((one) => administering.test(one));
  return administers
    ? `${lead} as a key administrator, which does not include ${action}: an administrator manages the key, a key user uses it.`
    : `${lead}, but not for ${action}.`;
}

function grantFindings(grants: readonly KeyGrant[], request: AccessRequest): string[] {
  const { principal, action } = request;
  if (!('arn' in principal)) return [];
  const operation = action.split(':')[1] ?? '';
  return grants
    .filter(({ granteePrincipal }) => granteePrincipal === principal.arn)
    .map(({ grantId, operations }) => {
      const lead = `The grant ${grantId} gives ${principalName(principal)} ${operations.join(', ')}`;
      return operations.includes(operation)
        ? `${lead}, but only for another encryption context.`
        : `${lead}, and not ${operation}.`;
    });
}
