import { arnOfType } from '../../authorisation/resource-arn.ts';

const arnOf = {
  user: arnOfType('iam', 'user'),
  group: arnOfType('iam', 'group'),
  role: arnOfType('iam', 'role'),
  policy: arnOfType('iam', 'policy'),
};

/**
 * The ARN of what has a path in IAM.
 *
 * @param path `/` or `/division/team/`
 * @param name empty for all that is under the path
 */
export function entityArn(accountId: string, kind: keyof typeof arnOf, path: string, name: string): string {
  return arnOf[kind]({ account: accountId }, `${path.slice(1)}${name}`);
}
