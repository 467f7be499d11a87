/** What a permissions boundary and session policies withhold, whatever else allows it. */
import type { Policies } from '../findings.ts';
import type { AccessRequest } from '../request.ts';
import type { Remedy } from './explanation.ts';
import { allows } from './trace.ts';
import { policyName, principalName } from './words.ts';

interface Limit {
  readonly because: string;
  readonly remedy: Remedy;
}

/** Each limit that does not allow the request: why, and how it would. */
export function lackingLimits(request: AccessRequest, { boundary, session = [] }: Policies): Limit[] {
  const { action, resource, principal } = request;
  const statement = { Effect: 'Allow', Action: action, Resource: resource };
  const beyond = 'what other policies give beyond it does not count';
  const limits: Limit[] = [];
  if (boundary && !allows(boundary, request)) {
    const name = policyName({ policy: boundary.name });
    limits.push({
      because: `The permissions boundary of ${principalName(principal)}, ${name}, does not allow ${action}, and ${beyond}.`,
      remedy: { what: `Let the permissions boundary, ${name}, allow it too.`, statement, to: 'boundary' },
    });
  }
  const isFederated = principal.kind === 'federated-user';
  if ((isFederated || session.length > 0) && !session.some((policy) => allows(policy, request))) {
    limits.push({
      because: `The session's policy does not allow ${action}, and ${beyond}.`,
      remedy: { what: 'Make a session whose policy allows it.', statement, to: 'session' },
    });
  }
  return limits;
}
