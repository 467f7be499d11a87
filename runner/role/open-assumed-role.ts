/** From an account that may assume a role to the account in which the role is. */
import { assumedRole } from '../accounts/assumed-role.ts';
import { type OpenAccount, openAccountAt } from '../accounts/open-account.ts';
import type { Lab } from '../lab/lab.ts';
import { allSteps, planRun } from '../plan.ts';
import { parseRoleArn, sessionPolicy } from './session-policy.ts';

export interface LearnerRole {
  readonly arn: string;
  readonly externalId?: string;
  /** JSON: what the session may do at most, whatever the role allows. */
  readonly policy: string;
  /** Shown in the learner's CloudTrail; 2 to 64 letters, digits and any of _=,.@- */
  readonly sessionName: string;
}

/**
 * The learner's account through the role. It is assumed at the first call, and again before the session ends; what stands in the
 * way is the error of the first call.
 *
 * @param base the instructor's own account: the default credentials, or a profile
 * @throws PlanError for what is no role's ARN
 */
export function openAssumedRole(base: OpenAccount, role: LearnerRole): OpenAccount {
  parseRoleArn(role.arn);
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
    sessionName: role.sessionName,
    policy: role.policy,
  });
  const { kind, region, endpoint, connections } = base;
  return openAccountAt(
    { region, connections, ...(endpoint !== undefined && { endpoint }), credentials },
    // What the sandbox answers stays the sandbox's.
    kind === 'sandbox' ? 'sandbox' : 'assumed',
  );
}

export interface LabSession {
  readonly lab: Lab;
  /** The learner's names, where they differ from the lab's defaults. */
  readonly settings: Readonly<Record<string, string>>;
  /** Whether temporary access keys of the test user may be made. */
  readonly probe: boolean;
}

/** A session that has no more than the calls of the lab's checks. @throws PlanError for names that the lab does not have */
export function labSession(
  roleArn: string,
  { lab, settings, probe }: LabSession,
): Pick<LearnerRole, 'policy' | 'sessionName'> {
  const { partition, account } = parseRoleArn(roleArn);
  const steps = allSteps(lab, planRun(lab, settings).params);
  // Hints look into other Regions as well.
  const place = { partition, account, region: '*' };
  return {
    policy: sessionPolicy({ steps, place, probe }, lab.id),
    sessionName: `labwright-${lab.id}`.slice(0, 64),
  };
}
