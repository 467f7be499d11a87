/** The policy of an identity that may do nothing but enter learners' accounts. */
import { parseRoleArn } from '../role/session-policy.ts';
import type { AutograderLearner } from './autograder-file.ts';

/** Inline policies of a user, all together, in characters without white space ("IAM and AWS STS quotas", IAM user guide). */
const longest = 2048;

/**
 * `sts:AssumeRole` on the learners' roles, and with an external id where every one of them has one. Roles of one name in many accounts are
 * told by that name where their ARNs would be too long.
 *
 * @throws PlanError for what is no role's ARN
 */
export function assumePolicy(learners: readonly AutograderLearner[]): object {
  const roles = learners.flatMap(({ role }) => role ?? []);
  const exact = policyFor([...new Set(roles.map(({ arn }) => arn))], roles);
  if (JSON.stringify(exact).length <= longest) return exact;
  return policyFor([...new Set(roles.map(({ arn }) => inAnyAccount(arn)))], roles);
}

function policyFor(
  Resource: readonly string[],
  roles: readonly { readonly externalId?: string | undefined }[],
): object {
  const asksForIds = roles.every(({ externalId }) => externalId !== undefined);
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'EnterLearnersAccounts',
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Resource,
        ...(asksForIds && { Condition: { Null: { 'sts:ExternalId': 'false' } } }),
      },
    ],
  };
}

function inAnyAccount(arn: string): string {
  const { account } = parseRoleArn(arn);
  return arn.replace(`::${account}:`, '::*:');
}
