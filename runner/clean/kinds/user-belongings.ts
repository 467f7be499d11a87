/** Everything that hangs on an IAM user and keeps it from being deleted ("DeleteUser", IAM API reference). */
import type { AccessKeyMetadata, AttachedPolicy } from '@aws-sdk/client-iam';
import type { Account } from '../../../checks/account.ts';
import { isAbsent } from '../../../checks/call.ts';
import { allPages, iamMarker } from '../../../checks/pages.ts';

export const belongingCalls = [
  'iam:ListAccessKeys',
  'iam:GetLoginProfile',
  'iam:ListAttachedUserPolicies',
  'iam:ListUserPolicies',
  'iam:ListGroupsForUser',
  'iam:ListMFADevices',
  'iam:ListSSHPublicKeys',
  'iam:ListSigningCertificates',
  'iam:ListServiceSpecificCredentials',
] as const;

export interface Belongings {
  readonly accessKeys: readonly AccessKeyMetadata[];
  readonly password: boolean;
  readonly attached: readonly AttachedPolicy[];
  /** Names. */
  readonly inline: readonly string[];
  readonly groups: readonly string[];
  /** Credentials that no lab makes, in words: MFA devices, SSH keys, signing certificates, service-specific ones. */
  readonly credentials: readonly string[];
}

/** @throws CallError when one of the lists is not told */
export async function readBelongings(account: Account, UserName: string): Promise<Belongings> {
  const [accessKeys, password, attached, inline, groups, devices, sshKeys, certificates, specific] =
    await Promise.all([
      allPages(
        (Marker) => account.call('iam:ListAccessKeys', { UserName, Marker }),
        (page) => page.AccessKeyMetadata,
        iamMarker,
      ),
      hasPassword(account, UserName),
      allPages(
        (Marker) => account.call('iam:ListAttachedUserPolicies', { UserName, Marker }),
        (page) => page.AttachedPolicies,
        iamMarker,
      ),
      allPages(
        (Marker) => account.call('iam:ListUserPolicies', { UserName, Marker }),
        (page) => page.PolicyNames,
        iamMarker,
      ),
      allPages(
        (Marker) => account.call('iam:ListGroupsForUser', { UserName, Marker }),
        (page) => page.Groups,
        iamMarker,
      ),
      allPages(
        (Marker) => account.call('iam:ListMFADevices', { UserName, Marker }),
        (page) => page.MFADevices,
        iamMarker,
      ),
      allPages(
        (Marker) => account.call('iam:ListSSHPublicKeys', { UserName, Marker }),
        (page) => page.SSHPublicKeys,
        iamMarker,
      ),
      allPages(
        (Marker) => account.call('iam:ListSigningCertificates', { UserName, Marker }),
        (page) => page.Certificates,
        iamMarker,
      ),
      allPages(
        (Marker) => account.call('iam:ListServiceSpecificCredentials', { UserName, Marker }),
        (page) => page.ServiceSpecificCredentials,
        iamMarker,
      ),
    ]);
  return {
    accessKeys,
    password,
    attached,
    inline,
    groups: groups.flatMap((one) => one.GroupName ?? []),
    credentials: [
      ...devices.map((one) => `the MFA device ${one.SerialNumber}`),
      ...sshKeys.map((one) => `the SSH key ${one.SSHPublicKeyId}`),
      ...certificates.map((one) => `the signing certificate ${one.CertificateId}`),
      ...specific.map((one) => `the credential ${one.ServiceSpecificCredentialId} for ${one.ServiceName}`),
    ],
  };
}

async function hasPassword(account: Account, UserName: string): Promise<boolean> {
  try {
    await account.call('iam:GetLoginProfile', { UserName });
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}
