import type { Permission } from '../../authorisation/permission.ts';
import { permission } from '../../authorisation/permission.ts';

/**
 * Permission for an action without a resource, whose denial names none: `... is not authorized to perform:
 * cloudtrail:LookupEvents because no identity-based policy allows ...` (observed on AWS, several public logs of
 * LookupEvents; inferred for the others).
 */
export function withoutResource(action: string): Permission {
  return permission(action, undefined, { resourceLabel: '' });
}
