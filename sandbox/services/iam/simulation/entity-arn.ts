/** Users, groups and roles that a simulation names by ARN. */
import type { SandboxAccount } from '../../../account.ts';
import type { PolicyHolder } from '../entities.ts';
import { invalidInput, noSuchEntity } from '../errors.ts';

export interface EntityReference {
  readonly kind: PolicyHolder['kind'];
  readonly accountId: string;
  readonly name: string;
  readonly arn: string;
}

/** @throws AwsError InvalidInput (observed on AWS, public logs of simulations of an account root) */
export function parseEntityArn(arn: string): EntityReference {
  const [, accountId = '', kind, name = ''] =
    /^arn:aws[\w-]*:iam::(\d{12}):(user|group|role)\/(?:.*\/)?([\w+=,.@-]+)$/.exec(arn) ?? [];
  if (kind !== 'user' && kind !== 'group' && kind !== 'role') {
    throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  }
  return { kind, accountId, name, arn };
}

/** @throws AwsError NoSuchEntity, also for one of another account */
export function findEntity({ iam }: SandboxAccount, { kind, name, arn }: EntityReference): PolicyHolder {
  const holder = { user: iam.users, group: iam.groups, role: iam.roles }[kind].find(name);
  if (holder && iam.arnOf(holder) === arn) return holder;
  throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`);
}
