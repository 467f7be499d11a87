/** The policy with which a grader's role is assumed: what a role allows beyond the lab's calls, the session does not have. */
import { PlanError } from '../plan.ts';
import { fits, refuseTooLong } from './quotas.ts';
import { checkPermissions, type PermissionOptions, type PolicyDocument } from './statements.ts';

/**
 * One line of JSON. Where the resources' names would make it too long, the calls alone limit the session.
 *
 * @param lab its id, for the error
 * @throws PlanError where even that is too long
 */
export function sessionPolicy(options: PermissionOptions, lab: string): string {
  const { Version, Statement } = checkPermissions(options);
  const statements = Statement.map(({ Sid: _sid, ...statement }) => statement);
  const scoped: PolicyDocument = { Version, Statement: statements };
  if (fits('session policy', scoped)) return JSON.stringify(scoped);
  const [bare, conditional] = [
    statements.filter(({ Condition }) => !Condition),
    statements.filter(({ Condition }) => Condition),
  ];
  const unscoped: PolicyDocument = {
    Version,
    Statement: [
      { Effect: 'Allow', Action: bare.flatMap(({ Action }) => Action), Resource: ['*'] },
      ...conditional.map((statement) => ({ ...statement, Resource: ['*'] })),
    ],
  };
  refuseTooLong('session policy', unscoped, lab);
  return JSON.stringify(unscoped);
}

export interface RoleArn {
  readonly partition: string;
  readonly account: string;
  /** Without its path. */
  readonly name: string;
}

/** @throws PlanError for what is no role's ARN */
export function parseRoleArn(arn: string): RoleArn {
  const [, partition, account, name] =
    /^arn:(aws[\w-]*):iam::(\d{12}):role\/(?:[\x21-\x7e]+\/)?([\w+=,.@-]{1,64})$/.exec(arn) ?? [];
  if (partition === undefined || account === undefined || name === undefined) {
    throw new PlanError(
      `"${arn}" is not the ARN of a role. It looks like arn:aws:iam::111122223333:role/labwright-grader.`,
    );
  }
  return { partition, account, name };
}
