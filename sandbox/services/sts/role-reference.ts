/** The role that a request wants to assume, in any account of the sandbox. */
import type { PolicyDocument } from '../../../policy/document.ts';
import type { ConditionContext } from '../../../policy/request.ts';
import type { SandboxAccount } from '../../account.ts';
import type { Permission } from '../../authorisation/permission.ts';
import { permission } from '../../authorisation/permission.ts';
import type { Call } from '../../call.ts';
import type { IamRole } from '../iam/entities.ts';
import { resourceTags } from '../iam/tags.ts';
import { validationError } from './errors.ts';

const roleArnPattern = /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:.*\/)?([\w+=,.@-]+)$/;

/** What a role that does not exist, or that nobody has heard of yet, says about who may assume it: nothing. */
const silence: PolicyDocument = { Version: '2012-10-17', Statement: [] };

export interface FoundRole {
  readonly role: IamRole;
  readonly account: SandboxAccount;
}

/**
 * Undefined for a role that does not exist, which AWS does not tell apart from one that may not be assumed.
 *
 * @throws AwsError ValidationError for what is no role's ARN (observed on AWS, LocalStack's test_sts_invalid_parameters;
 * inferred for ARNs of other things)
 */
export function findRole(call: Call, arn: string): FoundRole | undefined {
  const [, accountId = '', name = ''] = roleArnPattern.exec(arn) ?? [];
  if (name === '') throw validationError(`${arn} is invalid`);
  const account = call.account.accounts.find(accountId);
  const role = account?.iam.roles.find(name);
  return account && role && account.iam.arnOf(role) === arn ? { role, account } : undefined;
}

/** Permission to do something with a role's trust: its trust policy has to allow, and across accounts both sides. */
export function trustPermission(
  call: Call,
  action: string,
  roleArn: string,
  context: ConditionContext,
): Permission {
  const found = findRole(call, roleArn);
  const tags = found?.role.tags ?? new Map<string, string>();
  return permission(
    action,
    { type: 'role', arn: roleArn },
    {
      context: { ...resourceTags(tags), ...context },
      role: {
        accountId: roleArn.split(':')[4] ?? '',
        trust: { name: 'role trust policy', document: found?.account.iam.trustOf(found.role) ?? silence },
      },
    },
  );
}
