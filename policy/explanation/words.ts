/** How explanations name things. */
import type { StatementReference } from '../decision.ts';
import type { NamedPolicy } from '../findings.ts';
import type { AccessRequest, Principal } from '../request.ts';
import type { Trace } from './trace.ts';

/** `the key policy`, `the policy AmazonDynamoDBFullAccess_v2` */
export function policyName({ policy }: Pick<StatementReference, 'policy'>): string {
  return policy === 'key policy' ? 'the key policy' : `the policy ${policy}`;
}

/** `the statement "Allow use of the key" of the key policy`, or `statement 1 of the policy decrypt` without a Sid. */
export function statementName(reference: StatementReference): string {
  const { sid, index } = reference;
  return `${sid ? `the statement "${sid}"` : `statement ${index + 1}`} of ${policyName(reference)}`;
}

/** `nextwork-kms-user`, `the role reader`, `the account's root user`. */
export function principalName(principal: Principal): string {
  if (principal.kind === 'service') return principal.service;
  if (principal.kind === 'root') return "the account's root user";
  if (principal.kind === 'role-session') return `the role ${lastPart(principal.roleArn)}`;
  return lastPart(principal.arn);
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** `a, b and c` */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** The ARNs by which policies and grants may name a principal directly. */
export function arnsOf(principal: Principal): string[] {
  if (principal.kind === 'service') return [principal.service];
  return principal.kind === 'role-session' ? [principal.arn, principal.roleArn] : [principal.arn];
}

/** A principal's name where a sentence begins; the name of a user stays as it is. */
export function principalFirst(principal: Principal): string {
  const name = principalName(principal);
  return principal.kind === 'root' || principal.kind === 'role-session' ? upperFirst(name) : name;
}

/** What a trace lacks to allow the request: `only on other resources`, `only if kms:ViaService fits (StringEquals)`. */
export function shortfall({ misses }: Trace, { context }: AccessRequest): string {
  const given = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  const parts = misses.map((miss) => {
    if (miss.part !== 'condition')
      return miss.part === 'resource' ? 'on other resources' : 'for other actions';
    const value = given.get(miss.key.toLowerCase());
    const here = value === undefined ? 'the request does not have' : `here is ${[value].flat().join(', ')}`;
    return `under a condition on ${miss.key} (${miss.operator}), which ${here}`;
  });
  return `only ${parts.join(', and ')}`;
}

/** `attached`, `inline` or `group x` of a policy, where the reader of policies noted it. */
export function heldAs(policy: NamedPolicy): string {
  return 'held' in policy && typeof policy.held === 'string' ? ` (${policy.held})` : '';
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
