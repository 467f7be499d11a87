import { AwsError } from '../../aws-error.ts';

/** The only name that a key policy can have. */
export const policyName = 'default';

/** @throws AwsError NotFoundException. Inferred: code and text. */
export function checkPolicyName(name: string | undefined): void {
  if (name === undefined || name === policyName) return;
  throw new AwsError('NotFoundException', `No such policy exists: ${name}`);
}
