import type { Denial } from '../../policy/explain.ts';
import type { Permission } from './permission.ts';

/** The caller may not do it. `message` is AWS's sentence. */
export class PermissionDenied extends Error {
  readonly permission: Permission;
  readonly decision: Denial;

  constructor(message: string, permission: Permission, decision: Denial) {
    super(message);
    this.name = 'PermissionDenied';
    this.permission = permission;
    this.decision = decision;
  }
}

/** What a caller was not allowed to do, and what decided that. */
export interface DeniedPermission {
  /** `kms:Decrypt` */
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  readonly decision: Denial;
}

/** What was refused, without the policies around it: what a log may hold. */
export function deniedPermission({ permission, decision }: PermissionDenied): DeniedPermission {
  return { action: permission.action, resource: permission.resource, decision };
}
