/**
 * What the caller must be allowed to do, by the kind of resource.
 *
 * The evaluated resource is an ARN with its path. A denial prints the ARN where something is created or listed, and
 * otherwise a word and a name: `user NAME`, `policy ARN` (observed on AWS for these operations, in many public logs).
 */
import type { ConditionContext } from '../../../policy/request.ts';
import type { Permission } from '../../authorisation/permission.ts';
import { permission } from '../../authorisation/permission.ts';
import type { Call } from '../../call.ts';
import { entityArn } from './arns.ts';
import type { PolicyHolder } from './entities.ts';
import { type HolderName, holderName } from './lookup.ts';
import { resourceTags } from './tags.ts';

/** On an existing user; a name that nobody has is asked about as if it lay under the path `/`. */
export function userPermission(
  call: Call,
  action: string,
  name: string,
  context?: ConditionContext,
): Permission {
  return holderPermission(call, action, 'user', { UserName: name }, context);
}

export function groupPermission(call: Call, action: string, name: string): Permission {
  return holderPermission(call, action, 'group', { GroupName: name });
}

export function rolePermission(
  call: Call,
  action: string,
  name: string,
  context?: ConditionContext,
): Permission {
  return holderPermission(call, action, 'role', { RoleName: name }, context);
}

export function holderPermission(
  call: Call,
  action: string,
  kind: PolicyHolder['kind'],
  input: HolderName,
  context: ConditionContext = {},
): Permission {
  const { iam } = call.account;
  const name = holderName(kind, input);
  const holder = { user: iam.users, group: iam.groups, role: iam.roles }[kind].find(name);
  const arn = holder ? iam.arnOf(holder) : entityArn(iam.accountId, kind, '/', name);
  return permission(
    action,
    { type: kind, arn },
    { resourceLabel: `${kind} ${name}`, context: { ...holderContext(call, kind, name), ...context } },
  );
}

/** Condition keys that a user or role brings along: its tags, and its boundary. */
export function holderContext(call: Call, kind: PolicyHolder['kind'], name: string): ConditionContext {
  if (kind === 'group') return {};
  const { users, roles } = call.account.iam;
  const holder = { user: users, role: roles }[kind].find(name);
  return holder ? { ...resourceTags(holder.tags), ...boundaryContext(holder.boundary) } : {};
}

/** On whoever a managed policy is attached to or detached from. */
export function attachmentPermission(
  call: Call,
  action: string,
  kind: PolicyHolder['kind'],
  input: HolderName & { PolicyArn: string },
): Permission {
  return holderPermission(call, action, kind, input, { 'iam:PolicyARN': input.PolicyArn });
}

/** On a user, group or role that does not exist yet. */
export function creationPermission(
  call: Call,
  action: string,
  kind: PolicyHolder['kind'],
  name: string,
  path = '/',
  context?: ConditionContext,
): Permission {
  const arn = entityArn(call.account.id, kind, path, name);
  return permission(action, { type: kind, arn }, { context });
}

/** On the users, groups or roles under a path. */
export function listPermission(
  call: Call,
  action: string,
  kind: PolicyHolder['kind'],
  pathPrefix = '/',
): Permission {
  return permission(action, { type: kind, arn: entityArn(call.account.id, kind, pathPrefix, '') });
}

/** On a managed policy. */
export function policyPermission(
  call: Call,
  action: string,
  arn: string,
  context?: ConditionContext,
): Permission {
  const policy = call.account.iam.managedPolicy(arn);
  return permission(
    action,
    { type: 'policy', arn },
    {
      resourceLabel: `policy ${arn}`,
      context: { ...(policy && resourceTags(policy.tags)), ...context },
    },
  );
}

/** On a managed policy that does not exist yet. */
export function policyCreationPermission(
  call: Call,
  action: string,
  name: string,
  path = '/',
  context?: ConditionContext,
): Permission {
  const arn = entityArn(call.account.id, 'policy', path, name);
  return permission(action, { type: 'policy', arn }, { resourceLabel: `policy ${name}`, context });
}

/** The condition key `iam:PermissionsBoundary`: the boundary that a user or role has, or is to get. */
export function boundaryContext(arn: string | undefined): ConditionContext {
  return arn === undefined ? {} : { 'iam:PermissionsBoundary': arn };
}
