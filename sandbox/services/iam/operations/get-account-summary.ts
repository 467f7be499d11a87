import { GetAccountSummary$, type GetAccountSummaryResponse } from '@aws-sdk/client-iam';
import { permission } from '../../../authorisation/permission.ts';
import type { Operation } from '../../../operation.ts';
import type { IamStore } from '../store.ts';

/** Default quotas; the example of GetAccountSummary in the IAM API reference, and "IAM and AWS STS quotas". */
const accountQuotas = {
  AccessKeysPerUserQuota: 2,
  AssumeRolePolicySizeQuota: 2048,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  AttachedPoliciesPerUserQuota: 10,
  GroupPolicySizeQuota: 5120,
  GroupsPerUserQuota: 10,
  GroupsQuota: 300,
  InstanceProfilesQuota: 1000,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUseQuota: 10_000,
  RolePolicySizeQuota: 10_240,
  RolesQuota: 1000,
  ServerCertificatesQuota: 20,
  SigningCertificatesPerUserQuota: 2,
  UserPolicySizeQuota: 2048,
  UsersQuota: 5000,
  VersionsPerPolicyQuota: 5,
};

/** What an account of the sandbox cannot have. */
const absent = {
  AccountMFAEnabled: 0,
  AccountSigningCertificatesPresent: 0,
  InstanceProfiles: 0,
  MFADevices: 0,
  MFADevicesInUse: 0,
  Providers: 0,
  ServerCertificates: 0,
};

export const getAccountSummary: Operation<object, GetAccountSummaryResponse> = {
  schema: GetAccountSummary$,
  permissions: () => [permission('iam:GetAccountSummary')],
  run: (call) => ({ SummaryMap: { ...accountQuotas, ...absent, ...counted(call.account.iam) } }),
};

function counted(iam: IamStore) {
  const policies = [...iam.customerPolicies.values()];
  return {
    // The root user of a sandbox's account has an access key from the start.
    AccountAccessKeysPresent: 1,
    GlobalEndpointTokenVersion: 1,
    Groups: iam.groups.size,
    Policies: policies.length,
    PolicyVersionsInUse: policies.reduce((sum, { versions }) => sum + versions.size, 0),
    Roles: iam.roles.size,
    Users: iam.users.size,
  };
}
