import { AwsError } from '../../aws-error.ts';

const kinds = [/[A-Z]/, /[a-z]/, /[0-9]/, /[!@#$%^&*()_+\-=[\]{}|']/];

/**
 * Holds a password against the policy of an account that has set none of its own: 8 to 128 characters of at least
 * three kinds ("Set an account password policy for IAM users" in the IAM user guide).
 *
 * @throws AwsError PasswordPolicyViolation
 */
export function checkPassword(password: string): void {
  const ofKinds = kinds.filter((kind) => kind.test(password)).length;
  if (password.length < 8 || password.length > 128 || ofKinds < 3) {
    throw new AwsError(
      'PasswordPolicyViolation',
      'Password does not conform to the account password policy.',
      400,
    );
  }
}
