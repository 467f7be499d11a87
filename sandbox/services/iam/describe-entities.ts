/** Users, groups and roles as answers describe them. Lists leave out tags and boundary, as IAM does. */
import type {
  AttachedPermissionsBoundary,
  Group,
  PermissionsBoundaryAttachmentType,
  Role,
  RoleLastUsed,
  User,
} from '@aws-sdk/client-iam';
import type { IamGroup, IamRole, IamUser } from './entities.ts';
import { encodePolicy } from './policy-text.ts';
import type { IamStore } from './store.ts';
import { describeTags } from './tags.ts';

export function describeUser(iam: IamStore, user: IamUser): User {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: iam.arnOf(user),
    CreateDate: user.createdAt,
  };
}

export function describeUserInFull(iam: IamStore, user: IamUser): User {
  return {
    ...describeUser(iam, user),
    ...describeBoundary(user.boundary),
    ...(user.tags.size > 0 && { Tags: describeTags(user.tags) }),
  };
}

export function describeGroup(iam: IamStore, group: IamGroup): Group {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: iam.arnOf(group),
    CreateDate: group.createdAt,
  };
}

export function describeRole(iam: IamStore, role: IamRole): Role {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: iam.arnOf(role),
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: encodePolicy(role.trustPolicy),
    ...(role.description !== undefined && { Description: role.description }),
    MaxSessionDuration: role.maxSessionDuration,
  };
}

export function describeRoleInFull(iam: IamStore, role: IamRole): Role {
  return {
    ...describeRole(iam, role),
    ...describeBoundary(role.boundary),
    ...(role.tags.size > 0 && { Tags: describeTags(role.tags) }),
    RoleLastUsed: describeLastUse(role),
  };
}

/** Empty for a role that was never used. */
export function describeLastUse({ lastUse }: IamRole): RoleLastUsed {
  return lastUse === undefined ? {} : { LastUsedDate: lastUse.at, Region: lastUse.region };
}

/** `Policy` is what the API reference documents and IAM sends; the SDK's enumeration has another word. */
const boundaryType = 'Policy' as PermissionsBoundaryAttachmentType;

export function describeBoundary(arn: string | undefined): {
  PermissionsBoundary?: AttachedPermissionsBoundary;
} {
  if (arn === undefined) return {};
  return { PermissionsBoundary: { PermissionsBoundaryType: boundaryType, PermissionsBoundaryArn: arn } };
}
