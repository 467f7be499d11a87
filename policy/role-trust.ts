/** Whether a role may be assumed: `sts:AssumeRole` on a role, whose trust policy is the resource policy. */

import type { Decision } from './decision.ts';
import { gatherFindings, type Policies } from './findings.ts';
import { decideGuarded } from './guarded-resource.ts';
import type { AccessRequest } from './request.ts';

/** Decides a request on a role; `policies.resource` is the role's trust policy. */
export function evaluateRoleTrust(request: AccessRequest, policies: Policies): Decision {
  const findings = gatherFindings(request, policies, 'role trust');
  return findings.denial ?? decideGuarded(request, findings, 'role trust');
}
