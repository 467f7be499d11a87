/**
 * What the caller must be allowed to do, by the kind of resource ("Actions, resources, and condition keys for AWS
 * Identity and Access Management" in the service authorization reference).
 *
 * The evaluated resource is an ARN with its path. A denial prints the ARN where something is created or listed, and
 * otherwise a word and a name: `user NAME`, `policy ARN` (observed on AWS for these operations, in many public logs).
 */
import type { ConditionContext } from '../../../policy/request.ts';
import type { Permission } from '../../authorise.ts';
import type { Call } from '../../call.ts';
import type { IamRole, IamUser, ManagedPolicy, PolicyHolder } from './entities.ts';
import { type HolderName, holderName } from './lookup.ts';
import { tagContext } from './tags.ts';

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
  return {
    action,
    resource: holder ? iam.arnOf(holder) : entityArn(call, kind, name),
    resourceLabel: `${kind} ${name}`,
    context: { ...(holder && holder.kind !== 'group' && taggedContext(holder)), ...context },
  };
}

/** On whoever a managed policy is attached to or detached from. */
export function attachmentPermission(
  call: Call,
  action: string,
  kind: PolicyHolder['kind'],
  input: HolderName & { PolicyArn: string },
): Permission {
  const context = { 'iam:PolicyARN': input.PolicyArn, ...boundaryOf(call, kind, input) };
  return holderPermission(call, action, kind, input, context);
}

/** On a user, group or role that does not exist yet. */
export function creationPermission(
  call: Call,
  action: string,
  kind: PolicyHolder['kind'],
  name: string,
  path: string | undefined,
  context?: ConditionContext,
): Permission {
  return { action, resource: entityArn(call, kind, name, path), context };
}

/** On the users, groups or roles under a path. */
export function listPermission(
  call: Call,
  action: string,
  kind: PolicyHolder['kind'],
  pathPrefix = '/',
): Permission {
  return { action, resource: `arn:aws:iam::${call.account.id}:${kind}${pathPrefix}` };
}

/** On a managed policy. */
export function policyPermission(
  call: Call,
  action: string,
  arn: string,
  context?: ConditionContext,
): Permission {
  const policy = call.account.iam.managedPolicy(arn);
  return {
    action,
    resource: arn,
    resourceLabel: `policy ${arn}`,
    context: { ...(policy && taggedContext(policy)), ...context },
  };
}

/** On a managed policy that does not exist yet. */
export function policyCreationPermission(
  call: Call,
  action: string,
  name: string,
  path = '/',
  context?: ConditionContext,
): Permission {
  return {
    action,
    resource: `arn:aws:iam::${call.account.id}:policy${path}${name}`,
    resourceLabel: `policy ${name}`,
    context,
  };
}

/** The condition key `iam:PermissionsBoundary`: the boundary that a user or role has, or is to get. */
export function boundaryContext(arn: string | undefined): ConditionContext {
  return arn === undefined ? {} : { 'iam:PermissionsBoundary': arn };
}

/** The same key for the boundary that the named user or role has now. */
export function boundaryOf(call: Call, kind: PolicyHolder['kind'], input: HolderName): ConditionContext {
  if (kind === 'group') return {};
  const { users, roles } = call.account.iam;
  return boundaryContext({ user: users, role: roles }[kind].find(holderName(kind, input))?.boundary);
}

function taggedContext({ tags }: IamUser | IamRole | ManagedPolicy): ConditionContext {
  return { ...tagContext('aws:ResourceTag', tags), ...tagContext('iam:ResourceTag', tags) };
}

function entityArn(call: Call, kind: PolicyHolder['kind'], name: string, path = '/'): string {
  return `arn:aws:iam::${call.account.id}:${kind}${path}${name}`;
}
