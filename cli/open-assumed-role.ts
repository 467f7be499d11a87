/** From an account that may assume a role to the account in which the role is. */
import { assumedRole } from '../runner/accounts/assumed-role.ts';
import { AwsCaller } from '../runner/accounts/aws-caller.ts';
import type { Lab } from '../runner/lab/lab.ts';
import { allSteps, planRun } from '../runner/plan.ts';
import { parseRoleArn, sessionPolicy } from '../runner/role/session-policy.ts';
import type { OpenAccount } from './open-account.ts';

export interface LearnerRole {
  readonly arn: string;
  readonly externalId?: string;
  readonly lab: Lab;
  /** The learner's names, where they differ from the lab's defaults. */
  readonly settings: Readonly<Record<string, string>>;
  /** Whether temporary access keys of the test user may be made. */
  readonly probe: boolean;
}

/**
 * The learner's account through the role, with no more than the lab's calls, whatever the role allows. The role is
 * assumed at the first call, and again before the session ends.
 *
 * @param base the instructor's own account: the default credentials, or a profile
 * @throws PlanError for what is no role's ARN, and for names that the lab does not have
 */
export function openAssumedRole(base: OpenAccount, role: LearnerRole): OpenAccount {
  const { lab, probe } = role;
  const { partition, account } = parseRoleArn(role.arn);
  const steps = allSteps(lab, planRun(lab, role.settings).params);
  // Hints look into other Regions as well.
  const place = { partition, account, region: '*' };
  const credentials = assumedRole({
    base: {
      // An hour lies between two of these; no connection is kept for that.
      async send(...call) {
        const caller = base.owner();
        return caller.send(...call).finally(() => caller.close());
      },
    },
    roleArn: role.arn,
    ...(role.externalId !== undefined && { externalId: role.externalId }),
    sessionName: `labwright-${lab.id}`.slice(0, 64),
    policy: sessionPolicy({ steps, place, probe }, lab.id),
  });
  const here = { region: base.owner().region, ...(base.endpoint && { endpoint: base.endpoint }) };
  return {
    ...base,
    // What the sandbox answers stays the sandbox's.
    kind: base.kind === 'sandbox' ? 'sandbox' : 'assumed',
    owner: (signal) => new AwsCaller({ ...here, credentials, ...(signal && { signal }) }),
  };
}
