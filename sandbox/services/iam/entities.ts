/** What an account's IAM holds: users, groups, roles and managed policies, as plain data. */
import type { PolicyDocument } from '../../../policy/document.ts';

/** A policy's text as it was given, and its parsed form: parsed once, when it is written. */
export interface PolicyText {
  readonly text: string;
  readonly document: PolicyDocument;
}

/** The parts that a user, a group and a role have in common. */
export interface PolicyHolder {
  readonly kind: 'user' | 'group' | 'role';
  name: string;
  readonly id: string;
  /** `/` or `/division/team/` */
  path: string;
  readonly createdAt: Date;
  /** Inline policies by name. */
  readonly inlinePolicies: Map<string, PolicyText>;
  /** ARNs of attached managed policies, in the order of attachment. */
  readonly attachedPolicies: Set<string>;
}

export interface IamUser extends PolicyHolder {
  readonly kind: 'user';
  /** ARN of the managed policy that bounds what the user may do. */
  boundary?: string;
  readonly tags: Map<string, string>;
  loginProfile?: LoginProfile;
}

/**
 * Console access. The password itself is not kept, not even as a hash: nothing in the sandbox signs in with one,
 * and what is not kept cannot leak.
 */
export interface LoginProfile {
  readonly createdAt: Date;
  passwordResetRequired: boolean;
}

export interface IamGroup extends PolicyHolder {
  readonly kind: 'group';
  /** Ids of the users in the group. */
  readonly memberIds: Set<string>;
}

export interface IamRole extends PolicyHolder {
  readonly kind: 'role';
  description?: string;
  /** Seconds. */
  maxSessionDuration: number;
  trustPolicy: PolicyText;
  boundary?: string;
  readonly tags: Map<string, string>;
  /** The last request that a session of the role signed. */
  lastUse?: { readonly at: Date; readonly region: string };
}

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  readonly userId: string;
  readonly createdAt: Date;
  active: boolean;
  lastUse?: { readonly at: Date; readonly service: string; readonly region: string };
}

export interface ManagedPolicy {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly description?: string;
  readonly createdAt: Date;
  /** When the newest version was made. */
  updatedAt: Date;
  readonly tags: Map<string, string>;
  /** By version id (`v1`), oldest first. */
  readonly versions: Map<string, PolicyVersion>;
  defaultVersionId: string;
  /** Version ids are never used again, also after a version was deleted. */
  lastVersion: number;
}

export interface PolicyVersion extends PolicyText {
  readonly id: string;
  readonly createdAt: Date;
}
