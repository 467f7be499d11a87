/** Finding what a request names, or refusing it in IAM's words. */
import type { Call } from '../../call.ts';
import type {
  AccessKey,
  IamGroup,
  IamRole,
  IamUser,
  ManagedPolicy,
  PolicyHolder,
  PolicyText,
} from './entities.ts';
import { invalidInput, noSuchEntity, validationError } from './errors.ts';

type Kind = PolicyHolder['kind'];

/** The member that names a user, a group or a role, whichever the operation has. */
export interface HolderName {
  readonly UserName?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly RoleName?: string | undefined;
}

/** @throws AwsError NoSuchEntity */
export function findUser(call: Call, name: string): IamUser {
  return call.account.iam.users.find(name) ?? missing('user', name);
}

/** @throws AwsError NoSuchEntity */
export function findGroup(call: Call, name: string): IamGroup {
  return call.account.iam.groups.find(name) ?? missing('group', name);
}

/** @throws AwsError NoSuchEntity */
export function findRole(call: Call, name: string): IamRole {
  return call.account.iam.roles.find(name) ?? missing('role', name);
}

/** @throws AwsError NoSuchEntity */
export function findHolder(call: Call, kind: Kind, input: HolderName): PolicyHolder {
  const name = holderName(kind, input);
  const { users, groups, roles } = call.account.iam;
  return { user: users, group: groups, role: roles }[kind].find(name) ?? missing(kind, name);
}

export function holderName(kind: Kind, input: HolderName): string {
  const name = { user: input.UserName, group: input.GroupName, role: input.RoleName }[kind];
  if (name === undefined) throw new Error(`The operation's input names no ${kind}.`);
  return name;
}

/**
 * The user that a request means when it may leave the name out: then the caller itself.
 *
 * @throws AwsError ValidationError when the caller is no user, as for GetUser with a role's credentials
 */
export function userNameOrCaller(call: Call, name: string | undefined): string {
  if (name !== undefined) return name;
  const { principal } = call.credential;
  if (principal.kind !== 'user') {
    throw validationError('Must specify userName when calling with non-User credentials');
  }
  return principal.arn.slice(principal.arn.lastIndexOf('/') + 1);
}

/** @throws AwsError NoSuchEntity when there is no such key or it belongs to another user */
export function findAccessKey(call: Call, user: IamUser, id: string): AccessKey {
  const key = call.account.iam.accessKeys.get(id);
  if (key?.userId !== user.id) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  return key;
}

/** @throws AwsError NoSuchEntity */
export function findInlinePolicy(holder: PolicyHolder, name: string): PolicyText {
  const policy = holder.inlinePolicies.get(name);
  if (!policy) throw noSuchEntity(`The ${holder.kind} policy with name ${name} cannot be found.`);
  return policy;
}

/** @throws AwsError ValidationError, InvalidInput for what is no policy's ARN, NoSuchEntity */
export function findPolicy(call: Call, arn: string): ManagedPolicy {
  checkPolicyArn(arn);
  const policy = call.account.iam.managedPolicy(arn);
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

/**
 * A policy that is to be attached.
 *
 * @throws AwsError ValidationError, InvalidInput, NoSuchEntity
 */
export function findAttachablePolicy(call: Call, arn: string): ManagedPolicy {
  checkPolicyArn(arn);
  const policy = call.account.iam.managedPolicy(arn);
  if (!policy) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  return policy;
}

/** A policy that is to be a boundary. @throws AwsError NoSuchEntity */
export function findBoundary(call: Call, arn: string): ManagedPolicy {
  checkPolicyArn(arn);
  const policy = call.account.iam.managedPolicy(arn);
  if (!policy) throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
  return policy;
}

/** @throws AwsError ValidationError, InvalidInput */
export function checkPolicyArn(arn: string): void {
  // Observed on AWS, LocalStack's test_user_attach_policy: a bare name gets this sentence, not one about its length.
  if (!/^arn:[\w-]+:[\w-]+:[\w-]*:\w*:.+$/.test(arn))
    throw validationError('Invalid ARN:  Could not be parsed!');
  if (!/^arn:[\w-]+:iam::(\d{12}|aws):policy\/.+$/.test(arn)) throw invalidInput(`ARN ${arn} is not valid.`);
}

function missing(kind: Kind, name: string): never {
  throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
}
