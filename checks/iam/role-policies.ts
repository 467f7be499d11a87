/** Everything in IAM that says what a role's sessions may do. */
import type { NamedPolicy } from '../../policy/evaluate.ts';
import type { Account } from '../account.ts';
import { found } from '../expect.ts';
import {
  type HeldPolicy,
  managedPolicyCalls,
  readHeldPolicies,
  readManagedPolicy,
  settled,
} from './held-policies.ts';

/** The calls that {@link readRolePolicies} makes. */
export const rolePolicyCalls = [
  'iam:GetRole',
  'iam:ListAttachedRolePolicies',
  'iam:ListRolePolicies',
  'iam:GetRolePolicy',
  ...managedPolicyCalls,
] as const;

export interface RolePolicies {
  readonly roleArn: string;
  readonly roleId: string;
  readonly identity: readonly HeldPolicy[];
  readonly boundary?: NamedPolicy;
}

/** @throws Failed when there is no such role; NotJudged when something else went away while it was read; CallError */
export async function readRolePolicies(
  account: Account<(typeof rolePolicyCalls)[number]>,
  RoleName: string,
): Promise<RolePolicies> {
  const reading = Promise.allSettled([
    readHeldPolicies(account, {
      attached: (Marker) => account.call('iam:ListAttachedRolePolicies', { RoleName, Marker }),
      inline: (Marker) => account.call('iam:ListRolePolicies', { RoleName, Marker }),
      inlinePolicy: (PolicyName) => account.call('iam:GetRolePolicy', { RoleName, PolicyName }),
    }),
  ]);
  const { Role } = await found(
    account.call('iam:GetRole', { RoleName }),
    `There is no IAM role ${RoleName} in the account ${account.id}.`,
  );
  const boundaryArn = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
  const [own, boundary] = [
    ...(await reading),
    ...(await Promise.allSettled([readManagedPolicy(account, boundaryArn)])),
  ];
  return {
    roleArn: Role?.Arn ?? '',
    roleId: Role?.RoleId ?? '',
    identity: settled(own),
    boundary: settled(boundary),
  };
}
