/** Why a role could not be assumed, and what to do about it. */
import type { AskedRole } from '../../checks/account.ts';
import { CallError } from '../../checks/call.ts';

/** AWS refused the role, or the request for it; nothing was asked of the account. */
export class RoleNotAssumed extends CallError {
  /** What to do, Markdown. */
  readonly advice: string;

  constructor({ code, message, status, requestId }: CallError, advice: string) {
    super('sts:AssumeRole', {
      code,
      message,
      ...(status !== undefined && { status }),
      ...(requestId !== undefined && { requestId }),
    });
    this.name = 'RoleNotAssumed';
    this.advice = advice;
  }
}

/** The error with what it means for the role; an error that is not about the role stays as it is. */
export function explainRefusal(error: unknown, role: AskedRole): unknown {
  if (!(error instanceof CallError)) return error;
  const advice = adviceOn(error, role);
  return advice === undefined ? error : new RoleNotAssumed(error, advice);
}

function adviceOn({ code, message }: CallError, role: AskedRole): string | undefined {
  const account = role.roleArn.split(':')[4] ?? '';
  switch (code) {
    case 'AccessDenied':
    case 'AccessDeniedException':
      return deniedAdvice(message, role, account);
    case 'ValidationError':
      return `AWS does not take the request for the role \`${role.roleArn}\`. Check its ARN and the external id for characters that do not belong there.`;
    case 'PackedPolicyTooLarge':
    case 'MalformedPolicyDocument':
      return 'AWS does not take the policy that limits the session to the calls of the lab. Please report it with this message.';
    case 'RegionDisabledException':
      return `STS is not active in this Region for the account ${account}. Choose another with \`--region\`.`;
    default:
      return undefined;
  }
}

/**
 * A role that is not there, a trust policy that names somebody else, and a wrong external id are answered alike, so that
 * nobody can find out which roles an account has (observed on AWS, aws/aws-msk-iam-auth#108).
 */
function deniedAdvice(message: string, { roleArn, externalId }: AskedRole, account: string): string {
  if (/root accounts/.test(message))
    return 'The root user cannot assume roles. Use credentials of a user or a role, with `--profile`.';
  if (/no identity-based policy allows|explicit deny in an identity-based policy/.test(message)) {
    return `Your own credentials may not assume it. Give them \`sts:AssumeRole\` on \`${roleArn}\`, or use others with \`--profile\`.`;
  }
  const me = /User: (\S+) is not authorized/.exec(message)?.[1];
  const seen =
    externalId === undefined
      ? 'no external id was given (`--external-id`), and a role made with `labwright role` asks for one'
      : `the external id may be another than "${externalId}"`;
  const trusted =
    me === undefined ? '' : `; its trust policy may name another account or principal than \`${me}\``;
  return `AWS does not say which of these it is: ${seen}; there may be no such role in the account ${account}${trusted}; or your credentials lack \`sts:AssumeRole\` on it. Compare the role's ARN, its trust policy and the external id with what \`labwright role\` gave the learner.`;
}
