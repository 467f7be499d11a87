/** Decisions in AWS's words. */

import type { Decision, PolicyType } from './decision.ts';

export type Denial = Exclude<Decision, { readonly effect: 'allowed' }>;

/** What an access denied message calls each policy type, without and with the article it has there. */
const NAMES: Readonly<Record<PolicyType, { readonly plain: string; readonly definite: string }>> = {
  'identity-based': { plain: 'identity-based policy', definite: 'an identity-based policy' },
  'resource-based': { plain: 'resource-based policy', definite: 'a resource-based policy' },
  'permissions boundary': { plain: 'permissions boundary', definite: 'a permissions boundary' },
  session: { plain: 'session policy', definite: 'a session policy' },
  'role trust': { plain: 'role trust policy', definite: 'the role trust policy' },
  grant: { plain: 'grant', definite: 'a grant' },
};

/**
 * The tail of AWS's access denied message: `because no identity-based policy allows the kms:Decrypt action`, or `with an
 * explicit deny in an identity-based policy: arn:...` for a policy with an ARN.
 * AWS: IAM User Guide, "Troubleshoot access denied error messages".
 */
export function denialReason(decision: Denial, action: string): string {
  const { plain, definite } = NAMES[decision.policyType];
  if (decision.effect === 'implicitDeny') return `because no ${plain} allows the ${action} action`;
  const { policyArn } = decision.statement;
  return `with an explicit deny in ${definite}${policyArn === undefined ? '' : `: ${policyArn}`}`;
}
