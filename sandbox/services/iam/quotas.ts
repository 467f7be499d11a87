/** Default quotas of an account ("IAM and AWS STS quotas" in the IAM user guide). */
import type { PolicyHolder, PolicyText } from './entities.ts';
import { limitExceeded } from './errors.ts';
import { countedSize } from './policy-text.ts';

const accessKeysPerUser = 2;
const groupsPerUser = 10;
const attachedPolicies = 10;
const managedPolicySize = 6144;
const trustPolicySize = 2048;
const versionsPerPolicy = 5;
/** All inline policies of one user, group or role together. */
const inlineSize = { user: 2048, group: 5120, role: 10_240 } as const;

/** Each refuses one more than the quota. @throws AwsError LimitExceeded */
export const quotas = {
  accessKeys: (held: number): void => refuseAt(accessKeysPerUser, held, 'AccessKeysPerUser'),
  groups: (held: number): void => refuseAt(groupsPerUser, held, 'GroupsPerUser'),

  attachedPolicies({ kind, attachedPolicies: held }: PolicyHolder): void {
    const holder = { user: 'User', group: 'Group', role: 'Role' }[kind];
    refuseAt(attachedPolicies, held.size, `PoliciesPer${holder}`);
  },

  versions(held: number): void {
    if (held < versionsPerPolicy) return;
    throw limitExceeded(
      `A managed policy can have up to ${versionsPerPolicy} versions. Before you create a new version, you must delete an existing version.`,
    );
  },

  managedPolicySize(policy: PolicyText): void {
    if (countedSize(policy) > managedPolicySize) {
      throw limitExceeded(`Cannot exceed quota for PolicySize: ${managedPolicySize}`);
    }
  },

  trustPolicySize(policy: PolicyText): void {
    if (countedSize(policy) > trustPolicySize) {
      throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${trustPolicySize}`);
    }
  },

  /** @param name of the policy that is written, and may replace one */
  inlineSize(holder: PolicyHolder, name: string, policy: PolicyText): void {
    const others = [...holder.inlinePolicies].filter(([other]) => other !== name);
    const size = others.reduce((sum, [, other]) => sum + countedSize(other), countedSize(policy));
    const most = inlineSize[holder.kind];
    if (size > most) {
      throw limitExceeded(`Maximum policy size of ${most} bytes exceeded for ${holder.kind} ${holder.name}`);
    }
  },
};

function refuseAt(quota: number, held: number, name: string): void {
  if (held >= quota) throw limitExceeded(`Cannot exceed quota for ${name}: ${quota}`);
}
